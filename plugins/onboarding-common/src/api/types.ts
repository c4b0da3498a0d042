import type { components } from './generated/openapi';

type Schemas = components['schemas'];

/** Everything the onboarding page shows of its reader. @public */
export type OnboardingMe = Schemas['Me'];
/** A tour with the reader's progress. @public */
export type TourView = Schemas['TourView'];
/** @public */
export type TourProgress = Schemas['Progress'];
/** @public */
export type TourProgressUpdate = Schemas['ProgressUpdate'];
/** @public */
export type Milestone = Schemas['Milestone'];
/** @public */
export type MilestoneKind = Milestone['kind'];
/** The steps of the first week. @public */
export type OnboardingChecklist = Schemas['Checklist'];
/** @public */
export type ChecklistItem = Schemas['ChecklistItem'];
/** A step whose target people did not find. @public */
export type BrokenStep = Schemas['BrokenStep'];
/** @public */
export type TimeToFirst = Schemas['TimeToFirst'];

/** Every milestone, in the order in which most people reach them. @public */
export const MILESTONE_KINDS: readonly MilestoneKind[] = [
  'first-sign-in',
  'first-template-run',
  'first-sop-run',
];
