import { Policies } from '../service/Policies';

/** What a committer asks where there are no policies. */
export const noPolicies: Pick<Policies, 'factsFor' | 'withWordings'> = {
  factsFor: async () => ({}),
  withWordings: async work => work(),
};
