import { GitHostClient } from './api';

function client(answer: Response) {
  const fetch = jest.fn(async (..._args: Parameters<typeof global.fetch>) =>
    answer.clone(),
  );
  const api = new GitHostClient({
    discoveryApi: { getBaseUrl: async id => `http://back.example/api/${id}` },
    fetchApi: { fetch },
  });
  return { api, fetch };
}

describe('GitHostClient', () => {
  it('asks for odd names and paths without changing their meaning', async () => {
    const { api, fetch } = client(Response.json([]));
    await api.getContents({
      owner: 'a/b',
      repo: 'c?d',
      ref: 'feature/x&y',
      path: 'src/a b#.txt',
    });
    expect(fetch).toHaveBeenCalledWith(
      'http://back.example/api/git-host/api/v1/repos/a%2Fb/c%3Fd/contents/src/a%20b%23.txt?ref=feature%2Fx%26y',
    );
  });

  it('tells how many there are in all', async () => {
    const { api } = client(
      Response.json({ data: [] }, { headers: { 'X-Total-Count': '42' } }),
    );
    expect(await api.listRepositories({ page: 1 })).toEqual({
      items: [],
      total: 42,
    });
  });

  it.each([
    [403, { message: 'You may not', url: 'x' }, 'You may not'],
    [500, { error: { message: 'From the portal' } }, 'From the portal'],
  ])('turns an answer with %i into an error', async (status, body, message) => {
    const { api } = client(Response.json(body, { status }));
    await expect(
      api.getRepository({ owner: 'a', repo: 'b' }),
    ).rejects.toMatchObject({ statusCode: status, message });
  });
});
