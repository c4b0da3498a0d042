export interface Config {
  onboarding?: {
    checklist?: {
      /**
       * Entity ref of the procedure of the first week. Its latest run about a
       * person is that person's checklist. Default `sop:default/onboarding`.
       */
      sop?: string;
    };
    catchUp?: {
      /**
       * How often template runs and runs of procedures are looked at for
       * milestones and finished tours that no event told of, as an ISO 8601
       * duration from PT1S to P1D. Default PT5M.
       */
      every?: string;
    };
  };
}
