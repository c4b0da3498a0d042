import { ChainVerifier, ChainVerifierOptions } from './ChainVerifier';
import { ChainedEvent, JournalEvent, VerifyResult } from './types';

/**
 * Verifies a whole journal held in memory, in the order it is kept in. For
 * long journals use {@link ChainVerifier}.
 *
 * Tampering is a result, never an exception, whatever the events look like.
 *
 * @throws InputError when `genesis` or `head` is not well-formed
 * @public
 */
export function verifyChain(
  options: ChainVerifierOptions & {
    events: readonly ChainedEvent<JournalEvent<object>>[];
  },
): VerifyResult {
  const verifier = ChainVerifier.create(options);
  verifier.add(options.events);
  return verifier.finish();
}
