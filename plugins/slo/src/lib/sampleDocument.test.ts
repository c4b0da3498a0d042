import { validateOpenSloYaml } from '@handrail/plugin-slo-common';
import { sampleDocument } from './sampleDocument';

it('is a document that can be registered as it is', () => {
  const text = sampleDocument({
    entityRef: 'component:default/payments-api',
    name: 'payments-api',
  });
  expect(text).toContain(
    'handrail.dev/component: component:default/payments-api',
  );
  expect(validateOpenSloYaml(text)).toEqual({ documents: 1, problems: [] });
});
