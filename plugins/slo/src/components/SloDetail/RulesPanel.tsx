import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloKey } from '@handrail/plugin-slo-common';
import {
  CodeBlock,
  ErrorState,
  Loading,
  useUrlState,
} from '@handrail/plugin-sop-react';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Typography from '@mui/material/Typography';
import { useRules } from '../../hooks';
import { sloTranslationRef } from '../../translation';
import { ProblemList } from '../ProblemList';

/** Recording and alerting rules to copy; fetched when they are asked for. */
export function RulesPanel({ slo }: { slo: SloKey }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const { params, set } = useUrlState();
  const open = params.get('show') === 'rules';
  return (
    <Accordion
      disableGutters
      variant="outlined"
      expanded={open}
      onChange={(_event, expanded) =>
        set({ show: expanded ? 'rules' : undefined }, { replace: true })
      }
    >
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        id="slo-rules-title"
        aria-controls="slo-rules"
      >
        <Typography variant="h6" component="h2" sx={{ m: 0 }}>
          {t('rules.title')}
        </Typography>
      </AccordionSummary>
      <AccordionDetails id="slo-rules">
        {open && <Rules slo={slo} />}
      </AccordionDetails>
    </Accordion>
  );
}

function Rules({ slo }: { slo: SloKey }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const query = useRules(slo, { enabled: true });
  const rules = query.data;
  if (query.isPending) {
    return <Loading shape="text" />;
  }
  if (!rules) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  const { available, reason, content, fileName, inhibition, problems } = rules;
  return (
    <>
      {problems.length > 0 && <ProblemList problems={problems} />}
      {!available && <Typography>{reason ?? t('rules.none')}</Typography>}
      {available && content && (
        <>
          <Typography>
            {t('rules.counts', {
              recording: String(rules.recordingRules ?? 0),
              alerting: String(rules.alertingRules ?? 0),
            })}
            {'. '}
            {fileName && t('rules.file', { file: fileName })}
          </Typography>
          <CodeBlock text={content} label={fileName ?? t('rules.title')} />
        </>
      )}
      {available && inhibition && (
        <>
          <Typography sx={{ mt: 2 }}>{t('rules.inhibition')}</Typography>
          <CodeBlock text={inhibition} label={t('rules.inhibitionLabel')} />
        </>
      )}
    </>
  );
}
