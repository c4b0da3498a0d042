import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { IncidentView } from '@handrail/plugin-incidents-common';
import {
  ErrorState,
  Loading,
  PageBody,
  usePageTitle,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import { useParams } from 'react-router-dom';
import { useIncident } from '../../hooks';
import { useIncidentLinks } from '../../routes';
import { incidentsTranslationRef } from '../../translation';
import { IncidentTabs } from '../IncidentTabs';
import { ActionBar } from './ActionBar';
import { IncidentFacts } from './IncidentFacts';
import { IncidentHeader } from './IncidentHeader';
import { IncidentRecord } from './IncidentRecord';
import { useIncidentActions } from './useIncidentActions';

/** One incident: who does what until when, and everything else below. */
export function IncidentPage() {
  const { incidentId = '' } = useParams();
  const { t } = useTranslationRef(incidentsTranslationRef);
  const links = useIncidentLinks();
  const query = useIncident(incidentId);
  const incident = query.data;
  usePageTitle(
    incident ? `${incident.reference} ${incident.title}` : t('list.title'),
  );
  return (
    <BreadcrumbEntry
      entry={{
        label: incident?.reference ?? '…',
        href: links.incident(incidentId),
      }}
    >
      <PageBody>
        {query.isPending && <Loading shape="split" count={6} />}
        {!incident && query.error && (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        )}
        {incident && (
          <IncidentContent
            key={incident.incidentId}
            incident={incident}
            stale={Boolean(query.error)}
          />
        )}
      </PageBody>
    </BreadcrumbEntry>
  );
}

function IncidentContent(props: { incident: IncidentView; stale: boolean }) {
  const { incident, stale } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const actions = useIncidentActions(incident);
  return (
    <>
      {stale && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('page.stale')}
        </Alert>
      )}
      <IncidentHeader incident={incident} />
      <IncidentFacts incident={incident} actions={actions} />
      <ActionBar incident={incident} actions={actions} />
      <IncidentRecord incident={incident} />
      <IncidentTabs incident={incident} actions={actions} />
    </>
  );
}
