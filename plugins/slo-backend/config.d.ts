import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Service level objectives. */
  slo?: {
    /** Entity ref of the owner of OpenSLO documents that name none. */
    defaultOwner?: string;
    /**
     * Part of the budget below which an SLO needs caution; 0.25 when absent.
     */
    cautionBelow?: number;
    evaluation?: {
      /** Time between two evaluations; 30 seconds when absent. */
      interval?: HumanDuration | string;
      /**
       * Age of the last evaluation at which a status is shown as unknown; one
       * hour when absent. The figures stay visible with their age.
       */
      unknownAfter?: HumanDuration | string;
    };
    /** The source that the portal keeps itself. */
    embedded?: {
      /**
       * Addresses that are asked at every evaluation. Each question counts one
       * event, bad when the answer is not of success (2xx) or does not come.
       */
      probes?: Array<{
        /** Name that indicators give in `spec.stream`. */
        stream: string;
        /** Either an address with http or https, */
        url?: string;
        /** or a path of this back end. */
        path?: string;
        /** 5 seconds when absent. */
        timeout?: HumanDuration | string;
      }>;
    };
  };
}
