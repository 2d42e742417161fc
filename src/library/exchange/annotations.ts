// Highlights as W3C Web Annotations (JSON-LD): writing a collection of them, and reading anyone's.
// Source: W3C Web Annotation Data Model, https://www.w3.org/TR/annotation-model/
import * as z from 'zod/mini';
import { absUrl, alphaXivUrl, htmlUrl, huggingFaceUrl, pdfUrl } from '../../paper';
import { failure } from '../failure';
import { present } from '../merge';
import type { Highlight } from '../tables';
import { type Foreign, isColour } from './foreign';
import { brokenFile } from './json-records';

const context = 'http://www.w3.org/ns/anno.jsonld';

/** How a reader may draw each colour: the `styleClass` of a target names one of these. */
const stylesheet =
  '.yellow { background: #fff0a3 } .green { background: #c8f0c8 } .blue { background: #cde3ff } .pink { background: #ffd3e6 }';

/** The page in which the highlight was made; where our sites' addresses do not follow from the id, the abstract page. */
function pageUrl({ paper: id, version, site, kind }: Highlight): string {
  const ref = present<{ id: typeof id; version?: number }>({ id, version });
  if (site === 'huggingface') return huggingFaceUrl(id);
  if (site === 'alphaxiv') return alphaXivUrl(ref);
  if (site === 'arxiv' && kind === 'html') return htmlUrl(ref);
  if (site === 'arxiv' && kind === 'pdf') return pdfUrl(ref);
  return absUrl(ref);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** One highlight as an annotation. */
export function printAnnotation(row: Highlight): object {
  const { id, paper, version, quote, position, colour, comment, createdAt } = row;
  const modified = Math.max(row.colourChangedAt, row.commentChangedAt ?? 0);
  return present<Record<string, unknown>>({
    id: `urn:uuid:${id}`,
    type: 'Annotation',
    motivation: comment ? 'commenting' : 'highlighting',
    created: iso(createdAt),
    modified: modified > createdAt ? iso(modified) : undefined,
    stylesheet: { type: 'CssStylesheet', value: stylesheet },
    body: comment
      ? { type: 'TextualBody', value: comment, format: 'text/markdown', purpose: 'commenting' }
      : undefined,
    target: {
      type: 'SpecificResource',
      source: pageUrl(row),
      // Not every site has versions in its addresses, so the paper itself is named too.
      scope: absUrl(present<{ id: typeof paper; version?: number }>({ id: paper, version })),
      styleClass: colour,
      selector: [
        { type: 'TextQuoteSelector', ...quote },
        ...(position ? [{ type: 'TextPositionSelector', ...position }] : []),
      ],
    },
  });
}

/** What stands before, between and behind the annotations of a collection of `total` ones. */
export function collection(total: number, now: number, uuid: () => string) {
  const id = `urn:uuid:${uuid()}`;
  const made = {
    '@context': context,
    id,
    type: 'AnnotationCollection',
    label: 'Highlights of Paper Margin',
    generated: iso(now),
    total,
    first: {
      id: `urn:uuid:${uuid()}`,
      type: 'AnnotationPage',
      partOf: id,
      startIndex: 0,
      items: [],
    },
  };
  const [head = '', tail = ''] = JSON.stringify(made, null, 1).split(/(?<="items": \[)/);
  return { head: `${head}\n`, between: ',\n', tail: `\n${tail}\n` };
}

/** One thing where the model allows one or several. */
const several = <T extends z.core.SomeType>(type: T) =>
  z.catch(z.optional(z.union([z.array(type), type])), undefined);
const all = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const text = z.catch(z.optional(z.string()), undefined);
const unknowns = several(z.unknown());

const annotationShape = z.object({
  id: text,
  created: text,
  modified: text,
  motivation: unknowns,
  bodyValue: text,
  body: unknowns,
  target: unknowns,
});
const bodyShape = z.object({ type: unknowns, value: z.string(), purpose: unknowns });
const targetShape = z.object({
  source: z.union([z.string(), z.object({ id: z.string() })]),
  scope: unknowns,
  styleClass: unknowns,
  selector: unknowns,
});

/** What of a W3C annotation matters here, or why it cannot be read. */
export function readAnnotation(raw: unknown): Foreign | { why: string } {
  const { data } = annotationShape.safeParse(raw);
  if (!data) return { why: 'it is not a record' };
  const targets = all(data.target);
  if (targets.length === 0) return { why: 'its field "target" is missing or wrong' };
  const read = targets.map((one) => targetShape.safeParse(one).data);
  const target =
    read.find((one) => all(one?.selector).some((selector) => typeof selector === 'object')) ??
    read.find(Boolean);
  const source = typeof target?.source === 'string' ? target.source : target?.source.id;
  const named = targets.flatMap((one) => {
    if (typeof one === 'string') return [one];
    const id = (one as { id?: unknown } | null)?.id;
    return typeof id === 'string' ? [id] : [];
  });
  const bodies = all(data.body).flatMap((one) => bodyShape.safeParse(one).data ?? []);
  const tagging = (body: (typeof bodies)[number]) => all(body.purpose).includes('tagging');
  const tags = bodies.filter(tagging).map(({ value }) => value);
  const comments = bodies.filter((body) => !tagging(body)).map(({ value }) => value);
  return {
    id: data.id,
    uris: [...(source ? [source] : []), ...named],
    scopes: all(target?.scope).filter((one) => typeof one === 'string'),
    selectors: all(target?.selector),
    comment: [...comments, ...(data.bodyValue ? [data.bodyValue] : [])].join('\n\n'),
    colour: all(target?.styleClass).find(isColour),
    tags,
    created: data.created,
    modified: data.modified,
  };
}

const pageShape = z.object({ items: z.array(z.unknown()) });

/** Is it what this file reads: an annotation, several, a page or a collection of them? */
export function isAnnotations(raw: unknown): boolean {
  const [first] = Array.isArray(raw) ? raw : [raw];
  if (typeof first !== 'object' || first === null) return false;
  const { '@context': named, type } = first as { '@context'?: unknown; type?: unknown };
  return (
    all(named).some((one) => typeof one === 'string' && /w3\.org\/ns\/anno\b/.test(one)) ||
    all(type).some(
      (one) => one === 'Annotation' || one === 'AnnotationPage' || one === 'AnnotationCollection',
    )
  );
}

/**
 * The annotations in a file for which `isAnnotations` holds, not read yet.
 * @throws Failure `invalid`, when it only names where they are
 */
export function annotationsIn(raw: unknown): unknown[] {
  if (Array.isArray(raw)) return raw;
  const { first, items, target } = raw as { first?: unknown; items?: unknown; target?: unknown };
  const page = pageShape.safeParse(items === undefined ? first : raw).data;
  if (page) return page.items;
  if (target !== undefined) return [raw];
  if ((raw as { total?: unknown }).total === 0) return [];
  throw failure(
    'invalid',
    'This file names a collection of annotations but does not hold them. Export it with its annotations inside.',
  );
}

/**
 * The annotations of a file that is cut off or broken somewhere, not read yet, or null where it has none. In place of a
 * broken one stands a `Broken`.
 */
export function brokenAnnotations(text: string): unknown[] | null {
  const { fields, elements } = brokenFile(text, ['items']);
  if (![fields, ...elements].some(isAnnotations)) return null;
  // A collection has its list one level further down, in its first page.
  const page = fields.items ? null : /^\uFEFF?\s*\{[\s\S]*?"first"\s*:\s*(?=\{)/.exec(text);
  const found = page ? brokenFile(text.slice(page[0].length), ['items']).elements : elements;
  return found.length > 0 ? found : null;
}
