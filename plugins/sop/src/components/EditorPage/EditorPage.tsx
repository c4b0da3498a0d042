import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  AppLink,
  PageBody,
  useDraft,
  usePageTitle,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useDeferredValue, useMemo } from 'react';
import { FIRST_DRAFT, readDraft } from '../../lib/draft';
import { treeFromSpec } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';
import { StepDiagram } from '../StepDiagram';
import { DraftEditor } from './DraftEditor';
import { DryRun } from './DryRun';
import { ProblemList } from './ProblemList';

/** Writing a procedure: what is wrong with it, how it looks, how it runs. */
export function EditorPage() {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const [text, setText, forget] = useDraft('sop:editor', FIRST_DRAFT);
  // A keystroke does not wait for the check of a long procedure.
  const settled = useDeferredValue(text);
  const { problems, procedure } = useMemo(() => readDraft(settled), [settled]);
  const tree = useMemo(
    () => procedure && treeFromSpec(procedure.spec.steps),
    [procedure],
  );
  usePageTitle(t('editor.title'));
  const clear = () => {
    setText(FIRST_DRAFT);
    forget();
  };

  return (
    <BreadcrumbEntry entry={{ label: t('editor.title'), href: links.editor() }}>
      <PageBody>
        <AppLink to={links.catalogue()}>{t('start.back')}</AppLink>
        <Typography variant="h5" component="h1" sx={{ mt: 1 }}>
          {t('editor.title')}
        </Typography>
        <Typography color="text.secondary" sx={{ mb: 2 }}>
          {t('editor.intro')}
        </Typography>
        <Box
          sx={{
            display: 'grid',
            gap: 3,
            gridTemplateColumns: { xs: '100%', lg: '1fr 1fr' },
            alignItems: 'start',
          }}
        >
          <Box sx={{ minWidth: 0 }}>
            <DraftEditor value={text} onChange={setText} />
            <Button size="small" onClick={clear} sx={{ mt: 1 }}>
              {t('editor.clear')}
            </Button>
          </Box>
          <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
            <ProblemList problems={problems} />
            {procedure && tree && (
              <section aria-labelledby="sop-editor-steps">
                <Typography id="sop-editor-steps" variant="h6" component="h2">
                  {t('editor.diagram')}
                </Typography>
                <StepDiagram
                  tree={tree}
                  name={procedure.metadata.title ?? procedure.metadata.name}
                />
              </section>
            )}
            <DryRun procedure={procedure} />
          </Box>
        </Box>
      </PageBody>
    </BreadcrumbEntry>
  );
}
