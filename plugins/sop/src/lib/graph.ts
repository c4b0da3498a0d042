import type { StepNode } from './steps';

/** A box of the diagram. */
export interface GraphNode {
  id: string;
  /** A step, or the place where the branches of one meet again. */
  kind: 'step' | 'join';
  step?: StepNode;
}

/** An arrow of the diagram. */
export interface GraphEdge {
  from: string;
  to: string;
  label?: string;
}

/** A diagram, ready for layout. */
export interface StepGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

interface LooseEnd {
  from: string;
  label?: string;
}

/** Id of the node where the branches of a parallel step meet. */
export function joinId(stepId: string): string {
  return `${stepId}:join`;
}

/** Steps whose branches meet again. */
const JOINING = ['parallel', 'forEach'];

/** More items than this are no picture any more; the list has them. */
const MAX_DRAWN_ITEMS = 12;

function drawnBranches(step: StepNode): StepNode['branches'] {
  return step.type === 'forEach' && step.branches.length > MAX_DRAWN_ITEMS
    ? []
    : step.branches;
}

/**
 * The steps as boxes and arrows: a parallel step forks and its branches meet in
 * a join; the cases of a switch lead straight to what follows.
 */
export function graphOf(tree: readonly StepNode[]): StepGraph {
  const nodes: GraphNode[] = [];
  const edges = new Map<string, GraphEdge>();

  const connect = (end: LooseEnd, to: string) => {
    const key = `${end.from}\n${to}`;
    const label = [edges.get(key)?.label, end.label].filter(Boolean).join(', ');
    edges.set(key, { from: end.from, to, label: label || undefined });
  };

  const addList = (
    steps: readonly StepNode[],
    incoming: LooseEnd[],
  ): LooseEnd[] => {
    let ends = incoming;
    for (const step of steps) {
      nodes.push({ id: step.id, kind: 'step', step });
      ends.forEach(end => connect(end, step.id));
      ends = [{ from: step.id }];
      const branches = drawnBranches(step);
      if (branches.length > 0) {
        ends = branches.flatMap(branch =>
          addList(branch.steps, [
            { from: step.id, label: branch.label || undefined },
          ]),
        );
      }
      if (branches.length > 0 && JOINING.includes(step.type)) {
        const join = joinId(step.id);
        nodes.push({ id: join, kind: 'join' });
        ends.forEach(end => connect(end, join));
        ends = [{ from: join }];
      }
    }
    return ends;
  };

  addList(tree, []);
  return { nodes, edges: [...edges.values()] };
}

/** Cuts a text into at most two lines for a box. */
export function wrapLabel(text: string, width = 26): string[] {
  const words = text.split(/\s+/);
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  lines.push(line);
  const cut = (value: string) =>
    value.length > width ? `${value.slice(0, width - 1)}…` : value;
  if (lines.length <= 2) {
    return lines.map(cut);
  }
  return [cut(lines[0]), `${lines[1].slice(0, width - 1)}…`];
}
