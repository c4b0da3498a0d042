import {
  BrokenStep,
  Milestone,
  MilestoneKind,
  TourProgress,
} from '@handrail/plugin-onboarding-common';

/** A milestone and whose it is. */
export interface PersonMilestone extends Milestone {
  userRef: string;
  at: string;
}

/** A target that one person did not find. */
export interface MissingTarget {
  tourRef: string;
  version: number;
  stepId: string;
  target: string;
  userRef: string;
  at: string;
}

/** Where progress, milestones and reports are kept. */
export interface OnboardingStore {
  listProgress(userRef: string): Promise<TourProgress[]>;

  /**
   * Changes the progress of one person in one tour. `decide` may be called more
   * than once, and returns what it was given where nothing changes.
   */
  changeProgress(
    userRef: string,
    tourRef: string,
    decide: (current: TourProgress | undefined) => TourProgress | undefined,
  ): Promise<TourProgress | undefined>;

  /** People who have finished a tour at any version, with the last version. */
  listFinishers(
    tourRef: string,
  ): Promise<Array<{ userRef: string; version: number; at: string }>>;

  /**
   * Records a milestone; the earliest record of a person and kind stays,
   * whatever the order in which records arrive.
   */
  recordMilestone(milestone: PersonMilestone): Promise<void>;
  listMilestones(filter: {
    userRef?: string;
    kinds?: MilestoneKind[];
  }): Promise<PersonMilestone[]>;

  /** @returns whether nobody has reported this step of this version before. */
  reportMissingTarget(report: MissingTarget): Promise<boolean>;
  listBrokenSteps(): Promise<BrokenStep[]>;
}
