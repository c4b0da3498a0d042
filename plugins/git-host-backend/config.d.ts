export interface Config {
  /**
   * The embedded git host. Without this section (or with `gitHost: null`) the
   * portal hosts no repositories.
   */
  gitHost?: {
    /**
     * Folder of the bare repositories, relative to the folder in which the back
     * end is started. Replicas share it. Default: `repositories` in the folder
     * of the SQLite files; required when the database is not in a folder.
     */
    directory?: string;
    /**
     * Owners of repositories: lower-case letters, digits, dots, dashes and
     * underscores.
     */
    organizations: string[];
    /**
     * Who may create, push and delete, by Basic auth or `Authorization: token
     * <password>`. The scaffolder uses the one in `integrations.gitea`.
     */
    accounts: Array<{
      username: string;
      /**
       * At least 8 characters. The one of the shipped app-config.yaml is refused
       * when `NODE_ENV` is `production`.
       * @visibility secret
       */
      password: string;
    }>;
    /**
     * Whether anybody who reaches the back end may clone and read public
     * repositories without an account. Default false.
     */
    anonymousRead?: boolean;
    /** The largest push that is accepted, in MiB, from 1 to 4096. Default 256. */
    maxPushMebibytes?: number;
  };
}
