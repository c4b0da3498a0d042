export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in as one of the people in the catalog, without a password.
       * For development only: the back end does not start when this section is
       * present and NODE_ENV is `production`. Set it to `null` in a
       * production configuration.
       */
      demo?: {};
    };
  };
}
