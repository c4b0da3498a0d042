import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloProblem } from '@handrail/plugin-slo-common';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { sloTranslationRef } from '../../translation';
import { ProblemList } from '../ProblemList';

/** What is doubtful in the document; nothing when nothing is. */
export function Warnings({ problems }: { problems: SloProblem[] }) {
  const { t } = useTranslationRef(sloTranslationRef);
  if (problems.length === 0) {
    return null;
  }
  return (
    <Alert severity="info" variant="outlined" sx={{ mb: 2 }}>
      <AlertTitle>{t('warnings.title', { count: problems.length })}</AlertTitle>
      <ProblemList problems={problems} />
    </Alert>
  );
}
