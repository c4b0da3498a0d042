export interface Config {
  sop?: {
    /** Wikis that steps may publish to. Steps name them; they never give an address. */
    wikis?: Array<{
      /** How steps refer to it. */
      name: string;
      /** `confluence` (REST API version 2). */
      type: 'confluence';
      /** Base URL, such as `https://hollowbrook.atlassian.net/wiki`. */
      baseUrl: string;
      /** Keys of the only spaces that steps can publish to, such as `KB`. */
      spaces: string[];
      /** Account that `apiToken` belongs to (Basic authentication). */
      email?: string;
      /**
       * API token of `email`.
       * @visibility secret
       */
      apiToken?: string;
      /**
       * Instead of `email` and `apiToken`.
       * @visibility secret
       */
      bearerToken?: string;
    }>;
  };
}
