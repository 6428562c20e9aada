export * from './readSplitConfig';
export * from './RuleStore';
export * from './shareColumns';
export * from './ShareRules';
export * from './SplitPlan';
export * from './SplitPlans';
export * from './types';
