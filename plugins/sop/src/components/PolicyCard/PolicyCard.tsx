import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  describeDemands,
  describePolicySteps,
  SopPolicySpec,
} from '@handrail/plugin-sop-common';
import {
  EntityLink,
  ErrorState,
  Loading,
  TitledCard,
  usePolicyTargets,
  WordChip,
} from '@handrail/plugin-sop-react';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import InfoOutlinedIcon from '@mui/icons-material/InfoOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/** What a policy asks for, of which steps, and where it is in force. */
export function PolicyCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const spec = (entity.spec ?? {}) as unknown as SopPolicySpec;
  const targets = usePolicyTargets(stringifyEntityRef(entity));
  const { data } = targets;
  return (
    <TitledCard title={t('policies.card')}>
      <Heading>{t('policies.demands')}</Heading>
      <Box component="ul" sx={{ mt: 0, mb: 1.5, pl: 3 }}>
        {describeDemands(spec).map(demand => (
          <Box component="li" key={demand} sx={{ overflowWrap: 'anywhere' }}>
            {demand}
          </Box>
        ))}
      </Box>
      <Heading>{t('policies.steps')}</Heading>
      <Typography sx={{ mb: 1.5 }}>
        {describePolicySteps(spec)}
        {spec.procedures !== undefined && ` · ${t('policies.procedures')}`}
      </Typography>
      <Heading>{t('policies.targets')}</Heading>
      {targets.isPending && <Loading count={3} />}
      {targets.error && (
        <ErrorState error={targets.error} onRetry={() => targets.refetch()} />
      )}
      {data?.items.length === 0 && (
        <Typography>{t('policies.nothing')}</Typography>
      )}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {data?.items.map(({ entityRef, inForce, reason }) => (
          <Box component="li" key={entityRef} sx={{ py: 0.5 }}>
            <Box
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                gap: 1,
                alignItems: 'center',
              }}
            >
              <EntityLink entityRef={entityRef} />
              <WordChip
                word={t(inForce ? 'policies.inForce' : 'policies.notInForce')}
                icon={inForce ? CheckCircleOutlineIcon : InfoOutlinedIcon}
                tone={inForce ? 'success' : 'disabled'}
              />
            </Box>
            {reason && (
              <Typography
                variant="body2"
                color="text.secondary"
                sx={{ overflowWrap: 'anywhere' }}
              >
                {reason}
              </Typography>
            )}
          </Box>
        ))}
      </Box>
      {data && data.total > data.items.length && data.items.length > 0 && (
        <Typography variant="body2">
          {t('policies.more', {
            shown: String(data.items.length),
            total: String(data.total),
          })}
        </Typography>
      )}
    </TitledCard>
  );
}

function Heading(props: { children: string }) {
  return (
    <Typography variant="subtitle2" component="h3">
      {props.children}
    </Typography>
  );
}
