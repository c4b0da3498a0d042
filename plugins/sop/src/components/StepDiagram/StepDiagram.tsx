import {
  DependencyGraph,
  DependencyGraphTypes,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useUrlState } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { ComponentProps, useCallback, useMemo } from 'react';
import { graphOf } from '../../lib/graph';
import { StepNode } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';
import { DiagramLabel, DiagramNode, DiagramNodeData } from './DiagramNode';
import { StepTable } from './StepTable';

type LabelProps = ComponentProps<typeof DiagramLabel>;

// The graph calls this as a function; the component keeps its own hooks.
const renderLabel = (props: LabelProps) => <DiagramLabel {...props} />;

/** Props of {@link StepDiagram}. */
export interface StepDiagramProps {
  tree: readonly StepNode[];
  /** Name of the procedure or run. */
  name: string;
  selected?: string;
  onSelect?(stepId: string): void;
}

/** The steps as a picture, with the same as a table behind it. */
export function StepDiagram(props: StepDiagramProps) {
  const { tree, name, selected, onSelect } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const { params, set } = useUrlState();
  const asList = params.get('view') === 'list';
  const { nodes, edges } = useMemo(() => graphOf(tree), [tree]);
  // Stable, or the graph would lay itself out again and again.
  const data = useMemo<DiagramNodeData[]>(
    () => nodes.map(node => ({ ...node, selected: node.id === selected })),
    [nodes, selected],
  );
  const renderNode = useCallback(
    ({
      node,
    }: {
      node: DependencyGraphTypes.DependencyNode<DiagramNodeData>;
    }) => <DiagramNode node={node} onSelect={onSelect} />,
    [onSelect],
  );

  if (tree.length === 0) {
    return <Typography>{t('diagram.empty')}</Typography>;
  }
  return (
    <>
      <Button
        size="small"
        onClick={() => set({ view: asList ? undefined : 'list' })}
        sx={{ mb: 1 }}
      >
        {asList ? t('diagram.asDiagram') : t('diagram.asList')}
      </Button>
      {asList ? (
        <StepTable tree={tree} name={name} />
      ) : (
        <Box sx={{ overflowX: 'auto' }}>
          <DependencyGraph
            role="img"
            aria-label={t('diagram.aria', { name })}
            nodes={data}
            edges={edges}
            direction={DependencyGraphTypes.Direction.TOP_BOTTOM}
            renderNode={renderNode}
            renderLabel={renderLabel}
            nodeMargin={28}
            rankMargin={36}
            paddingX={8}
            paddingY={8}
            curve="curveMonotoneX"
            zoom="disabled"
            showArrowHeads
            allowFullscreen={false}
          />
        </Box>
      )}
    </>
  );
}
