import { TracingService } from '@backstage/backend-plugin-api/alpha';
import { isError } from '@backstage/errors';
import { SopRunService } from '../service/SopRunService';
import { RunMetrics } from './RunMetrics';

/**
 * The service with a span around each attempt to change a run, and each counted
 * by its outcome. Reading has the spans of its HTTP request.
 */
export function observeService(
  service: SopRunService,
  options: { tracing: TracingService; metrics: RunMetrics },
): SopRunService {
  const { tracing, metrics } = options;
  const observe = <T>(
    type: string,
    attributes: Record<string, string | undefined>,
    attempt: () => Promise<T>,
  ): Promise<T> =>
    tracing.startActiveSpan(
      'sop.command',
      { attributes: { 'sop.command': type, ...attributes } },
      async () => {
        try {
          const result = await attempt();
          metrics.countCommand(type, 'success');
          return result;
        } catch (error) {
          metrics.countCommand(type, isError(error) ? error.name : 'Error');
          throw error;
        }
      },
    );
  const observed: Pick<SopRunService, 'startRun' | 'executeCommand'> = {
    startRun: (request, caller) =>
      observe('start', { 'sop.ref': request.sopRef }, () =>
        service.startRun(request, caller),
      ),
    executeCommand: (request, caller) =>
      observe(request.command.type, { 'sop.run': request.runId }, () =>
        service.executeCommand(request, caller),
      ),
  };
  return new Proxy(service, {
    get(target, key) {
      if (key in observed) {
        return observed[key as keyof typeof observed];
      }
      const value = Reflect.get(target, key, target);
      // Private members are looked up in the service itself.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
