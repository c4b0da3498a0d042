import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EntityPolicy } from '@handrail/plugin-sop-common';
import {
  EntityLink,
  PersonChip,
  usePoliciesForEntity,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/**
 * What owners demand of procedures on an entity, and what would be demanded if it
 * were in force. Nothing where no policy is about the entity.
 */
export function PolicyList(props: { entityRef: string }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const { data } = usePoliciesForEntity(props.entityRef);
  return data?.length ? (
    <section aria-labelledby="sop-policies-here">
      <Typography id="sop-policies-here" variant="h6" component="h2">
        {t('policies.here')}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data.map(policy => (
          <Policy key={policy.policyRef} policy={policy} />
        ))}
      </Box>
    </section>
  ) : null;
}

function Policy({ policy }: { policy: EntityPolicy }) {
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Box component="li" sx={{ py: 1, overflowWrap: 'anywhere' }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 0.75,
          alignItems: 'center',
        }}
      >
        <EntityLink entityRef={policy.policyRef} />
        {t('policies.ownedBy')} <PersonChip entityRef={policy.owner} />
      </Box>
      <Typography variant="body2">
        {policy.inForce ? policy.demands.join(' ') : policy.reason}
      </Typography>
    </Box>
  );
}
