import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentView } from '@handrail/plugin-incidents-common';
import { Markdown, PermitButton } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { usePolicy } from '../../hooks';
import { isRelevant } from '../../lib/relevance';
import { incidentsTranslationRef } from '../../translation';
import { CommandError } from '../CommandError';
import { REVIEW_FIELDS, useReviewForm } from './useReviewForm';

const HELP = { summary: 'summaryHelp', causes: 'causesHelp' } as const;

/** The texts of the review: to be written, or to be read when they may not. */
export function ReviewForm(props: { incident: IncidentView }) {
  const { incident } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const limit = usePolicy().data?.limits.text;
  const form = useReviewForm(incident);
  const permit = incident.permits['edit-review'];
  if (!permit?.allowed) {
    return (
      <>
        {permit?.reason && isRelevant(incident, 'edit-review') && (
          <Typography color="text.secondary" sx={{ mb: 2 }}>
            {permit.reason}
          </Typography>
        )}
        {REVIEW_FIELDS.filter(field => incident.review[field]).map(field => (
          <Box key={field} sx={{ mb: 2 }}>
            <Typography variant="subtitle2" component="h3">
              {t(`review.${field}`)}
            </Typography>
            <Markdown content={incident.review[field]} />
          </Box>
        ))}
      </>
    );
  }
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault();
        form.save();
      }}
    >
      <CommandError error={form.error} />
      {REVIEW_FIELDS.map(field => (
        <TextField
          key={field}
          label={t(`review.${field}`)}
          helperText={
            field === 'summary' || field === 'causes'
              ? t(`review.${HELP[field]}`)
              : undefined
          }
          fullWidth
          multiline
          minRows={2}
          size="small"
          value={form.texts[field]}
          onChange={event => form.type(field, event.target.value)}
          inputProps={{ maxLength: limit }}
          sx={{ mb: 2 }}
        />
      ))}
      <Box
        sx={{ display: 'flex', gap: 1.5, alignItems: 'center', mb: 2 }}
        aria-live="polite"
      >
        <PermitButton
          type="submit"
          variant={form.dirty ? 'contained' : 'outlined'}
          color="primary"
          permit={permit}
          pending={form.isPending}
        >
          {t('review.save')}
        </PermitButton>
        {form.dirty && (
          <Typography variant="body2">{t('review.unsaved')}</Typography>
        )}
        {form.saved && (
          <Typography variant="body2">{t('review.saved')}</Typography>
        )}
      </Box>
    </form>
  );
}
