import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EmptyState } from '@handrail/plugin-sop-react';
import SpeedIcon from '@mui/icons-material/Speed';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { sloTranslationRef } from '../../translation';
import { ExampleDocument, IMPORT_PATH } from '../ExampleDocument';
import { SloTable } from '../SloTable';

const HIDDEN = ['measures'] as const;

/** The SLOs of an entity; without any, how to write the first. */
export function EntitySlos() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sloTranslationRef);
  const entityRef = stringifyEntityRef(entity);
  const request = useMemo(() => ({ entityRef, limit: 25 }), [entityRef]);
  return (
    <Box component="section" aria-labelledby="slo-entity-title">
      <Typography id="slo-entity-title" variant="h6" component="h2">
        {t('entity.title')}
      </Typography>
      <SloTable
        request={request}
        hide={HIDDEN}
        sentences
        empty={
          <EmptyState
            icon={<SpeedIcon />}
            title={t('entity.emptyTitle')}
            action={
              <Button
                component={RouterLink}
                to={IMPORT_PATH}
                variant="contained"
              >
                {t('list.register')}
              </Button>
            }
          >
            {t('entity.empty')}
            <ExampleDocument
              entityRef={entityRef}
              name={entity.metadata.name}
            />
          </EmptyState>
        }
      />
    </Box>
  );
}
