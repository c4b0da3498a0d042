import { waitFor } from '@testing-library/react';
import { TourSession } from './TourSession';

const open = () => new TourSession(sessionStorage);

afterEach(() => {
  document.body.innerHTML = '';
});

describe('TourSession', () => {
  it('remembers over a reload that a tour runs, and not the restart', () => {
    const session = open();
    const heard = jest.fn();
    session.subscribe(heard);
    session.start('tour:default/a', { restart: true });
    expect(heard).toHaveBeenCalledTimes(1);
    expect(session.current()).toEqual({
      tourRef: 'tour:default/a',
      restart: true,
    });
    expect(open().current()).toEqual({
      tourRef: 'tour:default/a',
      restart: false,
    });
    session.end();
    expect(heard).toHaveBeenCalledTimes(2);
    expect(open().current()).toBeUndefined();
  });

  it.each([
    ['the opener', () => undefined, 'start'],
    [
      'the same button when its page was left and entered again',
      () => {
        document.getElementById('start')?.remove();
        document.body.insertAdjacentHTML(
          'afterbegin',
          '<button id="start">New</button>',
        );
      },
      'start',
    ],
    [
      'the entry to all tours when the opener is gone',
      () => document.getElementById('start')?.remove(),
      'nav',
    ],
  ])('gives the focus back to %s', async (_name, meanwhile, expected) => {
    document.body.innerHTML =
      '<button id="start">Start</button><a id="nav" href="/onboarding" data-tour="nav.onboarding">Onboarding</a>';
    const session = open();
    document.getElementById('start')?.focus();
    session.start('tour:default/a');
    document.getElementById('start')?.blur();
    meanwhile();
    session.end();
    await waitFor(() => expect(document.activeElement?.id).toBe(expected));
  });
});
