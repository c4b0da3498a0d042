import type { ListSlosRequest, SloKey } from '@handrail/plugin-slo-common';

/** Cache keys, from coarse to fine so that a prefix invalidates a family. */
export const keys = {
  list: (request?: ListSlosRequest) =>
    request ? (['slo', 'list', request] as const) : (['slo', 'list'] as const),
  slo: ({ namespace, name }: SloKey) =>
    ['slo', 'one', namespace, name] as const,
  burnDown: ({ namespace, name }: SloKey, objective?: string) =>
    objective
      ? (['slo', 'burn-down', namespace, name, objective] as const)
      : (['slo', 'burn-down', namespace, name] as const),
  rules: ({ namespace, name }: SloKey) =>
    ['slo', 'rules', namespace, name] as const,
};
