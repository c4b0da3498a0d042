export { Shortcuts } from './Shortcuts';
export { useShortcuts } from './useShortcuts';
