import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  EmptyState,
  ErrorState,
  formatDuration,
  Loading,
  PageBody,
  usePageTitle,
  useSopLinks,
  useToil,
  useUrlState,
} from '@handrail/plugin-sop-react';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { ToilChart } from './ToilChart';
import { ToilTable } from './ToilTable';

const PERIODS = [30, 90, 365];
const DEFAULT_PERIOD = 90;

/** Which manual work costs most, and what automating it has saved. */
export function ToilPage() {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const { params, set } = useUrlState();
  usePageTitle(t('toil.title'));
  const asked = Number(params.get('days'));
  const days = PERIODS.includes(asked) ? asked : DEFAULT_PERIOD;
  const query = useToil(days);
  const items = query.data?.items ?? [];
  const total = items.reduce(
    (sum, item) => sum + (item.manual?.activePerMonthMs ?? 0),
    0,
  );
  return (
    <BreadcrumbEntry entry={{ label: t('toil.title'), href: links.toil() }}>
      <PageBody>
        <Typography role="status" component="div" variant="h6" sx={{ mb: 2 }}>
          {query.data &&
            items.length > 0 &&
            t('toil.total', { duration: formatDuration(total) })}
        </Typography>
        <TextField
          select
          size="small"
          id="sop-toil-days"
          label={t('toil.period')}
          value={String(days)}
          onChange={event => set({ days: event.target.value })}
          sx={{ mb: 2, minWidth: 200 }}
        >
          {PERIODS.map(period => (
            <MenuItem key={period} value={String(period)}>
              {t('toil.days', { days: String(period) })}
            </MenuItem>
          ))}
        </TextField>
        {query.isPending && <Loading shape="list" />}
        {query.error && (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        )}
        {query.data && items.length === 0 && (
          <EmptyState title={t('toil.emptyTitle')}>
            {t('toil.empty')}
          </EmptyState>
        )}
        {items.length > 0 && (
          <>
            <ToilChart items={items} label={t('toil.chart')} />
            <ToilTable items={items} />
          </>
        )}
      </PageBody>
    </BreadcrumbEntry>
  );
}
