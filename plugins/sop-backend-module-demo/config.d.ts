export interface Config {
  sop?: {
    /**
     * The people of the demo organisation sign the procedures that come with
     * the portal, so that a newcomer can start them. For development only: the
     * back end does not start when this section is present and NODE_ENV is
     * `production`. Set it to `null` in a production configuration.
     */
    demo?: {
      /**
       * Entity refs of those who sign, in this order. Each signs what the API
       * lets them sign, by the demo sign-in.
       */
      signers: string[];
    };
  };
}
