import { sopSchema } from '.';

type Node = Record<string, unknown>;

/** Every property definition with its path, definitions included. */
function propertiesOf(node: unknown, path = ''): Array<[string, Node]> {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  return Object.entries(node).flatMap(([key, child]) => {
    const here: Array<[string, Node]> =
      key === 'properties'
        ? Object.entries(child as Record<string, Node>).map(
            ([name, schema]) => [`${path}.${name}`, schema],
          )
        : [];
    return [...here, ...propertiesOf(child, `${path}.${key}`)];
  });
}

const { definitions } = sopSchema as {
  definitions: Record<string, Node>;
};

it.each(propertiesOf(sopSchema))('%s has a description', (_path, schema) => {
  const target =
    typeof schema.$ref === 'string'
      ? definitions[schema.$ref.replace('#/definitions/', '')]
      : schema;
  expect(target.description).toMatch(/^[A-Z`].*[.)]$/);
});

it.each(Object.entries(definitions).filter(([, node]) => 'properties' in node))(
  '%s allows no other properties',
  (_name, node) => {
    expect(node.additionalProperties).toBe(false);
  },
);
