import { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  closedPolicies,
  closedSentence,
  openTogetherAt,
  policyClosesAt,
  PolicyRevision,
  WindowsClosed,
} from '@handrail/plugin-sop-common';
import { GateContribution, GateContributor } from '@handrail/plugin-sop-node';
import { Policies, toRevision } from '../service/Policies';

/** A closing that is nearer than this is worth knowing, in milliseconds. */
const SOON_MS = 24 * 3_600_000;

/** Closed windows of policies in force on the entity close the gate. */
export class PolicyContributor implements GateContributor {
  readonly source = 'Policies';
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #policies: Policies;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    policies: Policies;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#policies = options.policies;
  }

  async evaluate({
    entityRef,
    now,
  }: {
    entityRef: string;
    now: Date;
  }): Promise<GateContribution[]> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      return [];
    }
    const found = await this.#policies.onTarget(entity);
    const inForce = found
      .filter(({ standing }) => standing.inForce)
      .map(({ policy }) => toRevision(policy))
      .filter(({ spec }) => spec.windows);
    // A policy on some procedures only does not stop every change.
    const general = inForce.filter(({ spec }) => !spec.procedures);
    const at = now.toISOString();
    const until = openTogetherAt(general.map(windowsOf), at);
    return [
      ...closedPolicies(general.map(windowsOf), at).map(closed => ({
        ...toReason(closed, true),
        ...(until ? { until } : {}),
      })),
      ...closedPolicies(
        inForce.filter(({ spec }) => spec.procedures).map(windowsOf),
        at,
      ).map(closed => toReason(closed, false)),
      ...soonClosed(general, now),
    ];
  }
}

function windowsOf(policy: PolicyRevision) {
  return { policy, windows: policy.spec.windows ?? [] };
}

function toReason(
  { policy, decision }: WindowsClosed,
  blocking: boolean,
): GateContribution {
  const sentence = closedSentence(policy, decision);
  return {
    code: 'policy-window',
    sentence: `${sentence.charAt(0).toLocaleUpperCase('en-US')}${sentence.slice(
      1,
    )}${blocking ? '' : ', for some procedures'}.`,
    blocking,
    ...(decision.opensAt ? { until: decision.opensAt } : {}),
    ...about(policy),
  };
}

/** Windows that are open now and close within a day. */
function soonClosed(policies: PolicyRevision[], now: Date): GateContribution[] {
  const soon = new Date(now.getTime() + SOON_MS).toISOString();
  const openNow = policies.filter(
    policy =>
      closedPolicies([windowsOf(policy)], now.toISOString()).length === 0,
  );
  return openNow.flatMap(policy => {
    const closesAt = policyClosesAt(policy, now.toISOString());
    return closesAt && closesAt < soon
      ? [
          {
            code: 'policy-window-closes',
            sentence: `The policy ${policy.title} closes its windows within a day.`,
            blocking: false,
            until: closesAt,
            ...about(policy),
          },
        ]
      : [];
  });
}

function about({ ref, spec }: PolicyRevision) {
  const { kind, namespace, name } = parseEntityRef(ref);
  return {
    unblockers: [
      stringifyEntityRef(parseEntityRef(spec.owner, { defaultKind: 'group' })),
    ],
    href: `/catalog/${namespace}/${kind}/${name}`,
  };
}
