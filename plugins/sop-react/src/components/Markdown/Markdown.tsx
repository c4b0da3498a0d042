import { MarkdownContent } from '@backstage/core-components';
import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { splitMarkdown } from '../../lib/markdown';
import { CodeBlock } from '../CodeBlock';

/** Markdown whose code blocks can be copied. @public */
export function Markdown(props: { content: string }) {
  const parts = useMemo(() => splitMarkdown(props.content), [props.content]);
  return (
    <Box sx={{ overflowWrap: 'anywhere', '& p:first-of-type': { mt: 0 } }}>
      {parts.map((part, index) =>
        part.type === 'code' ? (
          <CodeBlock key={index} text={part.content} />
        ) : (
          <MarkdownContent key={index} content={part.content} />
        ),
      )}
    </Box>
  );
}
