/** Where things lie. Everything fetched or written at run time is in `.portal/`. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(
  /\/$/,
  '',
);
export const portalDir = join(root, '.portal');
export const reportsDir = join(portalDir, 'reports');
