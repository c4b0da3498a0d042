import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  SopEventPage,
  sopEventReadPermission,
} from '@handrail/plugin-sop-common';
import { RunStore } from '../database/RunStore';
import { RunAccess } from '../service/access';
import { CallOptions } from '../service/SopRunService';
import { EventFeed } from './EventFeed';

/** Shows those who may follow events the events of runs they may see. */
export class AuthorizedEventFeed implements EventFeed {
  readonly #feed: EventFeed;
  readonly #access: RunAccess;
  readonly #permissions: PermissionsService;
  readonly #store: Pick<RunStore, 'load'>;

  constructor(
    feed: EventFeed,
    options: {
      access: RunAccess;
      permissions: PermissionsService;
      store: Pick<RunStore, 'load'>;
    },
  ) {
    this.#feed = feed;
    this.#access = options.access;
    this.#permissions = options.permissions;
    this.#store = options.store;
  }

  async listEvents(
    request: { after?: string; limit?: number },
    options: CallOptions,
  ): Promise<SopEventPage> {
    const { credentials } = options;
    const [decision] = await this.#permissions.authorize(
      [{ permission: sopEventReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not follow the events of runs: the permission ${sopEventReadPermission.name} is denied to you.`,
      );
    }
    const decisions = await this.#access.decide(['read'], credentials);
    decisions.assert('read');
    const page = await this.#feed.listEvents(request, options);
    if (!decisions.isConditional('read')) {
      return page;
    }
    const visible = new Map<string, boolean>();
    for (const { subject } of page.items) {
      if (!visible.has(subject)) {
        const run = await this.#store.load(subject);
        visible.set(subject, !decisions.refusal('read', run));
      }
    }
    return {
      ...page,
      items: page.items.filter(({ subject }) => visible.get(subject)),
    };
  }
}
