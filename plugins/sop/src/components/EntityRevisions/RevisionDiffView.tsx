import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RevisionDiff } from '@handrail/plugin-sop-common';
import {
  CodeBlock,
  DataTable,
  ErrorState,
  Loading,
  useRevisionDiff,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

type FieldChange = RevisionDiff['fields'][number];

/** Props of {@link RevisionDiffView}. */
export interface RevisionDiffViewProps {
  sopRef: string;
  /** Of the newer revision. */
  hash: string;
  /** Of the older one. */
  from: string;
}

/** What is different between two revisions: step by step, then as text. */
export function RevisionDiffView(props: RevisionDiffViewProps) {
  const { sopRef, hash, from } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const query = useRevisionDiff(sopRef, hash, from);
  if (query.isPending) {
    return <Loading shape="list" />;
  }
  if (query.error) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  const { fields, steps, text } = query.data;
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      {fields.length > 0 && (
        <section>
          <Typography variant="subtitle1" component="h3">
            {t('control.document')}
          </Typography>
          <Fields name={t('control.document')} fields={fields} />
        </section>
      )}
      {steps.map(step => (
        <section key={step.id}>
          <Typography variant="subtitle1" component="h3">
            {t(`control.change.${step.change}`, { name: step.name })}
            {step.within && ` (${step.within})`}
          </Typography>
          {step.fields.length > 0 && step.change !== 'removed' && (
            <Fields name={step.name} fields={step.fields} />
          )}
        </section>
      ))}
      <section>
        <Typography variant="subtitle1" component="h3">
          {t('control.asText')}
        </Typography>
        <CodeBlock text={text} label={t('control.asText')} />
      </section>
    </Box>
  );
}

function Fields(props: { name: string; fields: FieldChange[] }) {
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <DataTable
      caption={t('control.fieldsOf', { name: props.name })}
      rows={props.fields}
      rowKey={one => one.path}
      columns={[
        { id: 'field', title: t('control.field'), render: one => one.path },
        {
          id: 'before',
          title: t('control.before'),
          width: '35%',
          render: one => show(one.before) ?? t('common.none'),
        },
        {
          id: 'after',
          title: t('control.after'),
          width: '35%',
          render: one => show(one.after) ?? t('common.none'),
        },
      ]}
    />
  );
}

/** A value of a document, texts as they are. */
function show(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
