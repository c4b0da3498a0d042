/** What Jira takes inside which node of an Atlassian document. */
const CHILDREN: Record<string, string[]> = {
  doc: ['paragraph'],
  paragraph: ['text', 'hardBreak'],
};

/** Why a value is no Atlassian document that Jira takes. */
export function adfProblem(value: any): string | undefined {
  return value?.type === 'doc' && value.version === 1
    ? nodeProblem(value)
    : 'no document of version 1';
}

function nodeProblem(node: any): string | undefined {
  if (node.type === 'hardBreak') {
    return undefined;
  }
  if (node.type === 'text') {
    const hasMarks = (node.marks ?? []).every(
      (mark: any) => mark.type === 'link' && URL.canParse(mark.attrs?.href),
    );
    return typeof node.text === 'string' && node.text !== '' && hasMarks
      ? undefined
      : 'an empty text, or an unknown mark';
  }
  const allowed = CHILDREN[node.type];
  if (!allowed || !Array.isArray(node.content)) {
    return `unknown node ${node.type}`;
  }
  for (const child of node.content) {
    const problem = allowed.includes(child?.type)
      ? nodeProblem(child)
      : `${child?.type} inside ${node.type}`;
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

/** The words of a document. */
export function plainText(node: any): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'hardBreak':
      return '\n';
    case 'doc':
      return node.content.map(plainText).join('\n\n');
    default:
      return node.content.map(plainText).join('');
  }
}
