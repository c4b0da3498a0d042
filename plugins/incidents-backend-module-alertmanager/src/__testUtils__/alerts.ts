/** Alerts as Alertmanager sends them, made up for these tests. */
export interface SentAlert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  generatorURL: string;
  fingerprint: string;
}

/** One alert about the checkout that fires. */
export function firing(more: Partial<SentAlert> = {}): SentAlert {
  return {
    status: 'firing',
    labels: {
      alertname: 'PaymentsFail',
      component: 'checkout',
      severity: 'critical',
    },
    annotations: { summary: 'Payments fail' },
    startsAt: '2026-11-20T10:00:00.000Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus.example.org/graph',
    fingerprint: 'f00d',
    ...more,
  };
}

/** The same, over. */
export function resolved(more: Partial<SentAlert> = {}): SentAlert {
  return firing({
    status: 'resolved',
    endsAt: '2026-11-20T10:30:00.000Z',
    ...more,
  });
}

/** A delivery. */
export function webhook(alerts: SentAlert[], more: object = {}): object {
  return {
    receiver: 'incidents',
    status: alerts.some(one => one.status === 'firing') ? 'firing' : 'resolved',
    alerts,
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example.org',
    version: '4',
    groupKey: '{}:{}',
    truncatedAlerts: 0,
    ...more,
  };
}
