import { expect, request } from '@playwright/test';
import { tokenOf } from './api';

/** The server answers before its catalog has read the files; journeys need both. */
export default async function waitForCatalog(): Promise<void> {
  const api = await request.newContext({
    baseURL: `http://localhost:${process.env.HANDRAIL_E2E_PORT}`,
  });
  await expect(async () => {
    const headers = {
      authorization: `Bearer ${await tokenOf(api, 'ana.duarte')}`,
    };
    for (const [filter, count] of [
      ['kind=sop', 4],
      ['kind=component', 6],
      ['kind=user', 20],
    ] as const) {
      const response = await api.get(
        `/api/catalog/entities?filter=${filter}&fields=metadata.name`,
        { headers },
      );
      expect((await response.json()).length).toBeGreaterThanOrEqual(count);
    }
    // The demo organisation signs what is shipped a little after the start.
    const procedures = await api.get('/api/sop/procedures', { headers });
    expect(
      (await procedures.json()).items
        .filter((one: { status: string }) => one.status === 'in-review')
        .map((one: { sentence: string }) => one.sentence),
    ).toEqual([]);
  }).toPass({ timeout: 240_000 });
  await api.dispose();
}
