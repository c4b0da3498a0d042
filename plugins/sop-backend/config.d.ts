export interface Config {
  /** Standard operating procedures. */
  sop?: {
    approvals?: {
      /**
       * Whether a vote needs a token that was issued to a person at a sign-in
       * page, told by the claim `handrail.dev/interactive: true` of the token.
       *
       * A token that an OAuth client (an agent, through MCP) got on behalf of a
       * person is otherwise not different from the one in that person's
       * browser. Votes with service tokens and of services that act for a
       * person are refused in any case.
       *
       * When absent it is `true` if this back end can issue tokens to OAuth
       * clients (`auth.experimentalDynamicClientRegistration.enabled`,
       * `auth.clientIdMetadataDocuments.enabled` or
       * `auth.experimentalClientIdMetadataDocuments.enabled`), else `false`,
       * because then only sign-in issues user tokens. With `true` the sign-in
       * resolver has to add the claim to `ctx.issueToken({ claims })`.
       */
      requireInteractive?: boolean;
    };
    actions?: {
      /**
       * Ids of registered actions that steps may use, where `*` stands for any
       * characters. Steps run with the credentials of the SOP back end, which
       * may do everything: add only what every author of a procedure may do.
       * Replaces the default: `sop:gate`, `sop:http-get`, `sop:get-run`,
       * `sop:list-procedures`, `sop:postgres-metrics`, `sop:prometheus-query`,
       * `catalog:get-*` and `catalog:query-*`, and what reaches no more than the
       * configuration names for steps: `sop:get-ticket`, `sop:create-ticket`,
       * `sop:link-ticket`, `sop:transition-ticket`, `sop:comment-ticket`,
       * `sop:publish-page` and `sop:publish-docs`.
       */
      allow?: string[];
    };
    /** What `sop:http-get` may read. Steps name them; they never give a URL. */
    endpoints?: Array<{
      /** How steps refer to it. */
      name: string;
      /** http or https. A `path` of the step is added to it. */
      url: string;
      /**
       * Sent along, for example for authorization.
       * @deepVisibility secret
       */
      headers?: { [name: string]: string };
    }>;
    /** The signed log of all runs. */
    proof?: {
      /**
       * Name of the log in its checkpoints. Default: the host of `app.baseUrl`
       * and `/sop`. Must never change.
       */
      origin?: string;
      /**
       * Private key that signs checkpoints, of the form
       * `PRIVATE+KEY+<name>+<hash>+<base64>`; best by `$file` or `$env`. Keep it
       * where nobody with access to the database can read it.
       * @visibility secret
       */
      signingKey?: string;
      /**
       * File with such a key, where `signingKey` is not given. Outside production
       * it is made when it is not there.
       */
      keyFile?: string;
      /**
       * Key that still signs along after it was replaced, until everybody knows
       * the new one.
       * @visibility secret
       */
      retiringKey?: string;
      /** ISO 8601 duration between checkpoints. Default PT1M. */
      checkpointEvery?: string;
      /** A checkpoint is due after so many entries. Default 1000. */
      checkpointEntries?: number;
      /** Where checkpoints are sent besides the audit log. */
      witnesses?: Array<{
        /** For people. Default: the file or URL. */
        name?: string;
        /** File that checkpoints are appended to. */
        file?: string;
        /** A witness that speaks C2SP tlog-witness. */
        url?: string;
        /** @deepVisibility secret */
        headers?: { [name: string]: string };
      }>;
    };
    /** Who may send events that steps listen to: `POST /api/sop/webhooks/<source>`. */
    webhooks?: Array<{
      /** Last part of the address. */
      source: string;
      /**
       * How the source signs: `standard` (Standard Webhooks, the default) or
       * `github` (`X-Hub-Signature-256`; topics are `github.` and the name of the
       * event, such as `github.pull_request`).
       */
      format?: 'standard' | 'github';
      /**
       * Key of the signatures: `whsec_` and base64, or plain text, of at least
       * 24 bytes.
       * @visibility secret
       */
      secret: string;
      /** What the source may send: values of `type` in standard bodies. */
      topics: string[];
    }>;
    events?: {
      /** Topics of the portal's events service that steps may listen to. */
      topics?: string[];
    };
    worker?: {
      /**
       * How often each replica looks for due work, as an ISO 8601 duration of
       * at most PT5S. Default PT2S. What is known to be due sooner is not left
       * waiting for it.
       */
      cadence?: string;
      /** How many actions one replica runs at the same time. Default 10. */
      concurrency?: number;
      /**
       * How long work stays with a replica that gives no sign of life before
       * another one takes it over, as an ISO 8601 duration from PT1S to PT10M.
       * Default PT30S. A replica renews it three times as often.
       */
      lease?: string;
    };
  };
}
