import { useEntity } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { specOf, titleOf } from '../../lib/procedure';
import { treeFromSpec } from '../../lib/steps';
import { StepDiagram } from '../StepDiagram';

/** The steps of a procedure, as a diagram and as a list. */
export function EntitySteps() {
  const { entity } = useEntity();
  const tree = useMemo(() => treeFromSpec(specOf(entity).steps), [entity]);
  return <StepDiagram tree={tree} name={titleOf(entity)} />;
}
