import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ActionItemView } from '@handrail/plugin-incidents-common';
import {
  DataColumn,
  DataTable,
  EmptyState,
  PermitButton,
  PersonChip,
  WordChip,
} from '@handrail/plugin-sop-react';
import AlarmIcon from '@mui/icons-material/Alarm';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import DoNotDisturbAltIcon from '@mui/icons-material/DoNotDisturbAlt';
import RadioButtonUncheckedIcon from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { formatDate } from '../../lib/dates';
import { isRelevant } from '../../lib/relevance';
import { safeHref } from '../../lib/safeHref';
import { incidentsTranslationRef } from '../../translation';
import type { TabProps } from '../IncidentTabs';

const LOOKS = {
  open: ['open', RadioButtonUncheckedIcon, 'info'],
  overdue: ['overdue', AlarmIcon, 'error'],
  done: ['doneItem', CheckCircleOutlineIcon, 'success'],
  dropped: ['dropped', DoNotDisturbAltIcon, 'disabled'],
} as const;

const VERBS = {
  complete: 'complete-action-item',
  edit: 'edit-action-item',
  drop: 'drop-action-item',
} as const;

function ItemState(props: { item: ActionItemView }) {
  const { state, overdue } = props.item;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const [word, icon, tone] =
    LOOKS[state === 'open' && overdue ? 'overdue' : state];
  return <WordChip word={t(`review.${word}`)} icon={icon} tone={tone} />;
}

function ItemButtons(props: TabProps & { item: ActionItemView }) {
  const { incident, actions, item } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  if (item.state !== 'open') {
    return <>{item.reason ?? t('common.none')}</>;
  }
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {(['complete', 'edit', 'drop'] as const)
        .filter(verb => isRelevant(incident, VERBS[verb]))
        .map(verb => (
          <PermitButton
            key={verb}
            size="small"
            aria-label={t('review.named', {
              verb: t(`review.${verb}`),
              title: item.title,
            })}
            permit={incident.permits[VERBS[verb]]}
            onClick={() =>
              actions.act({
                type: VERBS[verb],
                given: { actionItemId: item.actionItemId },
                subject: item.title,
                values: {
                  item: [item.title],
                  owner: item.owner ? [item.owner] : [],
                  dueOn: item.dueOn ? [item.dueOn] : [],
                  url: item.url ? [item.url] : [],
                },
              })
            }
          >
            {t(`review.${verb}`)}
          </PermitButton>
        ))}
    </Box>
  );
}

/** What will keep it from happening again: who, until when. */
export function ActionItems(props: TabProps) {
  const { incident, actions } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const permit = incident.permits['add-action-item'];
  const columns: DataColumn<ActionItemView>[] = [
    {
      id: 'what',
      title: t('review.item'),
      width: '36%',
      render: item => {
        const href = safeHref(item.url);
        return href ? (
          <Link href={href} target="_blank" rel="noopener noreferrer">
            {item.title}
          </Link>
        ) : (
          item.title
        );
      },
    },
    {
      id: 'owner',
      title: t('review.owner'),
      render: item =>
        item.owner ? (
          <PersonChip entityRef={item.owner} />
        ) : (
          t('review.noOwner')
        ),
    },
    {
      id: 'due',
      title: t('review.dueOn'),
      render: item =>
        item.dueOn ? (
          <time dateTime={item.dueOn}>{formatDate(item.dueOn)}</time>
        ) : (
          t('review.noDate')
        ),
    },
    {
      id: 'state',
      title: t('review.itemState'),
      render: item => <ItemState item={item} />,
    },
    {
      id: 'actions',
      title: t('review.itemActions'),
      render: item => <ItemButtons {...props} item={item} />,
    },
  ];
  return (
    <Box component="section" aria-label={t('review.items')} sx={{ mt: 3 }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          justifyContent: 'space-between',
          alignItems: 'center',
          mb: 1,
        }}
      >
        <Typography variant="h6" component="h2" sx={{ m: 0 }}>
          {t('review.items')}
        </Typography>
        {isRelevant(incident, 'add-action-item') && (
          <PermitButton
            size="small"
            variant="outlined"
            color="primary"
            permit={permit}
            onClick={() => actions.act({ type: 'add-action-item' })}
          >
            {t('review.addItem')}
          </PermitButton>
        )}
      </Box>
      {incident.actionItems.length === 0 ? (
        <EmptyState title={t('review.noItems')}>
          {t('review.noItemsText')}
        </EmptyState>
      ) : (
        <DataTable
          caption={t('review.items')}
          columns={columns}
          rows={incident.actionItems}
          rowKey={item => item.actionItemId}
        />
      )}
    </Box>
  );
}
