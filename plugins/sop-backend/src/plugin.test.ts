import { startTestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import sopPlugin from '.';

it('serves its API description', async () => {
  const { server } = await startTestBackend({ features: [sopPlugin] });
  const response = await request(server).get('/api/sop/openapi.json');
  expect(response.status).toBe(200);
  expect(response.body.info.title).toBe('sop');
});
