import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TaskScope } from '@handrail/plugin-sop-common';
import {
  PageBody,
  usePageTitle,
  useTaskCount,
  useUrlState,
} from '@handrail/plugin-sop-react';
import Tab, { tabClasses } from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { sopTranslationRef } from '../../translation';
import { Shortcuts } from '../Shortcuts';
import { TaskList } from './TaskList';

const SCOPES: TaskScope[] = ['me', 'groups', 'done'];

/** What the signed-in person must decide or do. */
export function TasksPage() {
  const { t } = useTranslationRef(sopTranslationRef);
  const { params, set } = useUrlState();
  const wanted = params.get('tab');
  const scope = SCOPES.find(one => one === wanted) ?? 'me';
  const count = useTaskCount().data;
  usePageTitle(t('tasks.title'));

  const label = (one: TaskScope) => {
    const number = one === 'done' ? undefined : count?.[one];
    const name = t(`tasks.${one}`);
    return number
      ? t('tasks.count', {
          name,
          number: number >= 100 ? '99+' : String(number),
        })
      : name;
  };

  return (
    <Shortcuts>
      <PageBody maxWidth={1000}>
        <Tabs
          value={scope}
          onChange={(_event, next: TaskScope) =>
            set({ tab: next === 'me' ? undefined : next })
          }
          aria-label={t('tasks.aria')}
          data-tour="tasks.tabs"
          variant="scrollable"
          scrollButtons={false}
          sx={{
            borderBottom: 1,
            borderColor: 'divider',
            mb: 2,
            [`& .${tabClasses.root}`]: { minWidth: 0, px: { xs: 1, sm: 2 } },
          }}
        >
          {SCOPES.map(one => (
            <Tab
              key={one}
              value={one}
              label={label(one)}
              id={`sop-tasks-tab-${one}`}
              aria-controls={`sop-tasks-${one}`}
            />
          ))}
        </Tabs>
        {SCOPES.map(one => (
          <div
            key={one}
            role="tabpanel"
            id={`sop-tasks-${one}`}
            aria-labelledby={`sop-tasks-tab-${one}`}
            hidden={one !== scope}
          >
            {one === scope && <TaskList scope={one} groups={count?.groups} />}
          </div>
        ))}
      </PageBody>
    </Shortcuts>
  );
}
