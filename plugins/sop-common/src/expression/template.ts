import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { evaluateExpression, ExpressionContext } from './evaluate';

type Part = { text: string } | { expression: string };

/**
 * Splits a text at its `${{ }}`. A `}}` inside a CEL string literal does not
 * end the expression.
 */
function split(text: string): Part[] {
  const parts: Part[] = [];
  let rest = 0;
  for (;;) {
    const open = text.indexOf('${{', rest);
    if (open < 0) {
      break;
    }
    const close = findClose(text, open + 3);
    if (close < 0) {
      throw new InputError(
        `"\${{" at position ${open} is never closed; expected "}}" in "${text}"`,
      );
    }
    if (open > rest) {
      parts.push({ text: text.slice(rest, open) });
    }
    parts.push({ expression: text.slice(open + 3, close).trim() });
    rest = close + 2;
  }
  if (rest < text.length) {
    parts.push({ text: text.slice(rest) });
  }
  return parts;
}

function findClose(text: string, from: number): number {
  let quote: string | undefined;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (quote) {
      if (char === '\\') {
        i++;
      } else if (char === quote) {
        quote = undefined;
      }
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (char === '}' && text[i + 1] === '}') {
      return i;
    }
  }
  return -1;
}

/**
 * The CEL sources inside the `${{ }}` of a text, in order.
 * @throws InputError when one is never closed.
 * @public
 */
export function templateExpressions(text: string): string[] {
  return split(text).flatMap(part =>
    'expression' in part ? [part.expression] : [],
  );
}

/**
 * Fills in every `${{ }}` of a JSON value. A string that is one single
 * expression takes the expression's value with its type; anything else is
 * joined to a string.
 *
 * @throws InputError when an expression cannot be read or evaluated.
 * @public
 */
export function interpolate<T extends JsonValue>(
  value: T,
  context: ExpressionContext,
): JsonValue {
  if (typeof value === 'string') {
    const parts = split(value);
    if (parts.length === 1 && 'expression' in parts[0]) {
      return evaluateExpression(parts[0].expression, context);
    }
    return parts.map(part => renderPart(part, context)).join('');
  }
  if (Array.isArray(value)) {
    return value.map(item => interpolate(item, context));
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) =>
        item === undefined ? [] : [[key, interpolate(item, context)]],
      ),
    );
  }
  return value;
}

function renderPart(part: Part, context: ExpressionContext): string {
  if ('text' in part) {
    return part.text;
  }
  return asText(evaluateExpression(part.expression, context));
}

function asText(value: JsonValue): string {
  if (value === null) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Fills in a text for people. Where a value is not known yet, `…` stands in its
 * place, so that steps can be shown before they are reached. Never throws.
 * @public
 */
export function renderText(text: string, context: ExpressionContext): string {
  let parts: Part[];
  try {
    parts = split(text);
  } catch {
    return text;
  }
  return parts
    .map(part => {
      try {
        return renderPart(part, context);
      } catch {
        return '…';
      }
    })
    .join('');
}
