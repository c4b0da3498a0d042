import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CodeBlock } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { sampleDocument } from '../../lib/sampleDocument';
import { sloTranslationRef } from '../../translation';

/** Where the catalog takes addresses of YAML files. */
export const IMPORT_PATH = '/catalog-import';

/** A document to begin with, about an entity. */
export function ExampleDocument(props: { entityRef: string; name: string }) {
  const { t } = useTranslationRef(sloTranslationRef);
  return (
    <Box sx={{ textAlign: 'left' }}>
      <CodeBlock text={sampleDocument(props)} label={t('list.exampleLabel')} />
    </Box>
  );
}
