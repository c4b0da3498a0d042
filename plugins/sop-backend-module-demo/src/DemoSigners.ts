import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { ControlApi } from '@handrail/plugin-sop-common';

const REASON =
  'Part of the library that comes with the portal; signed by the demo organisation at its first start.';

/** Tokens live longer than this. */
const TOKEN_MS = 5 * 60_000;

/** What signing needs. */
export interface DemoSignersOptions {
  api: Pick<ControlApi, 'getControl' | 'signRevision'>;
  logger: LoggerService;
  /** Entity refs of people, in the order in which they sign. */
  signers: string[];
  /** A token as the person would get at the sign-in page. */
  signIn(userRef: string): Promise<string>;
  /** Refs of the procedures that come with the portal. */
  listProcedures(): Promise<string[]>;
}

/** Signs each procedure once in its life, as people do. */
export class DemoSigners {
  readonly #options: DemoSignersOptions;
  /** Of these a revision is or was in force. */
  readonly #done = new Set<string>();
  readonly #tokens = new Map<string, { token: string; until: number }>();

  constructor(options: DemoSignersOptions) {
    this.#options = options;
  }

  /** Signs what nobody has brought into force yet; what fails is tried again. */
  async signAll(): Promise<void> {
    const { listProcedures, logger } = this.#options;
    for (const sopRef of await listProcedures()) {
      try {
        if (!this.#done.has(sopRef)) {
          await this.#signOne(sopRef);
        }
      } catch (error) {
        logger.debug(`${sopRef} is not signed yet: ${stringifyError(error)}`);
      }
    }
  }

  /** One sign-in serves for all that a person signs in a while. */
  async #tokenOf(userRef: string): Promise<string> {
    const known = this.#tokens.get(userRef);
    if (known && known.until > Date.now()) {
      return known.token;
    }
    const token = await this.#options.signIn(userRef);
    this.#tokens.set(userRef, { token, until: Date.now() + TOKEN_MS });
    return token;
  }

  async #signOne(sopRef: string): Promise<void> {
    const { api, logger, signers } = this.#options;
    for (const [index, userRef] of signers.entries()) {
      const token = await this.#tokenOf(userRef);
      const view = await api.getControl(sopRef, { token });
      const wasInForce = view.revisions.some(
        one => one.inForceFrom !== undefined,
      );
      if (wasInForce) {
        this.#done.add(sopRef);
        return;
      }
      const current = view.revisions.find(one => one.isCurrent);
      if (current?.sign.allowed) {
        const request = {
          commandId: `demo-${index}-${current.hash.slice(0, 32)}`,
          meaning: 'approval' as const,
          reason: REASON,
        };
        const after = await api.signRevision(sopRef, current.hash, request, {
          token,
        });
        logger.info(`Signed as ${userRef}: ${after.sentence}`);
      }
    }
  }
}
