import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  HighlightStyle,
  StreamLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { tags } from '@lezer/highlight';
import Box from '@mui/material/Box';
import { Palette, useTheme } from '@mui/material/styles';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useMemo } from 'react';
import { sopTranslationRef } from '../../translation';

/** Colours of the portal: the editor's own are too faint in the dark. */
function look({ action, background, divider, mode, primary, text }: Palette) {
  return [
    EditorView.theme(
      {
        '&': { color: text.primary, backgroundColor: background.paper },
        '.cm-gutters': {
          color: text.secondary,
          backgroundColor: background.default,
          borderColor: divider,
        },
        '.cm-activeLine, .cm-activeLineGutter': {
          backgroundColor: action.hover,
        },
        '.cm-cursor': { borderLeftColor: text.primary },
      },
      { dark: mode === 'dark' },
    ),
    syntaxHighlighting(
      HighlightStyle.define([
        { tag: tags.atom, color: primary.main },
        { tag: [tags.meta, tags.comment], color: text.secondary },
      ]),
    ),
  ];
}

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
      look(palette),
    ],
    [label, palette],
  );
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}>
      <CodeMirror
        value={props.value}
        onChange={props.onChange}
        extensions={extensions}
        theme="none"
        minHeight="240px"
        maxHeight="70vh"
        // Tab leaves the editor, as it leaves every other field.
        indentWithTab={false}
      />
    </Box>
  );
}
