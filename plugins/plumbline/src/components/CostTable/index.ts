export { CostTable } from './CostTable';
export { CsvButton } from './CsvButton';
export { costCsv, csvField } from './csv';
