export { UnitCostsSection } from './UnitCostsSection';
export { ConvertedText } from './ConvertedText';
