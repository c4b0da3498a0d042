export interface Config {
  sop?: {
    /** Ticket systems that steps may use. Steps name them; they never give an address. */
    tickets?: Array<{
      /** How steps refer to it. */
      name: string;
      /** `jira` (REST API version 3) or `github` (GitHub Issues). */
      type: 'jira' | 'github';
      /**
       * The only projects whose tickets steps can reach: keys such as `SSIM`
       * (jira), or repositories such as `hollowbrook/identity-wallet` (github).
       */
      projects: string[];
      /** jira: base URL, such as `https://hollowbrook.atlassian.net`. */
      baseUrl?: string;
      /** jira: account that `apiToken` belongs to (Basic authentication). */
      email?: string;
      /**
       * jira: API token of `email`.
       * @visibility secret
       */
      apiToken?: string;
      /**
       * jira: instead of `email` and `apiToken`.
       * @visibility secret
       */
      bearerToken?: string;
      /** jira: kind of tickets that a step creates without naming one. Default `Task`. */
      issueType?: string;
      /**
       * github: host of one of `integrations.github`, whose credentials are used.
       * Default `github.com`.
       */
      host?: string;
      /**
       * github: states and how they show, as issues are only open or closed.
       * Default: `To Do` (open), `In Progress` (open, label `in progress`), `Done`
       * (closed as completed).
       */
      states?: Array<{
        /** How steps refer to it. */
        name: string;
        /** An open issue with this label is in this state. */
        label?: string;
        /** Issues that are closed for this reason are in this state. */
        closed?: 'completed' | 'not_planned';
      }>;
    }>;
  };
}
