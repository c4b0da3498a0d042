import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AlertEpisodeView } from '@handrail/plugin-incidents-common';
import {
  DataColumn,
  DataTable,
  EmptyState,
  EntityLink,
  ErrorState,
  Loading,
  LoadMore,
  TimeStamp,
  WordChip,
} from '@handrail/plugin-sop-react';
import NotificationsActiveOutlinedIcon from '@mui/icons-material/NotificationsActiveOutlined';
import NotificationsOffOutlinedIcon from '@mui/icons-material/NotificationsOffOutlined';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useAlerts } from '../../hooks';
import { safeHref } from '../../lib/safeHref';
import { incidentsTranslationRef } from '../../translation';
import type { TabProps } from './IncidentTabs';

/** The episodes of alerts behind the incident. */
export function AlertsTab(props: TabProps) {
  const { t } = useTranslationRef(incidentsTranslationRef);
  const query = useAlerts(props.incident.incidentId);
  const columns = useMemo(
    (): DataColumn<AlertEpisodeView>[] => [
      {
        id: 'alert',
        title: t('alerts.alert'),
        width: '34%',
        render: alert => {
          const href = safeHref(alert.generatorUrl);
          return (
            <>
              <strong>{alert.name}</strong>
              {href && (
                <>
                  {' '}
                  <Link href={href} target="_blank" rel="noopener noreferrer">
                    {t('alerts.graph')}
                  </Link>
                </>
              )}
              {alert.summary && (
                <Typography variant="body2" color="text.secondary">
                  {alert.summary}
                </Typography>
              )}
            </>
          );
        },
      },
      {
        id: 'state',
        title: t('alerts.state'),
        render: alert => (
          <WordChip
            word={alert.open ? t('alerts.firing') : t('alerts.over')}
            icon={
              alert.open
                ? NotificationsActiveOutlinedIcon
                : NotificationsOffOutlinedIcon
            }
            tone={alert.open ? 'error' : 'disabled'}
          />
        ),
      },
      {
        id: 'began',
        title: t('alerts.began'),
        render: alert => <TimeStamp at={alert.startsAt} />,
      },
      {
        id: 'ended',
        title: t('alerts.ended'),
        render: alert =>
          alert.endsAt && !alert.open ? (
            <TimeStamp at={alert.endsAt} />
          ) : (
            t('common.none')
          ),
      },
      {
        id: 'on',
        title: t('alerts.on'),
        render: alert =>
          alert.entityRef ? (
            <EntityLink entityRef={alert.entityRef} />
          ) : (
            t('common.none')
          ),
      },
      {
        id: 'deliveries',
        title: t('alerts.deliveries'),
        render: alert =>
          `${t('alerts.times', { count: alert.deliveries })}, ${alert.source}`,
      },
    ],
    [t],
  );
  const alerts = query.data?.pages.flatMap(page => page.items) ?? [];
  if (query.isPending) {
    return <Loading count={3} />;
  }
  if (!query.data) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  if (alerts.length === 0) {
    return <EmptyState title={t('alerts.empty')} />;
  }
  return (
    <>
      <DataTable
        caption={t('alerts.caption')}
        columns={columns}
        rows={alerts}
        rowKey={alert => alert.episodeId}
      />
      <LoadMore query={query} />
    </>
  );
}
