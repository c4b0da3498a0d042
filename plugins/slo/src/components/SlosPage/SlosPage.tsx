import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AppLink,
  EmptyState,
  PageBody,
  usePageTitle,
  useUrlState,
} from '@handrail/plugin-sop-react';
import SpeedIcon from '@mui/icons-material/Speed';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useCallback, useMemo } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useSlos } from '../../hooks';
import { sloTranslationRef } from '../../translation';
import { ExampleDocument, IMPORT_PATH } from '../ExampleDocument';
import { SloTable } from '../SloTable';
import { readFilters, SloFilters } from './filters';
import { SloFilterBar } from './SloFilterBar';

/** SLOs on one page of the list. */
const PAGE = 25;

/** All SLOs with filters. */
export function SlosPage() {
  const { t } = useTranslationRef(sloTranslationRef);
  const { params, set } = useUrlState();
  usePageTitle(t('list.title'));
  const filters = useMemo(() => readFilters(params), [params]);
  const onChange = useCallback(
    (changes: Partial<SloFilters>, options?: { replace?: boolean }) =>
      set({ ...changes }, options),
    [set],
  );
  const request = useMemo(
    () => ({
      q: filters.q,
      owner: filters.owner ? [filters.owner] : undefined,
      status: filters.status.length ? filters.status : undefined,
      limit: PAGE,
    }),
    [filters],
  );
  const first = useSlos(request).data?.pages[0];
  const filtered = Boolean(filters.q || filters.owner || filters.status.length);

  return (
    <PageBody>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mb: 2, minHeight: 24 }}
      >
        <Typography role="status" sx={{ flex: 1 }} color="text.secondary">
          {first && t('list.count', { count: first.total })}
        </Typography>
        <AppLink to={IMPORT_PATH}>{t('list.register')}</AppLink>
      </Box>
      <SloFilterBar
        filters={filters}
        totals={first?.totals}
        onChange={onChange}
      />
      <SloTable
        request={request}
        empty={
          filtered ? (
            <EmptyState title={t('list.noMatchTitle')}>
              {t('list.noMatch')}
            </EmptyState>
          ) : (
            <EmptyState
              icon={<SpeedIcon />}
              title={t('list.emptyTitle')}
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
              {t('list.empty')}
              <ExampleDocument
                entityRef="component:default/my-service"
                name="my-service"
              />
            </EmptyState>
          )
        }
      />
    </PageBody>
  );
}
