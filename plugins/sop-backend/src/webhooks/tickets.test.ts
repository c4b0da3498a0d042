import { ticketsOf } from './tickets';

const repository = { full_name: 'hollowbrook/identity-wallet' };
const branch = (ref: string) => ({ ref, ref_type: 'branch', repository });

it.each<[string, string[]]>([
  ['SSIM-142-short-slug', ['SSIM-142']],
  ['feature/SSIM-142', ['SSIM-142']],
  ['fix_SSIM-142_SUP-3', ['SSIM-142', 'SUP-3']],
  // Not the ticket that it begins with, nor the end of another word.
  ['SSIM-1420', ['SSIM-1420']],
  ['XSSIM-1x', []],
  ['aSSIM-1', []],
  ['ssim-142', []],
  ['SSIM-0', []],
  ['142-short-slug', ['hollowbrook/identity-wallet#142']],
  ['users/me/142-short-slug', ['hollowbrook/identity-wallet#142']],
  ['release-142', []],
])('a branch %s names %j', (ref, tickets) => {
  expect(ticketsOf('create', branch(ref))).toEqual(tickets);
});

it('a tag names none', () => {
  expect(ticketsOf('create', { ...branch('SSIM-1'), ref_type: 'tag' })).toEqual(
    [],
  );
});

it('finds tickets in a pull request', () => {
  const pull = {
    head: { ref: 'SSIM-1-a' },
    title: 'SSIM-2: b, closes #7',
    body: 'As in SSIM-3. Fixes: #8, see #9',
  };
  expect(ticketsOf('pull_request', { pull_request: pull, repository })).toEqual(
    [
      'SSIM-1',
      'SSIM-2',
      'hollowbrook/identity-wallet#7',
      'hollowbrook/identity-wallet#8',
    ],
  );
});

it('finds tickets in commits', () => {
  const commits = [{ message: 'feat: a (SSIM-4)' }, { message: 'resolves #5' }];
  const push = { ref: 'refs/heads/SSIM-3-x', commits, repository };
  expect(ticketsOf('push', push)).toEqual([
    'SSIM-3',
    'SSIM-4',
    'hollowbrook/identity-wallet#5',
  ]);
});

it.each([
  ['push', { commits: 7, ref: null }],
  ['pull_request', { pull_request: { head: 'x', title: 5 } }],
  ['star', {}],
])('finds none in what has another form: %s %j', (event, payload) => {
  expect(ticketsOf(event, payload as any)).toEqual([]);
});

it('is done with a text that was made to take long', () => {
  const message = 'A_'.repeat(500_000);
  expect(ticketsOf('push', { commits: [{ message }] })).toEqual([]);
});
