import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatProblem } from '@handrail/plugin-sop-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { DraftProblem } from '../../lib/draft';
import { sopTranslationRef } from '../../translation';

/** Everything that is wrong with the draft, by line. */
export function ProblemList(props: { problems: DraftProblem[] }) {
  const { problems } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <section aria-labelledby="sop-editor-problems">
      <Typography id="sop-editor-problems" variant="h6" component="h2">
        {t('editor.problems')}
      </Typography>
      <div aria-live="polite">
        {problems.length === 0 ? (
          <Alert severity="success">{t('editor.noProblems')}</Alert>
        ) : (
          <Box component="ul" sx={{ m: 0, pl: 3 }}>
            {problems.map(problem => (
              <Box
                component="li"
                key={`${problem.path} ${problem.message} ${problem.found}`}
                sx={{ overflowWrap: 'anywhere' }}
              >
                {problem.line !== undefined && (
                  <strong>
                    {t('editor.line', { line: String(problem.line) })}:{' '}
                  </strong>
                )}
                {problem.path === '' ? problem.message : formatProblem(problem)}
              </Box>
            ))}
          </Box>
        )}
      </div>
    </section>
  );
}
