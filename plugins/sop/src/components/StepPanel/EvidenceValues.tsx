import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EvidenceFieldView, StepView } from '@handrail/plugin-sop-common';
import { CodeBlock, EntityLink } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Fragment } from 'react';
import { sopTranslationRef } from '../../translation';

/** One value as its kind wants to be read. */
export function EvidenceValue(props: {
  field?: EvidenceFieldView;
  name: string;
  value: unknown;
}) {
  const { field, name, value } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  if (typeof value === 'boolean') {
    return <>{value ? t('evidence.yes') : t('evidence.no')}</>;
  }
  if (typeof value === 'number') {
    return <>{field?.unit ? `${value} ${field.unit}` : String(value)}</>;
  }
  const text =
    typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  if (field?.kind === 'url' && /^https?:\/\//i.test(text)) {
    return (
      <Link href={text} target="_blank" rel="noopener noreferrer">
        {text}
      </Link>
    );
  }
  if (field?.kind === 'entity' && /^[^:]+:[^/]+\/.+$/.test(text)) {
    return <EntityLink entityRef={text} />;
  }
  return text.includes('\n') ? (
    <CodeBlock text={text} label={name} />
  ) : (
    <>{text}</>
  );
}

/** The evidence that a step left, as a list of names and values. */
export function EvidenceValues(props: { step: StepView }) {
  const { step } = props;
  const fields = new Map(step.evidenceFields?.map(field => [field.id, field]));
  const entries = Object.entries(step.evidence ?? {});
  if (entries.length === 0) {
    return null;
  }
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: {
          xs: '1fr',
          sm: 'minmax(120px, 30%) minmax(0, 1fr)',
        },
        columnGap: 2,
        rowGap: 0.5,
      }}
    >
      {entries.map(([id, value]) => {
        const name = fields.get(id)?.name ?? id;
        return (
          <Fragment key={id}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {name}
            </Box>
            <Box
              component="dd"
              sx={{
                m: 0,
                mb: { xs: 1, sm: 0 },
                overflowWrap: 'anywhere',
                minWidth: 0,
              }}
            >
              <EvidenceValue field={fields.get(id)} name={name} value={value} />
            </Box>
          </Fragment>
        );
      })}
    </Box>
  );
}
