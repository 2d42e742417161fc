// Annotations that others wrote, as highlights of papers: which are of a paper, which have a quote, which cannot be read.
import * as z from 'zod/mini';
import type { PaperId } from '../../paper';
import type { HighlightColour, RecognisedPage } from '../api';
import { quoteFault } from '../highlights';
import { bare, present } from '../merge';
import type { Highlight } from '../tables';
import { mayBeTooLarge } from './fields';
import { tooLong } from './highlight';
import type { FileContent } from './json';

/** What matters of an annotation, in whatever format it came. */
export interface Foreign {
  id: string | undefined;
  /** Addresses of what was annotated, the surest first. */
  uris: string[];
  /** Addresses of the same thing that may say its version. */
  scopes: string[];
  selectors: unknown[];
  comment: string;
  colour?: HighlightColour | undefined;
  tags: string[];
  /** ISO 8601. */
  created: string | undefined;
  modified: string | undefined;
}

/** Of what stands around a quote this much is kept, in UTF-16 units. */
const contextKept = 1_000;

const colours: HighlightColour[] = ['yellow', 'green', 'blue', 'pink'];

export function isColour(value: unknown): value is HighlightColour {
  return colours.includes(value as HighlightColour);
}

const around = z.catch(z.string(), '');
const quoteShape = z.object({
  type: z.literal('TextQuoteSelector'),
  exact: z.string(),
  prefix: around,
  suffix: around,
});
const offset = z.int().check(z.nonnegative());
const positionShape = z.object({
  type: z.literal('TextPositionSelector'),
  start: offset,
  end: offset,
});

/** All selectors, those too that refine another one. */
function flat(selectors: unknown[], depth = 0): unknown[] {
  return selectors.flatMap((one) => {
    const inner = (one as { refinedBy?: unknown } | null)?.refinedBy;
    return inner === undefined || depth > 3
      ? [one]
      : [one, ...flat(Array.isArray(inner) ? inner : [inner], depth + 1)];
  });
}

/** A time in ms, up to the year 9999, or undefined. */
function ms(iso: string | undefined): number | undefined {
  const time = Date.parse(iso ?? '');
  return time >= 0 && time < Date.UTC(10_000, 0) ? time : undefined;
}

/**
 * The same id for the same name, always: a UUID of version 5 over names that are URLs. An id that is a UUID stays.
 * Source: RFC 9562, 5.5 and 6.6.
 */
async function uuidOf(name: string): Promise<string> {
  const own = /^urn:uuid:([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(name)?.[1];
  if (own) return own.toLowerCase();
  const urls = '6ba7b8119dad11d180b400c04fd430c8'.match(/../g) ?? [];
  const bytes = [
    ...urls.map((pair) => Number.parseInt(pair, 16)),
    ...new TextEncoder().encode(name),
  ];
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', new Uint8Array(bytes)));
  const hex = [...hash.subarray(0, 16)].map((byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x50 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  });
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The page that an annotation is about, with the version that any of its addresses says. */
function pageOf(
  { uris, scopes }: Foreign,
  recognise: (url: string) => RecognisedPage | null,
): RecognisedPage | undefined {
  const [page] = uris.flatMap((uri) => recognise(uri) ?? []);
  const scope = scopes.flatMap((uri) => recognise(uri) ?? []).find(({ id }) => id === page?.id);
  return page && { ...page, ...(scope?.version && { version: scope.version }) };
}

async function asHighlight(
  one: Foreign,
  page: RecognisedPage,
  quote: Highlight['quote'],
  now: number,
): Promise<Highlight> {
  const position = flat(one.selectors).flatMap((raw) => positionShape.safeParse(raw).data ?? [])[0];
  const createdAt = ms(one.created) ?? ms(one.modified) ?? 0;
  const changedAt = Math.max(createdAt, ms(one.modified) ?? 0);
  // A tag that names a colour is the colour; the others have no place of their own, so they stand in the comment.
  const tags = one.tags.filter((tag) => !isColour(tag));
  const comment = [one.comment, tags.length > 0 ? `Tags: ${tags.join(', ')}` : '']
    .filter((part) => part.trim())
    .join('\n\n');
  const name =
    one.id ??
    `urn:paper-margin:${JSON.stringify([page.id, quote.prefix, quote.exact, createdAt, comment])}`;
  return present<Highlight>({
    id: await uuidOf(name),
    paper: page.id,
    version: page.version,
    site: page.site,
    kind: page.kind,
    quote,
    position: position && { start: position.start, end: position.end },
    colour: one.colour ?? one.tags.find(isColour) ?? 'yellow',
    createdAt,
    colourChangedAt: Math.min(changedAt, now),
    comment,
    commentChangedAt: comment ? Math.min(changedAt, now) : undefined,
    deleted: 0,
  });
}

/**
 * Annotations as highlights, by paper. Those of other pages and those without a quote are counted, those that cannot be
 * read are named with their place.
 * @param read makes one of them out of a record of the file
 * @param recognise what page a URL is
 * @param now ms; a paper that was never kept comes into the library now
 * @param breathe is awaited after each; a page lets everything else run in it
 */
export async function readForeign(
  raws: unknown[],
  read: (raw: unknown) => Foreign | { why: string },
  recognise: (url: string) => RecognisedPage | null,
  now: number,
  breathe: (done: number, of: number) => Promise<void> | void = () => {},
): Promise<FileContent> {
  const content = { elsewhere: 0, unquoted: 0 };
  const refused: FileContent['refused'] = [];
  const papers = new Map<PaperId, { at: number; highlights: Highlight[]; length: number }>();
  for (const [index, raw] of raws.entries()) {
    const at = index + 1;
    await breathe(at, raws.length);
    const one = read(raw);
    if ('why' in one) {
      refused.push({ at, why: one.why });
      continue;
    }
    const page = pageOf(one, recognise);
    if (!page) {
      content.elsewhere++;
      continue;
    }
    const found = flat(one.selectors).flatMap((raw) => quoteShape.safeParse(raw).data ?? [])[0];
    if (!found?.exact.trim()) {
      content.unquoted++;
      continue;
    }
    const { exact, prefix, suffix } = found;
    if (quoteFault(exact)) {
      refused.push({ at, why: tooLong(exact) });
      continue;
    }
    const quote = {
      exact,
      prefix: prefix.slice(-contextKept),
      suffix: suffix.slice(0, contextKept),
    };
    const paper = papers.get(page.id) ?? { at, highlights: [], length: 0 };
    const highlight = await asHighlight(one, page, quote, now);
    const length = paper.length + JSON.stringify(highlight).length;
    if (mayBeTooLarge(length)) {
      refused.push({ at, why: 'it is too long, or the annotations of its paper are too many' });
      continue;
    }
    paper.highlights.push(highlight);
    papers.set(page.id, { ...paper, length });
  }
  return {
    ...content,
    refused,
    records: [...papers].map(([id, { at, highlights }]) => ({
      at,
      paper: bare(id),
      saved: true,
      savedAt: now,
      savedChangedAt: now,
      keptAt: now,
      highlights,
      adds: 'highlights' as const,
    })),
  };
}
