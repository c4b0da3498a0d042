import { useEffect, useState } from 'react';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import { fetchPeople, Person } from './people';

/** What is known about who can be chosen. */
export type PeopleState =
  /** Not asked yet, or the back end is still starting or reading the catalog. */
  | { status: 'waiting'; reason?: string }
  | { status: 'off' }
  | { status: 'ready'; people: Person[] };

const RETRY_AFTER_MS = 2_000;

/**
 * Asks for the people until there are some: after a start the app is often there
 * before the back end, and the back end before its catalog.
 */
export function usePeople(): PeopleState {
  const discoveryApi = useApi(discoveryApiRef);
  const [state, setState] = useState<PeopleState>({ status: 'waiting' });

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    const ask = async (): Promise<PeopleState> => {
      try {
        const people = await fetchPeople(
          await discoveryApi.getBaseUrl('auth'),
          abort.signal,
        );
        if (!people) {
          return { status: 'off' };
        }
        return people.length > 0
          ? { status: 'ready', people }
          : {
              status: 'waiting',
              reason: 'The catalog is reading the people of the organisation.',
            };
      } catch {
        return {
          status: 'waiting',
          reason: 'The back end does not answer yet.',
        };
      }
    };
    const askUntilAnswered = async () => {
      const answer = await ask();
      if (abort.signal.aborted) {
        return;
      }
      setState(answer);
      if (answer.status === 'waiting') {
        timer = setTimeout(askUntilAnswered, RETRY_AFTER_MS);
      }
    };
    askUntilAnswered();

    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [discoveryApi]);

  return state;
}
