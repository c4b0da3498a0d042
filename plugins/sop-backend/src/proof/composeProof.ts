import {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LogWitness } from '@handrail/plugin-sop-node';
import type { Knex } from 'knex';
import { ProofConfig } from './config';
import { AuditedProofService, AuthorizedProofService } from './decorators';
import { DefaultProofService } from './DefaultProofService';
import { Exporter } from './Exporter';
import { LogKeeper } from './LogKeeper';
import { printedNames } from './printedNames';
import { ProofService } from './ProofService';
import { configuredWitnesses } from './witnesses';

/** The log, and what people can do with it: audited, then authorised. */
export function composeProof(options: {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  permissions: PermissionsService;
  knex: Knex;
  config: ProofConfig;
  /** Added by modules. */
  witnesses: LogWitness[];
  now: () => string;
}): { proof: ProofService; keeper: LogKeeper } {
  const { config } = options;
  const configured = configuredWitnesses(config.witnesses);
  const witnesses = () => [...configured, ...options.witnesses];
  const keeper = new LogKeeper({ ...options, witnesses });
  const exporter = new Exporter({
    ...options,
    keeper,
    nameOf: printedNames(options),
  });
  const proof = new AuditedProofService(
    new AuthorizedProofService(
      new DefaultProofService({
        ...options,
        keeper,
        exporter,
        origin: config.origin,
        verifiers: config.signers,
        witnesses,
      }),
      options.permissions,
    ),
    options.auditor,
  );
  return { proof, keeper };
}
