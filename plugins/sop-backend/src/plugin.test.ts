import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { sopPolicySchema, sopSchema } from '@handrail/plugin-sop-common';
import request from 'supertest';
import sopPlugin from '.';

it('serves its API description', async () => {
  const { server } = await startTestBackend({ features: [sopPlugin] });
  const response = await request(server).get('/api/sop/openapi.json');
  expect(response.status).toBe(200);
  expect(response.body.info.title).toBe('sop');
});

it('publishes the schemas of its kinds to whoever asks', async () => {
  const { server } = await startTestBackend({ features: [sopPlugin] });
  const anonymous = mockCredentials.none.header();
  const read = (path: string) =>
    request(server).get(`/api/sop${path}`).set('authorization', anonymous);
  for (const [file, schema] of Object.entries({
    'SOP.v1alpha1.schema.json': sopSchema,
    'SOPPolicy.v1alpha1.schema.json': sopPolicySchema,
  })) {
    const response = await read(`/schemas/${file}`);
    expect(response.status).toBe(200);
    expect(response.body).toEqual(schema);
  }
  const unknown = await read('/schemas/constructor');
  expect(unknown.status).toBe(404);
  expect(unknown.body.error.message).toContain(
    'allowed: SOP.v1alpha1.schema.json',
  );
  // Nothing else is public.
  expect((await read('/runs')).status).toBe(401);
});
