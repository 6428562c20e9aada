export { CostTable } from './CostTable';
export { CsvButton } from './CsvButton';
export { costCsv, csvField, csvText } from './csv';
export { ShareBar } from './ShareBar';
