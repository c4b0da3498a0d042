import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { StreamLanguage } from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useMemo } from 'react';
import { sopTranslationRef } from '../../translation';

/** The draft as text, with line numbers and YAML colours. */
export function DraftEditor(props: {
  value: string;
  onChange(value: string): void;
}) {
  const { t } = useTranslationRef(sopTranslationRef);
  const { palette } = useTheme();
  const label = t('editor.draft');
  const extensions = useMemo(
    () => [
      StreamLanguage.define(yaml),
      // With a tab index it is plain that the keyboard reaches what scrolls.
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      EditorView.lineWrapping,
    ],
    [label],
  );
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}>
      <CodeMirror
        value={props.value}
        onChange={props.onChange}
        extensions={extensions}
        theme={palette.mode}
        minHeight="240px"
        maxHeight="70vh"
        // Tab leaves the editor, as it leaves every other field.
        indentWithTab={false}
      />
    </Box>
  );
}
