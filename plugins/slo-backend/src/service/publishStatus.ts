import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { StatusListener } from '../evaluation';

/** Topic of changes of status. */
export const SLO_TOPIC = 'slo.status';

/** Announces changes of status; never rejects. */
export function publishStatus(options: {
  events: EventsService;
  logger: LoggerService;
}): StatusListener {
  const { events, logger } = options;
  return async changes => {
    const time = new Date().toISOString();
    const results = await Promise.allSettled(
      changes.map(({ ref, from, to, definition }) =>
        events.publish({
          topic: SLO_TOPIC,
          eventPayload: {
            specversion: '1.0',
            id: `${ref}/${time}`,
            source: '/api/slo',
            type: 'dev.handrail.slo.status-changed',
            subject: ref,
            time,
            data: {
              sloRef: ref,
              title: definition.title,
              entityRef: definition.entityRef,
              owner: definition.owner,
              from,
              to,
            },
          },
        }),
      ),
    );
    results.forEach(result => {
      if (result.status === 'rejected') {
        logger.warn(
          `A change of status could not be announced: ${stringifyError(
            result.reason,
          )}`,
        );
      }
    });
  };
}
