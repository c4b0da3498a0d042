import { JsonObject } from '@backstage/types';

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]/g;

/**
 * Plain text as an Atlassian document: a blank line begins a paragraph, a line
 * break stays, addresses become links.
 */
export function toAdf(text: string): JsonObject {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map(one => one.trim())
    .filter(one => one !== '');
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.map(paragraph => ({
      type: 'paragraph',
      content: paragraph
        .split('\n')
        .flatMap((line, index) => [
          ...(index > 0 ? [{ type: 'hardBreak' }] : []),
          ...inline(line),
        ]),
    })),
  };
}

function inline(line: string): JsonObject[] {
  const nodes: JsonObject[] = [];
  let rest = 0;
  const addText = (text: string) =>
    text === '' ? 0 : nodes.push({ type: 'text', text });
  for (const match of line.matchAll(ADDRESS)) {
    const [href] = match;
    addText(line.slice(rest, match.index));
    nodes.push({
      type: 'text',
      text: href,
      marks: [{ type: 'link', attrs: { href } }],
    });
    rest = match.index! + href.length;
  }
  addText(line.slice(rest));
  return nodes;
}
