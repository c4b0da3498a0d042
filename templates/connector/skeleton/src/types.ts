/** What a connector signs in with: the client credentials of OAuth 2. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
}

export const PROPERTY_TYPES = [
  'string',
  'number',
  'boolean',
  'date',
  'reference',
] as const;

export interface PropertySchema {
  name: string;
  type: (typeof PROPERTY_TYPES)[number];
  required: boolean;
}

/** What the platform says its entities look like. */
export interface PlatformSchema {
  version: string;
  types: Array<{ type: string; properties: PropertySchema[] }>;
}

export interface RawProperty {
  name: string;
  value: unknown;
}

export interface RawRelation {
  kind: string;
  from: string;
  to: string;
}

/** An entity as the platform gives it. */
export interface RawEntity {
  id: string;
  type: string;
  updatedAt: string;
  properties: RawProperty[];
  relations: RawRelation[];
}

/** What the platform said with its last answer; undefined before the first one. */
export interface RateLimits {
  /** Requests per window. */
  limit?: number;
  /** Requests left in this window. */
  remaining?: number;
}

export interface Capabilities {
  /** Most entities that one request brings. */
  pageSize: number;
  /** Whether `extractBatch` without ids brings everything there is. */
  fullExport: boolean;
  relations: boolean;
}

/** What every connector does. All methods but the getters throw ConnectorError. */
export interface IConnector {
  /** Signs in. Later calls sign in again by themselves when the token expires. */
  authenticate(credentials: Credentials): Promise<void>;
  discoverSchema(): Promise<PlatformSchema>;
  extractEntity(id: string): Promise<RawEntity>;
  /**
   * Brings entities page by page, never more than one page ahead of who reads.
   * @param ids - which; everything when left out
   */
  extractBatch(
    ids?: Iterable<string> | AsyncIterable<string>,
  ): AsyncGenerator<RawEntity, void, void>;
  getRateLimits(): RateLimits;
  getCapabilities(): Capabilities;
}

export interface NormalizedProperty {
  /** In camel case. */
  name: string;
  /** Text, number, truth value, or null; dates as ISO 8601 in UTC. */
  value: string | number | boolean | null;
}

export interface NormalizedRelation {
  kind: 'part-of' | 'assigned-to' | 'related-to';
  from: string;
  to: string;
}

export interface NormalizedEntity {
  /** `platform:type:id`, the same in every export. */
  key: string;
  kind: 'work-item' | 'project' | 'person' | 'other';
  source: { platform: string; type: string; id: string };
  updatedAt: string;
  properties: NormalizedProperty[];
  relations: NormalizedRelation[];
}

/** Turns what one platform says into what all platforms mean. */
export interface INormalizer {
  normalizeEntity(raw: RawEntity): NormalizedEntity;
  normalizeProperty(raw: RawProperty): NormalizedProperty;
  normalizeRelation(raw: RawRelation): NormalizedRelation;
}

export type ErrorCode =
  | 'unauthenticated'
  | 'not-found'
  | 'rate-limited'
  | 'refused'
  | 'unavailable'
  | 'invalid-answer';

/** Why something could not be brought; `code` is for programs. */
export class ConnectorError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConnectorError';
    this.code = code;
  }
}
