import { NotFoundError } from '@backstage/errors';
import { sopPolicySchema, sopSchema } from '@handrail/plugin-sop-common';
import { SpecRouter } from './createRouter';

/** Each as one document, by the name under which editors ask for it. */
const SCHEMAS: Record<string, object> = {
  'SOP.v1alpha1.schema.json': sopSchema,
  'SOPPolicy.v1alpha1.schema.json': sopPolicySchema,
};

/** The path below the API that editors may read without signing in. */
export const SCHEMAS_PATH = '/schemas';

/** JSON schemas of the kinds, for editors that complete and check while typing. */
export function addSchemaRoutes(router: SpecRouter): void {
  router.get('/schemas/:file', async (req, res) => {
    const { file } = req.params;
    if (!Object.hasOwn(SCHEMAS, file)) {
      throw new NotFoundError(
        `There is no schema ${file}; allowed: ${Object.keys(SCHEMAS).join(
          ', ',
        )}`,
      );
    }
    res.setHeader('Cache-Control', 'public, max-age=3600');
    res.json(SCHEMAS[file] as { [key: string]: unknown });
  });
}
