import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { specOf, statusErrors } from '../lib/procedure';

export const sopStatusCard = EntityCardBlueprint.make({
  name: 'status',
  params: {
    type: 'content',
    // Without errors there is no card, so none leaves a gap in the grid.
    filter: entity =>
      entity.kind.toLocaleLowerCase('en-US') === 'sop' &&
      statusErrors(entity).length > 0,
    loader: () =>
      import('../components/SopStatusCard').then(m => <m.SopStatusCard />),
  },
});

export const gateCard = EntityCardBlueprint.make({
  name: 'gate',
  params: {
    type: 'content',
    filter: { kind: 'component' },
    loader: () => import('../components/GateCard').then(m => <m.GateCard />),
  },
});

export const policyCard = EntityCardBlueprint.make({
  name: 'policy',
  params: {
    type: 'content',
    filter: { kind: 'soppolicy' },
    loader: () =>
      import('../components/PolicyCard').then(m => <m.PolicyCard />),
  },
});

export const sopDocumentCard = EntityCardBlueprint.make({
  name: 'document',
  params: {
    type: 'content',
    filter: { kind: 'sop' },
    loader: () =>
      import('../components/SopDocumentCard').then(m => <m.SopDocumentCard />),
  },
});

export const sopControlCard = EntityCardBlueprint.make({
  name: 'control',
  params: {
    type: 'content',
    filter: { kind: 'sop' },
    loader: () =>
      import('../components/ControlCard').then(m => <m.ControlCard />),
  },
});

export const sopStepsCard = EntityCardBlueprint.make({
  name: 'steps',
  params: {
    type: 'content',
    filter: { kind: 'sop' },
    loader: () =>
      import('../components/EntitySteps').then(m => <m.EntityStepsCard />),
  },
});

export const sopScheduleCard = EntityCardBlueprint.make({
  name: 'schedule',
  params: {
    type: 'content',
    // Without a schedule there is no card, so none leaves a gap in the grid.
    filter: entity =>
      entity.kind.toLocaleLowerCase('en-US') === 'sop' &&
      Boolean(specOf(entity).schedule),
    loader: () =>
      import('../components/ScheduleCard').then(m => <m.ScheduleCard />),
  },
});

export const sopRunsCard = EntityCardBlueprint.make({
  name: 'runs',
  params: {
    type: 'content',
    filter: { kind: 'sop' },
    loader: () =>
      import('../components/EntityRuns').then(m => <m.EntityRunsCard />),
  },
});
