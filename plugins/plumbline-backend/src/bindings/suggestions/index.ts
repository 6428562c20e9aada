export * from './SuggestionService';
export * from './SuggestionStore';
export * from './SuggestionTask';
