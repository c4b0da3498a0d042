import { ANNOTATION_COMPONENT } from '@handrail/plugin-slo-common';

/**
 * An OpenSLO document to begin with: fed by the portal's own source, so that it
 * works with nothing else installed.
 *
 * @param measured - The entity that it is about.
 */
export function sampleDocument(measured: {
  entityRef: string;
  name: string;
}): string {
  const { entityRef, name } = measured;
  return `apiVersion: openslo/v1
kind: SLO
metadata:
  name: ${name}-availability
  displayName: ${name} availability
  annotations:
    ${ANNOTATION_COMPONENT}: ${entityRef}
spec:
  description: Requests that are answered without an error
  service: ${name}
  indicator:
    metadata:
      name: ${name}-requests
    spec:
      ratioMetric:
        counter: false
        bad:
          metricSource:
            type: embedded
            spec:
              stream: ${name}
        total:
          metricSource:
            type: embedded
            spec:
              stream: ${name}
  timeWindow:
    - duration: 28d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: requests
      target: 0.995
`;
}
