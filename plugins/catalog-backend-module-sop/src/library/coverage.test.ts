import activities from './__fixtures__/activities.json';
import { allSteps, LIBRARY, procedureNamed } from './__testUtils__/library';

const range = (prefix: string, from: number, to: number, digits = 3) =>
  Array.from(
    { length: to - from + 1 },
    (_, i) => `${prefix}-${String(from + i).padStart(digits, '0')}`,
  );

/** Every procedure that the five documents have, by its number. */
const REQUIRED = {
  'standard procedures of Operations': range('SOP', 1, 7),
  'data platform': [
    ...range('DEV', 1, 4),
    ...range('CONN', 1, 2),
    ...range('DEPLOY', 1, 3),
    ...range('DB', 1, 2),
    ...range('QUEUE', 1, 2),
    ...range('MON', 1, 2),
    'INC-001',
    'SUPPORT-001',
    ...range('SEC', 1, 2),
    ...range('BACKUP', 1, 2),
    'RELEASE-001',
  ],
  'operations processes': range('PROCESS', 1, 4, 1),
  'processes backlog': range('PROC', 1, 20, 2),
  'identity practice': range('SSIM', 1, 8),
};

it.each(Object.entries(REQUIRED))(
  'every procedure of the %s is there',
  (_, numbers) => {
    const known = new Set(LIBRARY.map(one => one.number));
    expect(numbers.filter(number => !known.has(number))).toEqual([]);
  },
);

it('counts them', () => {
  const counts = Object.values(REQUIRED).map(numbers => numbers.length);
  expect(counts).toEqual([7, 22, 4, 20, 8]);
});

it.each(activities.map(one => [one.title, one] as const))(
  'every key activity of “%s” is a step',
  (_, { sop, number, activities: list }) => {
    const { number: document, spec } = procedureNamed(sop);
    expect(document).toBe(`PROC-${String(number).padStart(2, '0')}`);
    const ids = new Set(allSteps(spec.steps).map(step => step.id));
    expect(list.filter(([id]) => !ids.has(id))).toEqual([]);
    expect(new Set(list.map(([id]) => id)).size).toBe(list.length);
  },
);

it('has all key activities of the backlog', () => {
  expect(activities.map(one => one.activities.length)).toEqual([
    6, 6, 9, 6, 8, 7, 8, 8, 7, 8, 8, 8, 8, 8, 7, 8, 8, 9, 9, 8,
  ]);
});
