import type { components, operations } from './generated/openapi';

type Schemas = components['schemas'];
type Query<T extends keyof operations> = NonNullable<
  operations[T]['parameters']['query']
>;

/** Severities, roles and duties in force. @public */
export type PolicyView = Schemas['Policy'];
/** One row of the severity table. @public */
export type SeverityView = Schemas['Severity'];
/** @public */
export type IncidentStatus = Schemas['IncidentStatus'];
/** @public */
export type IncidentSummary = Schemas['IncidentSummary'];
/** @public */
export type IncidentPage = Schemas['IncidentPage'];
/** @public */
export type IncidentView = Schemas['IncidentView'];
/** @public */
export type RoleView = Schemas['Role'];
/** @public */
export type ObligationView = Schemas['Obligation'];
/** @public */
export type ObligationState = Schemas['ObligationState'];
/** @public */
export type ObligationKind = Schemas['ObligationKind'];
/** What is due next. @public */
export type NextDuty = Schemas['NextDuty'];
/** @public */
export type IncidentUpdateView = Schemas['Update'];
/** Who an update is written for. @public */
export type UpdateAudience = Schemas['Audience'];
/** @public */
export type ActionItemView = Schemas['ActionItem'];
/** @public */
export type ReviewView = Schemas['Review'];
/** @public */
export type RunbookRunView = Schemas['RunbookRun'];
/** @public */
export type IncidentTimelineEntry = Schemas['TimelineEntry'];
/** @public */
export type IncidentTimelinePage = Schemas['TimelinePage'];
/** @public */
export type IncidentVerification = Schemas['Verification'];
/** @public */
export type IncidentPermit = Schemas['Permit'];
/** @public */
export type IncidentMetrics = Schemas['Metrics'];
/** @public */
export type MetricDistribution = Schemas['Distribution'];
/** @public */
export type AlertEpisodeView = Schemas['AlertEpisode'];
/** @public */
export type AlertPage = Schemas['AlertPage'];
/** What arrived from an alert source and what was done. @public */
export type DeliveryView = Schemas['Delivery'];
/** @public */
export type DeliveryCounts = Schemas['DeliveryCounts'];
/** @public */
export type DeliveryPage = Schemas['DeliveryPage'];
/** @public */
export type DeclareRequest = Schemas['DeclareRequest'];
/** @public */
export type IncidentCommandRequest = Schemas['CommandRequest'];
/** @public */
export type IncidentCommandBody = Schemas['Command'];
/** @public */
export type IncidentCommandType = Schemas['CommandType'];

/** @public */
export type ListIncidentsRequest = Query<'ListIncidents'>;
/** @public */
export type GetMetricsRequest = Query<'GetMetrics'>;
/** @public */
export type ListAlertsRequest = Query<'ListAlerts'>;
/** @public */
export type ListDeliveriesRequest = Query<'ListDeliveries'>;
/** @public */
export type GetTimelineRequest = Query<'GetTimeline'>;
