export { ChargesDialog } from './ChargesDialog';
export { FigureButton } from './FigureButton';
