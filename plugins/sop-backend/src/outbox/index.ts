export { CloudEventConsumer } from './CloudEventConsumer';
export { ConsumerPositions } from './ConsumerPositions';
export { NotificationConsumer } from './NotificationConsumer';
export type { OutboxConsumer } from './OutboxConsumer';
export { OutboxRelay } from './OutboxRelay';
