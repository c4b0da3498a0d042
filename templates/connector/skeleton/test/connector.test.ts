import { PlatformConnector } from '../src/connector.ts';
import { PlatformNormalizer } from '../src/normalizer.ts';
import { describeContract } from '../testkit/contract.ts';

describeContract('PlatformConnector', options => ({
  connector: new PlatformConnector(options),
  normalizer: new PlatformNormalizer(),
}));
