import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { DeliveryView } from '@handrail/plugin-incidents-common';

/** One alert, as all sources tell it. @public */
export interface NormalisedAlert {
  /** What makes it the same alert next time, within its source. */
  fingerprint: string;
  status: 'firing' | 'resolved';
  /** For people; `alertname` of Prometheus. */
  name: string;
  summary?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** ISO instant, UTC, milliseconds. */
  startsAt: string;
  /** When it ended; only when resolved. */
  endsAt?: string;
  generatorUrl?: string;
}

/** What arrived in one piece. @public */
export interface AlertDelivery {
  /** Name of the source as configured; letters, digits and dashes. */
  source: string;
  /** Size of the body as received. */
  bytes: number;
  /** SHA-256 of the body as received, in hex. */
  sha256: string;
  alerts: NormalisedAlert[];
}

/** What arrived and could not be understood. @public */
export interface RejectedDelivery {
  source: string;
  bytes: number;
  sha256: string;
  /** One sentence: what is wrong and where. */
  reason: string;
}

/** Where sources deliver to. @public */
export interface AlertSink {
  /**
   * Stores what arrived and tells what was done. Once it returns nothing is
   * lost; when it throws the sender should try again.
   */
  ingest(delivery: AlertDelivery): Promise<DeliveryView>;
  /** Writes down that a delivery was refused. */
  reject(delivery: RejectedDelivery): Promise<DeliveryView>;
}

/** A kind of sender, for example Alertmanager. @public */
export interface AlertSource {
  /** Kind of sender; unique. */
  id: string;
  /** Called once, before the first request is served. */
  connect(sink: AlertSink): void;
}

/** @public */
export interface AlertSourceExtensionPoint {
  /** @throws Error when a source of this id was added before. */
  addAlertSource(source: AlertSource): void;
}

/**
 * Lets modules of the incidents plugin deliver alerts.
 * @public
 */
export const alertSourceExtensionPoint =
  createExtensionPoint<AlertSourceExtensionPoint>({
    id: 'incidents.alert-sources',
  });
