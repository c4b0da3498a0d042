/** A file name or glob that a manifest may list. */
const strings = { type: 'array', items: { type: 'string' } };
const texts = { type: 'object', additionalProperties: { type: 'string' } };

/** What npm, Yarn and Node.js read in a `package.json`; other fields are free. */
export const packageSchema = {
  type: 'object',
  required: ['name', 'version'],
  properties: {
    name: {
      type: 'string',
      maxLength: 214,
      pattern: '^(?:@[a-z0-9-~][a-z0-9-._~]*/)?[a-z0-9-~][a-z0-9-._~]*$',
    },
    version: {
      type: 'string',
      pattern:
        '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z-.]+)?(\\+[0-9A-Za-z-.]+)?$',
    },
    description: { type: 'string' },
    license: { type: 'string' },
    private: { type: 'boolean' },
    type: { enum: ['module', 'commonjs'] },
    main: { type: 'string' },
    types: { type: 'string' },
    bin: { anyOf: [{ type: 'string' }, texts] },
    files: strings,
    keywords: strings,
    engines: texts,
    scripts: texts,
    dependencies: texts,
    devDependencies: texts,
    peerDependencies: texts,
    optionalDependencies: texts,
    repository: {
      anyOf: [
        { type: 'string' },
        {
          type: 'object',
          required: ['type', 'url'],
          properties: { type: { type: 'string' }, url: { type: 'string' } },
        },
      ],
    },
  },
};

const version = {
  type: 'string',
  pattern:
    '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z-.]+)?(\\+[0-9A-Za-z-.]+)?$',
};

/** Helm's `Chart.yaml`, API version v2. Helm itself passes unknown fields. */
export const chartSchema = {
  type: 'object',
  required: ['apiVersion', 'name', 'version'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: 'v2' },
    name: {
      type: 'string',
      maxLength: 53,
      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    },
    version,
    kubeVersion: { type: 'string' },
    description: { type: 'string' },
    type: { enum: ['application', 'library'] },
    keywords: strings,
    home: { type: 'string', format: 'uri' },
    sources: { type: 'array', items: { type: 'string', format: 'uri' } },
    dependencies: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'version'],
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          version: { type: 'string' },
          repository: { type: 'string' },
          condition: { type: 'string' },
          tags: strings,
          alias: { type: 'string' },
          'import-values': { type: 'array' },
        },
      },
    },
    maintainers: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          email: { type: 'string', format: 'email' },
          url: { type: 'string', format: 'uri' },
        },
      },
    },
    icon: { type: 'string', format: 'uri' },
    // A number would be read as one: 1.10 becomes 1.1.
    appVersion: { type: 'string' },
    deprecated: { type: 'boolean' },
    annotations: texts,
  },
};
