export { MilestoneWatcher } from './MilestoneWatcher';
export { subscribe } from './subscribe';
export { TourStepReporter } from './TourStepReporter';
