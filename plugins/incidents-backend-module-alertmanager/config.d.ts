export interface Config {
  incidents?: {
    alertmanager?: {
      /**
       * Who may deliver to /api/incidents/alertmanager/<name>. Nobody when
       * absent.
       */
      sources?: Array<{
        /** Lower-case letters, digits and dashes. */
        name: string;
        /**
         * Bearer token that the sender presents, at least 16 characters:
         * `http_config.authorization.credentials` of the receiver.
         * @visibility secret
         */
        token: string;
      }>;
    };
  };
}
