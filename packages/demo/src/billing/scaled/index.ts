export { exportScaled } from './exportScaled';
export type { ScaledEntity, ScaledExportOptions } from './exportScaled';
