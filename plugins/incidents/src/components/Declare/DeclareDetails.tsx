import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import TextField from '@mui/material/TextField';
import { useId } from 'react';
import { incidentsTranslationRef } from '../../translation';
import type { DeclareDraft } from './useDeclareForm';

/** What may be said when declaring, and need not. */
export function DeclareDetails(props: {
  draft: DeclareDraft;
  onChange(changes: Partial<DeclareDraft>): void;
  /** Greatest length of a text in characters. */
  textLimit?: number;
}) {
  const { draft, onChange, textLimit } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const helpId = useId();
  const panelId = useId();
  return (
    <Accordion disableGutters variant="outlined">
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        id={`${panelId}-summary`}
        aria-controls={panelId}
      >
        {t('declare.more')}
      </AccordionSummary>
      <AccordionDetails>
        <TextField
          label={t('declare.description')}
          fullWidth
          multiline
          minRows={2}
          size="small"
          value={draft.description}
          onChange={event => onChange({ description: event.target.value })}
          inputProps={{ maxLength: textLimit }}
          sx={{ mb: 2 }}
        />
        <TextField
          label={t('declare.startedAt')}
          type="datetime-local"
          size="small"
          fullWidth
          value={draft.startedAt}
          onChange={event => onChange({ startedAt: event.target.value })}
          InputLabelProps={{ shrink: true }}
          sx={{ mb: 1 }}
        />
        <FormControlLabel
          label={t('declare.drill')}
          control={
            <Checkbox
              checked={draft.drill}
              onChange={(_event, drill) => onChange({ drill })}
              inputProps={{ 'aria-describedby': helpId }}
            />
          }
        />
        <FormHelperText id={helpId} sx={{ mt: -0.5, ml: 4 }}>
          {t('declare.drillHelp')}
        </FormHelperText>
      </AccordionDetails>
    </Accordion>
  );
}
