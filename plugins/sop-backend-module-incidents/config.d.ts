export interface Config {
  /** Incidents. */
  incidents?: {
    gate?: {
      /**
       * Severities whose open incidents close the change gate of the entities
       * they affect. Default: `[SEV-1]`.
       */
      blockingSeverities?: string[];
    };
  };
}
