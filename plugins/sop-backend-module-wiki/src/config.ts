import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readAuthorization,
  readBaseUrl,
  readInstances,
  RestClient,
} from '@handrail/plugin-sop-node';
import { ConfluenceAdapter } from './confluence/ConfluenceAdapter';
import { WikiAdapter } from './WikiAdapter';

/** Where the configuration lists wikis. */
export const WIKIS_KEY = 'sop.wikis';

const SPACE = /^~?[A-Za-z0-9_.-]{1,255}$/;

/**
 * Reads `sop.wikis`.
 * @throws InputError when a value is not allowed, naming its path, what was
 * found and what is allowed; never a credential.
 */
export function readWikis(config: Config): Map<string, WikiAdapter> {
  return readInstances(config, WIKIS_KEY, (one, path, name) => {
    const type = one.getString('type');
    if (type !== 'confluence') {
      throw new InputError(`${path}.type is "${type}"; expected confluence`);
    }
    const baseUrl = readBaseUrl(`${path}.baseUrl`, one.getString('baseUrl'));
    const authorization = readAuthorization(one, path);
    return new ConfluenceAdapter({
      baseUrl,
      spaces: readSpaces(one, path),
      client: new RestClient({
        who: `Confluence “${name}”`,
        baseUrl,
        headers: async () => ({ Authorization: authorization }),
      }),
    });
  });
}

function readSpaces(one: Config, path: string): string[] {
  const spaces = one.getStringArray('spaces');
  spaces.forEach((space, index) => {
    if (!SPACE.test(space)) {
      throw new InputError(
        `${path}.spaces[${index}] is "${space}"; expected the key of a space, such as KB`,
      );
    }
  });
  if (spaces.length === 0) {
    throw new InputError(
      `${path}.spaces is empty; expected those that steps may publish to, such as KB`,
    );
  }
  return spaces;
}
