/** From an SLO to the entity it measures. @public */
export const RELATION_MEASURES = 'measures';
/** From an entity to the SLOs that measure it. @public */
export const RELATION_MEASURED_BY = 'measuredBy';

/** Annotation that names the entity an SLO measures. @public */
export const ANNOTATION_COMPONENT = 'handrail.dev/component';
/** Annotation that names the owner of an OpenSLO document. @public */
export const ANNOTATION_OWNER = 'handrail.dev/owner';
/** Annotation that keeps the labels as they are on disk, as JSON. @public */
export const ANNOTATION_LABELS = 'handrail.dev/openslo-labels';

/** Type of the source that this portal keeps itself. @public */
export const EMBEDDED_SOURCE = 'embedded';
/** Type of Prometheus sources. @public */
export const PROMETHEUS_SOURCE = 'prometheus';
