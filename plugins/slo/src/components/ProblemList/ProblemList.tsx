import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloProblem } from '@handrail/plugin-slo-common';
import Box from '@mui/material/Box';
import { sloTranslationRef } from '../../translation';

/** Problems of a document, each with its place, what was found and allowed. */
export function ProblemList({ problems }: { problems: SloProblem[] }) {
  const { t } = useTranslationRef(sloTranslationRef);
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
      {problems.map(({ path, message, found, allowed }) => (
        <li key={`${path} ${message}`}>
          {path && <code>{path}</code>} {message}
          {found && `; ${t('warnings.found', { found })}`}
          {allowed && `; ${t('warnings.allowed', { allowed })}`}
        </li>
      ))}
    </Box>
  );
}
