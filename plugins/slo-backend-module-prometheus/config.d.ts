export interface Config {
  slo?: {
    prometheus?: {
      /**
       * Servers that SLOs may read from, by the name that documents give in
       * `metricSourceRef`. Documents never name an address.
       */
      sources?: Array<{
        name: string;
        /** Address of the server, without `/api/v1`. */
        url: string;
        /**
         * Sent with each query, such as Authorization or X-Scope-OrgID.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      }>;
    };
  };
}
