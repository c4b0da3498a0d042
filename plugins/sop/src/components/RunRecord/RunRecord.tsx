import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView } from '@handrail/plugin-sop-common';
import { useUrlState } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useMemo } from 'react';
import { treeFromViews } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';
import { StepDiagram } from '../StepDiagram';
import { EvidenceTable } from './EvidenceTable';
import { Journal } from './Journal';
import { Timeline } from './Timeline';

const TABS = ['timeline', 'evidence', 'journal', 'diagram'] as const;
type TabId = (typeof TABS)[number];

/** Props of {@link RunRecord}. */
export interface RunRecordProps {
  run: RunView;
  selected?: string;
  onSelect(stepId: string): void;
}

/** What happened in a run, told four ways. */
export function RunRecord(props: RunRecordProps) {
  const { run, selected, onSelect } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const { params, set } = useUrlState();
  const wanted = params.get('tab');
  const tab: TabId = TABS.find(one => one === wanted) ?? 'timeline';
  const tree = useMemo(() => treeFromViews(run.steps), [run.steps]);
  return (
    <Box sx={{ minWidth: 0 }}>
      <Tabs
        value={tab}
        onChange={(_event, next: TabId) =>
          set({ tab: next === 'timeline' ? undefined : next })
        }
        aria-label={t('tabs.aria')}
        variant="scrollable"
        scrollButtons={false}
        sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
      >
        {TABS.map(one => (
          <Tab
            key={one}
            value={one}
            label={t(`tabs.${one}`)}
            id={`sop-tab-${one}`}
            aria-controls={`sop-tabpanel-${one}`}
          />
        ))}
      </Tabs>
      {TABS.map(one => (
        <div
          key={one}
          role="tabpanel"
          id={`sop-tabpanel-${one}`}
          aria-labelledby={`sop-tab-${one}`}
          hidden={one !== tab}
        >
          {one === tab && one === 'timeline' && <Timeline run={run} />}
          {one === tab && one === 'evidence' && <EvidenceTable run={run} />}
          {one === tab && one === 'journal' && <Journal runId={run.runId} />}
          {one === tab && one === 'diagram' && (
            <StepDiagram
              tree={tree}
              name={run.title}
              selected={selected}
              onSelect={onSelect}
            />
          )}
        </div>
      ))}
    </Box>
  );
}
