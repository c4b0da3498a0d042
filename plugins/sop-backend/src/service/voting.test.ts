import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { hasInteractiveClaim, INTERACTIVE_CLAIM } from './router/caller';
import { decisionRefusal, viaOf } from './voting';

const user = mockCredentials.user('user:default/dev');
const agent = {
  ...user,
  principal: {
    ...user.principal,
    actor: { type: 'service' as const, subject: 'plugin:mcp-actions' },
  },
};

function bearer(payload: unknown): string {
  const encode = (value: unknown) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  return `Bearer ${encode({ alg: 'ES256' })}.${encode(payload)}.c2lnbmF0dXJl`;
}

describe('hasInteractiveClaim', () => {
  it.each([
    ['claim', { sub: 'user:default/dev', [INTERACTIVE_CLAIM]: true }, true],
    ['no claim', { sub: 'user:default/dev' }, false],
    ['a text', { sub: 'user:default/dev', [INTERACTIVE_CLAIM]: 'true' }, false],
    [
      'somebody else',
      { sub: 'user:default/x', [INTERACTIVE_CLAIM]: true },
      false,
    ],
    ['no object', 7, false],
  ])('token with %s: %s', (_, payload, expected) => {
    expect(hasInteractiveClaim(user, bearer(payload))).toBe(expected);
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', 'Basic abc'],
    ['no JWT', 'Bearer abc'],
    ['rubbish', 'Bearer a.!!!.c'],
  ])('%s is no proof', (_, header) => {
    expect(hasInteractiveClaim(user, header)).toBe(false);
  });

  it('is not for services', () => {
    const payload = { sub: 'plugin:x', [INTERACTIVE_CLAIM]: true };
    expect(
      hasInteractiveClaim(mockCredentials.service(), bearer(payload)),
    ).toBe(false);
  });
});

describe('decisionRefusal', () => {
  const auth = mockServices.auth();
  it.each([
    ['a person', user, false, false, undefined],
    ['a person in a browser', user, true, true, undefined],
    ['a person by another token', user, false, true, 'issued at the sign-in'],
    ['an agent', agent, true, false, 'plugin:mcp-actions acts for user:def'],
    ['a service', mockCredentials.service(), false, false, 'service token'],
  ])('%s', (_, credentials, interactive, requireInteractive, expected) => {
    const refusal = decisionRefusal(
      'vote',
      { credentials, interactive },
      { auth, requireInteractive },
    );
    expect(refusal ?? '').toContain(expected ?? '');
    expect(refusal === undefined).toBe(expected === undefined);
  });
});

describe('viaOf', () => {
  const auth = mockServices.auth();
  it.each([
    ['a person in a browser', user, true, true, undefined],
    ['an agent', agent, undefined, false, 'plugin:mcp-actions'],
    ['a token of no sign-in page', user, false, true, 'oauth-client'],
    ['a token nobody can tell', user, false, false, undefined],
    ['a service', mockCredentials.service(), false, true, undefined],
  ])('%s', (_, credentials, interactive, requireInteractive, expected) => {
    expect(
      viaOf({ credentials, interactive }, { auth, requireInteractive }),
    ).toBe(expected);
  });
});
