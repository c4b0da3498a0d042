export { checkWindow } from './checkWindow';
export { evaluateWindows } from './evaluateWindows';
export type { CalendarWindow, WindowDecision } from './types';
