/** A stretch of Markdown, or one fenced block of code. */
export type MarkdownPart =
  | { type: 'text'; content: string }
  | { type: 'code'; content: string; language?: string };

const FENCE = /^(`{3,}|~{3,})\s*([\w+-]*)\s*$/;

/**
 * Takes fenced code out of Markdown so that each block can carry a copy button.
 * Indented fences (inside lists) stay with their text, or the list would break.
 */
export function splitMarkdown(markdown: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  let text: string[] = [];
  let code: string[] | undefined;
  let fence = '';
  let language: string | undefined;
  const flush = () => {
    if (text.join('').trim()) {
      parts.push({ type: 'text', content: text.join('\n') });
    }
    text = [];
  };
  for (const line of markdown.split(/\r?\n/)) {
    const match = FENCE.exec(line);
    if (code) {
      if (match && match[1].startsWith(fence) && !match[2]) {
        parts.push({ type: 'code', content: code.join('\n'), language });
        code = undefined;
      } else {
        code.push(line);
      }
    } else if (match) {
      flush();
      code = [];
      fence = match[1];
      language = match[2] || undefined;
    } else {
      text.push(line);
    }
  }
  if (code) {
    // An unclosed fence runs to the end of the document, as in CommonMark.
    parts.push({ type: 'code', content: code.join('\n'), language });
  }
  flush();
  return parts;
}
