import { ConfigReader } from '@backstage/config';
import { readOnboardingConfig } from './config';

const read = (onboarding?: object) =>
  readOnboardingConfig(
    new ConfigReader(
      onboarding ? { onboarding: JSON.parse(JSON.stringify(onboarding)) } : {},
    ),
  );

describe('readOnboardingConfig', () => {
  it('has defaults', () => {
    expect(read()).toEqual({
      sopRef: 'sop:default/onboarding',
      catchUpEvery: 300_000,
    });
  });

  it('reads what is set', () => {
    expect(
      read({
        checklist: { sop: 'people/first-week' },
        catchUp: { every: 'PT30S' },
      }),
    ).toEqual({
      sopRef: 'sop:people/first-week',
      catchUpEvery: 30_000,
    });
  });

  it.each([
    [
      { checklist: { sop: 'component:default/x' } },
      'onboarding.checklist.sop is "component:default/x"; expected',
    ],
    [{ checklist: { sop: 'a:b:c' } }, 'onboarding.checklist.sop is "a:b:c"'],
    [
      { catchUp: { every: 'often' } },
      'onboarding.catchUp.every is "often"; expected an ISO 8601 duration from PT1S to P1D',
    ],
    [{ catchUp: { every: 'PT0S' } }, 'onboarding.catchUp.every is "PT0S"'],
    [{ catchUp: { every: 'P2D' } }, 'onboarding.catchUp.every is "P2D"'],
  ])('refuses %j', (section, message) => {
    expect(() => read(section)).toThrow(message);
  });
});
