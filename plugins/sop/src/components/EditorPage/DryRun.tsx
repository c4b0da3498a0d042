import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SopEntity } from '@handrail/plugin-sop-common';
import { StatusChip } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { useDryRun } from './useDryRun';

/** Plays a draft event by event with a clock of its own. */
export function DryRun(props: { procedure: SopEntity | undefined }) {
  const { procedure } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const run = useDryRun(procedure);
  return (
    <section aria-labelledby="sop-editor-dry-run">
      <Typography id="sop-editor-dry-run" variant="h6" component="h2">
        {t('editor.dryRun')}
      </Typography>
      <Typography color="text.secondary" sx={{ mb: 1.5 }}>
        {t('editor.dryRunIntro')}
      </Typography>
      {!procedure && <Alert severity="info">{t('editor.fixFirst')}</Alert>}
      {procedure && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
          <TextField
            size="small"
            type="datetime-local"
            label={t('editor.startAt')}
            value={run.startAt}
            onChange={event => run.setStartAt(event.target.value)}
            InputLabelProps={{ shrink: true }}
          />
          <Button variant="outlined" onClick={run.begin}>
            {t(run.shown ? 'editor.again' : 'editor.begin')}
          </Button>
        </Box>
      )}
      {run.error && (
        <Alert severity="error" sx={{ mt: 1.5 }}>
          {run.error}
        </Alert>
      )}
      {procedure && run.shown && <Shown run={run} />}
    </section>
  );
}

function Shown({ run }: { run: ReturnType<typeof useDryRun> }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const { shown } = run;
  if (!shown) {
    return null;
  }
  const { move, name } = shown;
  const what =
    move &&
    {
      task: t('editor.moveTask', { who: shown.who, name }),
      vote: t('editor.moveVote', { who: shown.who, name }),
      timer: t('editor.moveTimer', { name }),
      dispatch: t('editor.moveDispatch', { name }),
      outcome: t('editor.moveOutcome', { name }),
    }[move.kind];
  return (
    <Box sx={{ mt: 1.5 }} aria-live="polite">
      <Typography>
        {t('editor.clock')}: <time dateTime={shown.now}>{shown.clock}</time>{' '}
        <StatusChip status={shown.status} />
      </Typography>
      {shown.reason && (
        <Alert severity="warning" sx={{ my: 1 }}>
          {shown.reason}
        </Alert>
      )}
      <Typography sx={{ my: 1 }}>
        {what ? t('editor.nextIs', { what }) : t('editor.nothingNext')}
      </Typography>
      {move && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          <Button variant="contained" onClick={() => run.next()}>
            {t('editor.next')}
          </Button>
          {['task', 'vote', 'outcome'].includes(move.kind) && (
            <Button variant="outlined" onClick={() => run.next('fail')}>
              {t('editor.fail')}
            </Button>
          )}
          <Button onClick={run.toEnd}>{t('editor.toEnd')}</Button>
        </Box>
      )}
      <Typography variant="subtitle2" component="h3" sx={{ mt: 1.5 }}>
        {t('editor.events')}
      </Typography>
      <Box component="ol" sx={{ m: 0, pl: 3 }}>
        {shown.events.map(event => (
          <Box component="li" key={event.seq} sx={{ overflowWrap: 'anywhere' }}>
            <time dateTime={event.at}>{event.clock}</time> {event.text}
            {event.detail && (
              <Typography variant="body2" color="text.secondary">
                {event.detail}
              </Typography>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
