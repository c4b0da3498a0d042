import { ResponseError } from '@backstage/errors';

/** A group as the back end lists it. */
export interface Team {
  entityRef: string;
  title: string;
}

/** A person who can be chosen. */
export interface Person {
  entityRef: string;
  name: string;
  title?: string;
  initials: string;
  picture?: string;
  /** The first one is the person's home. */
  groups: Team[];
}

/** People under the heading of their first group. */
export interface TeamOfPeople {
  title: string;
  people: Person[];
}

/**
 * Asks the back end who can be chosen.
 *
 * Uses the browser's fetch: Backstage's waits for a signed-in identity.
 *
 * @returns undefined when the demo provider is not configured
 * @throws ResponseError when the back end answers with another error
 */
export async function fetchPeople(
  authBaseUrl: string,
  signal: AbortSignal,
): Promise<Person[] | undefined> {
  const response = await fetch(`${authBaseUrl}/demo/people`, { signal });
  if (response.status === 404) {
    return undefined;
  }
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  const { items } = await response.json();
  return items;
}

/** Whether every word of the query occurs in name, title or groups. */
export function matches(person: Person, query: string): boolean {
  const text = [person.name, person.title, ...person.groups.map(g => g.title)]
    .join(' ')
    .toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}

/** Teams by title, people in the order given. */
export function groupByTeam(people: Person[]): TeamOfPeople[] {
  const teams = new Map<string, Person[]>();
  for (const person of people) {
    const title = person.groups[0]?.title ?? 'Without a team';
    teams.set(title, [...(teams.get(title) ?? []), person]);
  }
  return [...teams]
    .map(([title, members]) => ({ title, people: members }))
    .sort((a, b) => a.title.localeCompare(b.title));
}
