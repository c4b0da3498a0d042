import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentView } from '@handrail/plugin-incidents-common';
import { useUrlState } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { incidentsTranslationRef } from '../../translation';
import type { IncidentActions } from '../IncidentPage/useIncidentActions';
import { ReviewTab } from '../ReviewTab';
import { AlertsTab } from './AlertsTab';
import { DutiesTab } from './DutiesTab';
import { RolesTab } from './RolesTab';
import { RunsTab } from './RunsTab';
import { TimelineTab } from './TimelineTab';
import { UpdatesTab } from './UpdatesTab';

const TABS = [
  'timeline',
  'roles',
  'updates',
  'duties',
  'alerts',
  'runs',
  'review',
] as const;
type TabId = (typeof TABS)[number];

const PANELS = {
  timeline: TimelineTab,
  roles: RolesTab,
  updates: UpdatesTab,
  duties: DutiesTab,
  alerts: AlertsTab,
  runs: RunsTab,
  review: ReviewTab,
};

/** What each part of an incident's page gets. */
export interface TabProps {
  incident: IncidentView;
  actions: IncidentActions;
}

function countOf(tab: TabId, incident: IncidentView): number {
  const counts: Partial<Record<TabId, number>> = {
    updates: incident.updates.length,
    alerts: incident.alerts.total,
    runs: incident.runs.length,
  };
  return counts[tab] ?? 0;
}

/** Everything that is not in the first screen. */
export function IncidentTabs(props: TabProps) {
  const { incident } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const { params, set } = useUrlState();
  const wanted = params.get('tab');
  // Once it is over, what was learned comes first.
  const usual: TabId = incident.status === 'learning' ? 'review' : 'timeline';
  const tab: TabId = TABS.find(one => one === wanted) ?? usual;
  const Panel = PANELS[tab];
  return (
    <Box sx={{ minWidth: 0 }}>
      <Tabs
        value={tab}
        onChange={(_event, next: TabId) => set({ tab: next })}
        aria-label={t('tabs.aria')}
        variant="scrollable"
        scrollButtons={false}
        sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
      >
        {TABS.map(one => {
          const count = countOf(one, incident);
          return (
            <Tab
              key={one}
              value={one}
              label={
                count ? `${t(`tabs.${one}`)} (${count})` : t(`tabs.${one}`)
              }
              id={`incident-tab-${one}`}
              aria-controls={
                one === tab ? `incident-tabpanel-${one}` : undefined
              }
            />
          );
        })}
      </Tabs>
      <div
        role="tabpanel"
        id={`incident-tabpanel-${tab}`}
        aria-labelledby={`incident-tab-${tab}`}
      >
        <Panel {...props} />
      </div>
    </Box>
  );
}
