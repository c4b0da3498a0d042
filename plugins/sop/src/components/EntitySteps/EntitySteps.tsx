import { useEntity } from '@backstage/plugin-catalog-react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TitledCard } from '@handrail/plugin-sop-react';
import { useMemo } from 'react';
import { specOf, titleOf } from '../../lib/procedure';
import { treeFromSpec } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';
import { StepDiagram } from '../StepDiagram';

/** The steps of a procedure, as a diagram and as a list. */
export function EntitySteps() {
  const { entity } = useEntity();
  const tree = useMemo(() => treeFromSpec(specOf(entity).steps), [entity]);
  return <StepDiagram tree={tree} name={titleOf(entity)} />;
}

/** The same as a card on the overview. */
export function EntityStepsCard() {
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <TitledCard title={t('entity.steps')}>
      <EntitySteps />
    </TitledCard>
  );
}
