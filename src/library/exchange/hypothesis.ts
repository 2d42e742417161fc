// Annotations of Hypothesis: the file that its client exports, and the rows of its API.
// Source: https://h.readthedocs.io/en/latest/api-reference/ and hypothesis/client, `src/types/api.ts`
import * as z from 'zod/mini';
import { failure } from '../failure';
import type { Foreign } from './foreign';
import { brokenFile } from './json-records';

const text = z.catch(z.optional(z.string()), undefined);
const texts = z.catch(z.array(z.string()), []);
const things = z.catch(z.array(z.unknown()), []);

const shape = z.object({
  id: text,
  created: text,
  updated: text,
  uri: text,
  text,
  tags: texts,
  references: texts,
  target: things,
  document: z.catch(
    z.optional(z.object({ link: z.catch(z.array(z.object({ href: z.string() })), []) })),
    undefined,
  ),
});
const targetShape = z.object({ source: text, selector: things });

/** What of an annotation of Hypothesis matters here, or why it cannot be read. */
export function readHypothesis(raw: unknown): Foreign | { why: string } {
  const { data } = shape.safeParse(raw);
  if (!data) return { why: 'it is not a record' };
  const target = targetShape.safeParse(data.target[0]).data;
  const links = data.document?.link.map(({ href }) => href) ?? [];
  const uris = [data.uri, target?.source, ...links].filter((uri) => uri !== undefined);
  if (uris.length === 0) return { why: 'its field "uri" is missing or wrong' };
  return {
    // The address of the annotation, by which its JSON-LD names it too.
    id: data.id && `https://hypothes.is/a/${data.id}`,
    uris,
    scopes: [],
    // A reply repeats the place of what it answers.
    selectors: data.references.length > 0 ? [] : (target?.selector ?? []),
    comment: data.text ?? '',
    tags: data.tags,
    created: data.created,
    modified: data.updated,
  };
}

const looksRight = z.object({ target: z.array(z.unknown()), uri: z.string() });

/** The annotations in a file, not read yet, or null where it is none of Hypothesis. */
export function hypothesisRows(raw: unknown): unknown[] | null {
  if (typeof raw !== 'object' || raw === null) return null;
  if (Array.isArray(raw)) {
    return raw.some((one) => looksRight.safeParse(one).success) ? raw : null;
  }
  const file = raw as { annotations?: unknown; rows?: unknown; replies?: unknown };
  const rows = file.annotations ?? file.rows;
  if (rows === undefined) return null;
  if (!Array.isArray(rows)) {
    throw failure(
      'invalid',
      'This looks like an export of Hypothesis, but its list of annotations is missing. Export it again.',
    );
  }
  return [...rows, ...(Array.isArray(file.replies) ? file.replies : [])];
}

/**
 * The annotations of a file that is cut off or broken somewhere, not read yet, or null where it has none. In place of a
 * broken one stands a `Broken`.
 */
export function brokenHypothesis(text: string): unknown[] | null {
  const { fields, elements } = brokenFile(text, ['annotations', 'rows', 'replies']);
  const named = fields.annotations ?? fields.rows;
  return elements.length > 0 && (named || hypothesisRows(elements)) ? elements : null;
}
