export interface Config {
  /** Incidents, their duties and the alerts that propose them. */
  incidents?: {
    /**
     * The severity table, the gravest first. Replaces SEV-1 to SEV-4.
     */
    severities?: Array<{
      /** Letters, digits and dashes. */
      id: string;
      title: string;
      definition: string;
      response: string;
      /** Entity ref of the procedure that `start-runbook` starts. */
      runbook?: string;
    }>;
    /** Roles of an incident; one must have the id `commander`. */
    roles?: Array<{ id: string; title: string; description: string }>;
    /**
     * Duties. Replaces the default: commander within 5 minutes and an update
     * every 30 minutes for SEV-1 and SEV-2, a review within 5 business days for
     * SEV-1 to SEV-3. At most one rule per kind and severity.
     */
    obligations?: Array<{
      kind: 'commander' | 'update' | 'review';
      severities: string[];
      /** ISO 8601 duration, or a number of business days. */
      due: string | { businessDays: number };
      /** Part of the time after which there is a warning, above 0 and below 1. */
      warnAt?: number;
      levels: Array<{
        /** ISO 8601 duration after the due time; the first should be PT0S. */
        after: string;
        /**
         * `responsible`, `commander`, `roles`, `owners`, `declarer`, or the ref
         * of a person or group.
         */
        notify: string[];
      }>;
    }>;
    /** How long an offered role waits for an answer. Default PT3M. */
    offerExpiry?: string;
    /**
     * Severities whose review only two persons together can waive. Default
     * SEV-1 and SEV-2.
     */
    waiverNeedsSecond?: string[];
    /** Which days are business days. */
    calendar?: {
      /** IANA zone. Default UTC. */
      timezone?: string;
      /** ISO weekdays, 1 for Monday to 7 for Sunday. Default 1 to 5. */
      workdays?: number[];
      /** Working hours as HH:mm. Default all day. */
      hours?: { from: string; to: string };
      /** Days off, each with a date such as 2026-12-25. */
      holidays?: { date: string; name?: string }[];
    };
    engine?: {
      /**
       * How often each replica looks for due duties, as an ISO 8601 duration of
       * at most PT5S. Default PT2S.
       */
      cadence?: string;
    };
    alerts?: {
      /**
       * Labels or annotations of alerts that name the entity, the most telling
       * first. A value without a kind names a component. Default `entity_ref`,
       * `backstage_io_entity_ref`, `component`, `service`.
       */
      entityLabels?: string[];
      /**
       * Alerts of one group propose one incident while it is open: those of one
       * `system` (of one entity where it is part of none), or of one `entity`.
       * Default `system`.
       */
      groupBy?: 'entity' | 'system';
      /**
       * Severity of the proposed incident by the alert's label `severity`;
       * alerts with other values are kept and propose nothing. Default: page
       * SEV-1, critical SEV-2, error and warning SEV-3.
       */
      severities?: { [label: string]: string };
    };
  };
}
