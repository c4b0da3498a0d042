import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';

/** The `apiVersion` of a tour. @public */
export const TOUR_API_VERSION = 'handrail.dev/v1alpha1';

/** A guided tour over pages of the portal, as registered in the catalog. @public */
export interface TourEntity extends Entity {
  apiVersion: typeof TOUR_API_VERSION;
  kind: 'Tour';
  spec: TourSpec & JsonObject;
}

/** @public */
export interface TourSpec {
  /** Entity ref of the group or user who keeps the tour right. */
  owner: string;
  /** Raised with every change that people should see; from 1. */
  version: number;
  /** Who it is for; everybody when absent. */
  audience?: TourAudience;
  /** Offered by itself on the first visit. Default false. */
  offer?: boolean;
  /** Place among the tours; low numbers first. Default 100. */
  order?: number;
  /** How long it takes, in minutes. */
  minutes?: number;
  steps: TourStep[];
}

/** @public */
export interface TourAudience {
  /** Entity refs of groups; membership in one is enough. */
  groups: string[];
}

/** @public */
export interface TourStep {
  /** Unique in the tour. Kept over versions, so that progress finds its place. */
  id: string;
  /** Plain text. */
  title: string;
  /** Text in restricted Markdown: no HTML, no images. */
  body: string;
  /**
   * Stable id of the element it points to, rendered as
   * `[data-tour="<target>"]`. Without one the step is in the middle.
   */
  target?: string;
  /** Path of the page it is on, from `/`; the page shown when absent. */
  page?: string;
  /** What to do on the page, in a few words. */
  hint?: string;
  /** `click`: using the target goes on to the next step. Needs a target. */
  advanceOn?: 'click';
  /** What to do instead when the target is not there. */
  fallback?: string;
}
