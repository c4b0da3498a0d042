export { SloBudget, SloBudgetCard } from './SloBudget';
