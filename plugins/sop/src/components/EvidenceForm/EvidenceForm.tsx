import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EvidenceFieldView } from '@handrail/plugin-sop-common';
import Box from '@mui/material/Box';
import { useId } from 'react';
import { EvidenceDraft, EvidenceIssue } from '../../lib/evidence';
import { sopTranslationRef } from '../../translation';
import { EvidenceField } from './EvidenceField';

/** Props of {@link EvidenceForm}. */
export interface EvidenceFormProps {
  fields: readonly EvidenceFieldView[];
  draft: EvidenceDraft;
  onChange(draft: EvidenceDraft): void;
  /** What this page found. */
  issues: Record<string, EvidenceIssue>;
  /** What the back end said, by field. */
  refusals: Record<string, string>;
}

/** The typed evidence that a step asks for. */
export function EvidenceForm(props: EvidenceFormProps) {
  const { fields, draft, onChange, issues, refusals } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const prefix = useId();
  const messageOf = (id: string): string | undefined => {
    const issue = issues[id];
    if (!issue) {
      return refusals[id];
    }
    switch (issue.code) {
      case 'minimum':
      case 'maximum':
      case 'pattern':
      case 'maxLength':
        return t(`evidence.${issue.code}`, { limit: issue.limit ?? '' });
      default:
        return t(`evidence.${issue.code}`);
    }
  };
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {fields.map(field => (
        <EvidenceField
          key={field.id}
          id={`${prefix}-${field.id}`}
          field={field}
          value={draft[field.id]}
          message={messageOf(field.id)}
          onChange={value => onChange({ ...draft, [field.id]: value })}
        />
      ))}
    </Box>
  );
}
