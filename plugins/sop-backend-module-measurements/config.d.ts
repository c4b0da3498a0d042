export interface Config {
  sop?: {
    /** What check steps may measure. Steps name it; they never give an address. */
    measurements?: {
      /** For `sop:prometheus-query`. */
      prometheus?: Array<{
        /** How steps refer to it. */
        name: string;
        /** Base URL, http or https. */
        url: string;
        /**
         * Sent along, for example for authorization.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      }>;
      /** For `sop:postgres-metrics`. */
      postgres?: Array<{
        /** How steps refer to it. */
        name: string;
        /**
         * Connection string of a user who may read statistics (`pg_monitor`).
         * @visibility secret
         */
        connection: string;
      }>;
    };
  };
}
