import type { DependencyGraphTypes } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useStatusWord } from '@handrail/plugin-sop-react';
import { useTheme } from '@mui/material/styles';
import { GraphEdge, GraphNode, wrapLabel } from '../../lib/graph';
import { sopTranslationRef } from '../../translation';

/** A box of the diagram and whether it is the selected one. */
export interface DiagramNodeData extends GraphNode {
  selected: boolean;
}

const WIDTH = 232;
const LINE = 18;
const SIGNS: Record<string, string> = {
  completed: '✓',
  failed: '✕',
  blocked: '⧖',
  ready: '●',
  reserved: '●',
  running: '▶',
  'in-doubt': '?',
  skipped: '↷',
  cancelled: '⊘',
  pending: '○',
};

function useTones(): Record<string, string> {
  const { palette } = useTheme();
  return {
    completed: palette.success.main,
    failed: palette.error.main,
    ready: palette.primary.main,
    reserved: palette.primary.main,
    running: palette.primary.main,
    'in-doubt': palette.warning.main,
  };
}

/** One step, or the place where branches meet. */
export function DiagramNode(props: {
  node: DependencyGraphTypes.DependencyNode<DiagramNodeData>;
  onSelect?(stepId: string): void;
}) {
  const { node, onSelect } = props;
  const { palette, typography } = useTheme();
  const { t } = useTranslationRef(sopTranslationRef);
  const word = useStatusWord();
  const tones = useTones();
  const { step } = node;
  if (!step) {
    return (
      <g>
        <title>{t('diagram.join')}</title>
        <rect
          width={WIDTH / 2}
          height={6}
          rx={3}
          fill={palette.text.secondary}
        />
      </g>
    );
  }
  const lines = wrapLabel(step.name);
  const details = [
    step.status
      ? `${SIGNS[step.status] ?? ''} ${word(step.status)}`
      : t(`stepType.${step.type}`),
    step.undo && t('diagram.undoShort'),
  ].filter(Boolean);
  const height = 20 + (lines.length + 1) * LINE;
  const tone = step.status ? tones[step.status] : undefined;
  const active =
    step.status &&
    ['blocked', 'ready', 'reserved', 'running', 'in-doubt'].includes(
      step.status,
    );
  return (
    <g
      onClick={onSelect && (() => onSelect(step.id))}
      style={onSelect ? { cursor: 'pointer' } : undefined}
    >
      <title>{step.name}</title>
      <rect
        width={WIDTH}
        height={height}
        rx={step.type === 'switch' ? height / 2 : 8}
        fill={palette.background.paper}
        stroke={tone ?? palette.text.secondary}
        strokeWidth={node.selected || active ? 3 : 1}
        strokeDasharray={step.condition ? '5 4' : undefined}
      />
      {lines.map((line, index) => (
        <text
          key={index}
          x={WIDTH / 2}
          y={24 + index * LINE}
          textAnchor="middle"
          fill={palette.text.primary}
          fontFamily={typography.fontFamily}
          fontSize={14}
          fontWeight={active ? 700 : 500}
        >
          {line}
        </text>
      ))}
      <text
        x={WIDTH / 2}
        y={24 + lines.length * LINE}
        textAnchor="middle"
        fill={palette.text.secondary}
        fontFamily={typography.fontFamily}
        fontSize={12}
      >
        {details.join(' · ')}
      </text>
    </g>
  );
}

/** Name of a branch or case on its arrow. */
export function DiagramLabel(props: {
  edge: DependencyGraphTypes.DependencyEdge<GraphEdge>;
}) {
  const { palette, typography } = useTheme();
  const [line] = wrapLabel(props.edge.label ?? '', 30);
  return (
    <text
      textAnchor="middle"
      fill={palette.text.secondary}
      fontFamily={typography.fontFamily}
      fontSize={12}
      stroke={palette.background.default}
      strokeWidth={4}
      paintOrder="stroke"
    >
      {line}
    </text>
  );
}
