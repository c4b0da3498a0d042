import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView } from '@handrail/plugin-sop-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { ROW } from './layout';

/** As many as leave the step itself in the first screen of a phone. */
const SHOWN = 3;

/** Whom a run waits for, since when and until when. */
export function WaitingList(props: { waiting: RunView['waiting'] }) {
  const { waiting } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const [all, setAll] = useState(false);
  const shown = all ? waiting : waiting.slice(0, SHOWN);
  return (
    <>
      {shown.map(one => (
        <Box key={one.stepId} sx={{ ...ROW, mb: 0.5 }}>
          <Typography variant="body2" color="text.secondary" component="span">
            {t('run.waitingFor')}
          </Typography>
          {(one.claimedBy ? [one.claimedBy] : one.owners).map(owner => (
            <PersonChip key={owner} entityRef={owner} />
          ))}
          <Typography
            variant="body2"
            component="span"
            sx={{ overflowWrap: 'anywhere', minWidth: 0 }}
          >
            {one.stepName}
          </Typography>
          <Typography variant="body2" color="text.secondary" component="span">
            {t('common.since')} <TimeStamp at={one.since} />
            {one.dueAt && (
              <>
                {', '}
                {t(one.blocks ? 'panel.opens' : 'common.due')}{' '}
                <TimeStamp at={one.dueAt} deadline={!one.blocks} />
              </>
            )}
          </Typography>
        </Box>
      ))}
      {waiting.length > SHOWN && (
        <Button
          size="small"
          aria-expanded={all}
          sx={{ ml: -0.5 }}
          onClick={() => setAll(!all)}
        >
          {all
            ? t('run.waitingLess')
            : t('run.waitingMore', { count: waiting.length - SHOWN })}
        </Button>
      )}
    </>
  );
}
