import { Validator } from '../types';
import { catalogValidator } from './catalog';
import { filesValidator } from './files';
import { helmValidator } from './helm';
import { jsonValidator } from './json';
import { leftoversValidator } from './leftovers';
import { openSloValidator } from './openslo';
import { prometheusValidator } from './prometheus';
import { schemaValidator } from './schema';
import { secretsValidator } from './secrets';
import { sopValidator } from './sop';
import { workflowValidator } from './workflow';
import { yamlValidator } from './yaml';

/** Every check; the runner puts them into the order of `CHECK_IDS`. */
export const VALIDATORS: readonly Validator[] = [
  filesValidator,
  yamlValidator,
  jsonValidator,
  schemaValidator,
  catalogValidator,
  workflowValidator,
  helmValidator,
  prometheusValidator,
  sopValidator,
  openSloValidator,
  secretsValidator,
  leftoversValidator,
];
