import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SearchDocument } from '@backstage/plugin-search-common';
import { AppLink, EntityLink, StatusChip } from '@handrail/plugin-sop-react';
import ChecklistIcon from '@mui/icons-material/Checklist';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { RunSummary } from '@handrail/plugin-sop-common';
import { sopTranslationRef } from '../../translation';

/** What the collators add to a document. */
interface SopDocument extends SearchDocument {
  number?: string;
  lifecycle?: string;
  status?: RunSummary['status'];
  targetRef?: string;
}

/** A procedure or a run among the results of a search. */
export function SearchResult(props: { result?: SearchDocument }) {
  const result = props.result as SopDocument | undefined;
  const { t } = useTranslationRef(sopTranslationRef);
  if (!result) {
    return null;
  }
  const { title, location, status, targetRef, number, lifecycle } = result;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 2, py: 1.5, px: 2 }}>
      <ChecklistIcon aria-hidden color="action" />
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <AppLink to={location}>{title}</AppLink>
        <Typography variant="body2" color="text.secondary">
          {status ? t('search.run') : t('search.procedure')}
          {number && ` · ${number}`}
          {lifecycle && ` · ${lifecycle}`}
        </Typography>
        {targetRef && <EntityLink entityRef={targetRef} />}
      </Box>
      {status && <StatusChip status={status} />}
    </Box>
  );
}
