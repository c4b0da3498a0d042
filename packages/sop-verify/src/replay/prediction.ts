import { Json } from './types';

/**
 * In a prediction: some text. Explanations that the engine words for people are
 * covered by the hashes and not judged here.
 */
export const TEXT: unique symbol = Symbol('text');

export type Predicted =
  | Json
  | typeof TEXT
  | undefined
  | readonly Predicted[]
  | { readonly [key: string]: Predicted };

/** Whether JSON is as predicted. */
export function fits(found: Json | undefined, predicted: Predicted): boolean {
  if (predicted === TEXT) {
    return typeof found === 'string' && found !== '';
  }
  if (found === predicted) {
    return true;
  }
  if (
    typeof found !== 'object' ||
    typeof predicted !== 'object' ||
    found === null ||
    predicted === null ||
    Array.isArray(found) !== Array.isArray(predicted)
  ) {
    return false;
  }
  const a = found as Record<string, Json>;
  const b = predicted as Record<string, Predicted>;
  const keys = Object.keys(b).filter(key => b[key] !== undefined);
  return (
    keys.length === Object.keys(a).length &&
    keys.every(key => key in a && fits(a[key], b[key]))
  );
}

/** What was found or predicted, for messages. */
export function show(value: unknown): string {
  const text = JSON.stringify(value, (_, one) =>
    typeof one === 'symbol' ? '(text)' : one,
  );
  return text.length > 300 ? `${text.slice(0, 297)}…` : text;
}
