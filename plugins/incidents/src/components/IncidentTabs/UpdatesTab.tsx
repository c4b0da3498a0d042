import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EmptyState,
  Markdown,
  PersonChip,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import CampaignOutlinedIcon from '@mui/icons-material/CampaignOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { incidentsTranslationRef } from '../../translation';
import type { TabProps } from './IncidentTabs';

/** What was told, newest first. */
export function UpdatesTab(props: TabProps) {
  const { updates } = props.incident;
  const { t } = useTranslationRef(incidentsTranslationRef);
  if (updates.length === 0) {
    return (
      <EmptyState icon={<CampaignOutlinedIcon />} title={t('updates.empty')}>
        {t('updates.emptyText')}
      </EmptyState>
    );
  }
  return (
    <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {updates.map(update => (
        <Box
          component="li"
          key={update.seq}
          sx={{ borderBottom: 1, borderColor: 'divider', py: 1.5 }}
        >
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 1,
              alignItems: 'center',
              mb: 0.5,
            }}
          >
            <PersonChip entityRef={update.by} />
            <Typography variant="body2" component="span">
              <TimeStamp at={update.at} />
            </Typography>
            <Typography variant="body2" component="span" color="text.secondary">
              {t(`updates.${update.audience}`)}
              {update.nextUpdateAt && (
                <>
                  {', '}
                  {t('updates.next')} <TimeStamp at={update.nextUpdateAt} />
                </>
              )}
            </Typography>
          </Box>
          <Markdown content={update.message} />
        </Box>
      ))}
    </Box>
  );
}
