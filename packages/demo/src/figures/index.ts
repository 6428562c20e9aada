export { exportFigures } from './exportFigures';
export type { FiguresOptions } from './exportFigures';
