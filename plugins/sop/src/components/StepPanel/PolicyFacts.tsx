import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PolicyUse } from '@handrail/plugin-sop-common';
import { EntityLink, PersonChip } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/** What policies of resource owners add to a step, with who owns each. */
export function PolicyFacts(props: { policies: PolicyUse[] }) {
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Box component="ul" sx={{ m: 0, mt: 1.5, p: 0, listStyle: 'none' }}>
      {props.policies.map(({ ref, owner, demands }) => (
        <Box component="li" key={ref} sx={{ overflowWrap: 'anywhere' }}>
          <Typography variant="body2" component="span">
            {demands.join(' ')}{' '}
          </Typography>
          <Box
            component="span"
            sx={{
              display: 'inline-flex',
              flexWrap: 'wrap',
              gap: 0.75,
              alignItems: 'center',
              typography: 'body2',
              color: 'text.secondary',
            }}
          >
            {t('policies.byPolicy')} <EntityLink entityRef={ref} />
            {t('policies.ownedBy')} <PersonChip entityRef={owner} />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
