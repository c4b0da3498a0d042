/**
 * Reads Kubernetes documents as a JSON list from standard input and prints what
 * is wrong with each: `["/spec/replicas: must be integer", …]` per document.
 * Types, required fields and formats come from kubernetes-models; fields that
 * Kubernetes does not know from the models of its official client, which has
 * none for custom resources. Both are ES modules only.
 */
import { readFileSync } from 'node:fs';
import * as models from '@kubernetes/client-node/dist/gen/models/all.js';

const GROUPS = {
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};
const PREFIX = { autoscaling: 'V2', '': 'V1' };

async function shapeProblems(document) {
  const { apiVersion, kind } = document;
  const [group] = apiVersion.split('/');
  const library = GROUPS[group] ?? 'kubernetes-models';
  const { [kind]: Model } = await import(`${library}/${apiVersion}`);
  if (!Model) {
    return [`there is no ${kind} in ${apiVersion}`];
  }
  try {
    new Model(document).validate();
    return [];
  } catch (error) {
    return error.message.split('\n');
  }
}

function unknownFields(value, type, path) {
  const list = /^Array<(.*)>$/.exec(type)?.[1];
  if (list) {
    return Array.isArray(value)
      ? value.flatMap((item, at) => unknownFields(item, list, `${path}/${at}`))
      : [];
  }
  const map = models[type]?.getAttributeTypeMap?.();
  if (!map || typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const field = map.find(({ baseName }) => baseName === key);
    return field
      ? unknownFields(item, field.type, `${path}/${key}`)
      : [`${path}/${key}: is not known`];
  });
}

const documents = JSON.parse(readFileSync(0, 'utf8'));
const problems = [];
for (const document of documents) {
  const [group, version] = document.apiVersion.split('/');
  const known = `${version ? PREFIX[group] ?? 'V1' : 'V1'}${document.kind}`;
  if (!GROUPS[group] && !models[known]) {
    throw new Error(`no model ${known} of ${document.apiVersion}`);
  }
  problems.push([
    ...(await shapeProblems(document)),
    ...(GROUPS[group] ? [] : unknownFields(document, known, '')),
  ]);
}
process.stdout.write(JSON.stringify(problems));
