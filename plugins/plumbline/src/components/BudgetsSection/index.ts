export { BudgetBar } from './BudgetBar';
export { BudgetLabel, budgetLabels } from './BudgetLabel';
export { BudgetsSection } from './BudgetsSection';
