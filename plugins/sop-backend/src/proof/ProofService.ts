import { LogStatus, LogVerification } from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';

/** A bundle on its way out. */
export interface Bundle {
  /** For the download. */
  filename: string;
  chunks: AsyncIterable<Uint8Array>;
}

/** What can be done with the log of all runs. */
export interface ProofService {
  getStatus(options: CallOptions): Promise<LogStatus>;
  /** Compares everything with everything; takes a while on a long log. */
  verifyLog(options: CallOptions): Promise<LogVerification>;
  exportRun(request: { runId: string }, options: CallOptions): Promise<Bundle>;
  exportPeriod(
    request: { from: string; to: string },
    options: CallOptions,
  ): Promise<Bundle>;
}
