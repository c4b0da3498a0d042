import { placeOf } from '../places';
import { perFile, Problem, Validator } from '../types';

/** YAML that parses, and says each thing once. */
export const yamlValidator: Validator = {
  id: 'yaml',
  select: workspace => workspace.withExtension('.yaml', '.yml'),
  check: perFile(({ path }, { workspace }) =>
    workspace.yaml(path).flatMap((yaml): Problem[] => {
      if (yaml.document.errors.length === 0) {
        return yaml.value === undefined && yaml.document.contents !== null
          ? [
              {
                path,
                line: 1,
                column: 1,
                message: 'anchors unfold into too much',
                allowed: 'at most 100 uses of an anchor',
              },
            ]
          : [];
      }
      return yaml.document.errors.map(error => ({
        path,
        ...placeOf(yaml, error.pos[0]),
        message: firstLine(error.message),
        allowed: error.code === 'DUPLICATE_KEY' ? 'each key once' : 'YAML 1.2',
      }));
    }),
  ),
};

/** Without the position and the quoted line that the parser adds. */
function firstLine(message: string): string {
  return message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
}
