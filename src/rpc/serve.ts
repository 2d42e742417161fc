// The background's end of the message boundary: checks who asks and what, then calls the Library.
import { browser } from 'wxt/browser';
import * as z from 'zod/mini';
import type { Failure, Library, PageSettings, Settings } from '../library/api';
import type { Answer, Call, Verb } from './message';

z.config({ jitless: true });

type Sender = Parameters<Parameters<typeof browser.runtime.onMessage.addListener>[0]>[1];

/** Generous bounds: they keep a hostile page from filling the storage, and no person meets them. */
const line = z.string().check(z.maxLength(10_000));
const prose = z.string().check(z.maxLength(1_000_000));
const id = z.string().check(z.regex(/^(\d{4}\.\d{4,5}|[a-z]+(-[a-z]+)*\/\d{7})$/));
/** What names any paper of the library, one from elsewhere too. No page that we are on can name such a one. */
const key = z
  .string()
  .check(
    z.maxLength(2_010),
    z.regex(/^(\d{4}\.\d{4,5}|[a-z]+(-[a-z]+)*\/\d{7}|doi:10\.\S+|url:https:\/\/\S+)$/),
  );
/** So many papers are changed by one call at most, in one transaction. */
const some = z.array(key).check(z.maxLength(500));
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const paper = z.object({
  id,
  title: line,
  authors: z.array(line).check(z.maxLength(20_000)),
  abstract: prose,
  published: z.optional(day),
  updated: z.optional(day),
  doi: z.optional(line),
  categories: z.optional(z.array(line)),
  version: z.optional(z.int().check(z.positive())),
});
const ownPaper = z.extend(paper, {
  id: key,
  // Of a paper from elsewhere perhaps only the year or the month is known.
  published: z.optional(z.string().check(z.regex(/^\d{4}(-\d{2}){0,2}$/))),
  venue: z.optional(line),
  code: z.optional(line),
});
const kind = z.enum(['day', 'week', 'month', 'trending']);
const question = z.object({
  kind,
  at: z.optional(z.string().check(z.regex(/^(\d{4}-(\d{2}(-\d{2})?|W\d{2})|trending)$/))),
  toward: z.optional(z.enum(['older', 'newer'])),
});
const digest = z.object({
  kind,
  sort: z.enum(['list', 'upvotes', 'rise', 'stars', 'comments', 'fit', 'newest']),
  filters: z.object({
    text: z.string().check(z.maxLength(500)),
    upvotes: z.int().check(z.nonnegative()),
    code: z.boolean(),
    linked: z.boolean(),
    organization: z.string().check(z.maxLength(500)),
    unread: z.boolean(),
  }),
  known: z.enum(['show', 'dim', 'hide']),
});
const count = z.int().check(z.nonnegative());
const reading = z.enum(['unread', 'reading', 'read']);
const order = z.object({
  by: z.enum(['match', 'saved', 'published', 'read', 'upvotes', 'title']),
  reverse: z.optional(z.literal(true)),
});
const tags = z.optional(z.array(line).check(z.maxLength(500)));
/** What names a highlight: a UUID. */
const mark = z.string().check(z.regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/));
const topic = z.object({
  id: mark,
  name: z.string().check(z.maxLength(200)),
  query: z.string().check(z.maxLength(2_000)),
  notice: z.discriminatedUnion('when', [
    z.object({ when: z.literal('never') }),
    z.object({ when: z.literal('daily'), hour: z.int().check(z.gte(0), z.lte(23)) }),
    z.object({ when: z.literal('upvotes'), upvotes: z.int().check(z.positive()) }),
  ]),
  createdAt: z.number(),
});
const version = z.optional(z.int().check(z.positive()));
const pageKind = z.enum(['abs', 'html', 'pdf', 'other']);
const place = z.object({ kind: pageKind, version });
const colour = z.enum(['yellow', 'green', 'blue', 'pink']);
const highlight = z.object({
  id: mark,
  version,
  site: z.string().check(z.regex(/^[a-z\d-]{1,40}$/)),
  kind: pageKind,
  // A quote that is too long for the library is refused there, with a sentence.
  quote: z.object({ exact: prose, prefix: line, suffix: line }),
  position: z.optional(z.object({ start: count, end: count })),
  colour,
});

/** Records of files: what they hold is checked one by one where they are merged, so that a bad one is refused alone. */
const records = z.array(z.record(z.string(), z.unknown())).check(z.maxLength(500));

type Args = z.ZodMiniType<unknown[]>;

/**
 * Who may call a verb: `page` is a content script on our sites (and our own pages), `own` our own pages alone. With
 * `own`, our own pages may say more than a content script.
 */
const verbs: Record<Verb, { for: 'page' | 'own'; args: Args; own?: Args }> = {
  look: {
    for: 'page',
    args: z.tuple([z.array(id).check(z.maxLength(5_000))]),
    own: z.tuple([z.array(key).check(z.maxLength(5_000))]),
  },
  refresh: { for: 'page', args: z.tuple([id]), own: z.tuple([key]) },
  lookUp: { for: 'page', args: z.tuple([id]), own: z.tuple([key]) },
  save: { for: 'page', args: z.tuple([paper]), own: z.tuple([ownPaper]) },
  unsave: { for: 'page', args: z.tuple([id]), own: z.tuple([key]) },
  beginNote: { for: 'page', args: z.tuple([paper]), own: z.tuple([ownPaper]) },
  fold: { for: 'page', args: z.tuple([z.boolean()]) },
  setReading: {
    for: 'page',
    args: z.tuple([paper, reading]),
    own: z.tuple([ownPaper, reading]),
  },
  opened: { for: 'page', args: z.tuple([paper, z.optional(place)]) },
  settings: { for: 'page', args: z.tuple([]) },
  highlights: { for: 'page', args: z.tuple([id]), own: z.tuple([key]) },
  addHighlight: { for: 'page', args: z.tuple([paper, highlight]) },
  recolourHighlight: { for: 'page', args: z.tuple([mark, colour]) },
  removeHighlight: { for: 'page', args: z.tuple([mark]) },
  restoreHighlight: { for: 'page', args: z.tuple([mark]) },
  nearby: { for: 'page', args: z.tuple([id]), own: z.tuple([key]) },
  period: { for: 'own', args: z.tuple([question]) },
  refreshPeriod: { for: 'own', args: z.tuple([question], z.boolean()) },
  seen: { for: 'own', args: z.tuple([z.array(id).check(z.maxLength(5_000))]) },
  dismiss: { for: 'own', args: z.tuple([ownPaper, z.boolean()]) },
  searchHub: { for: 'own', args: z.tuple([z.string().check(z.maxLength(250))]) },
  related: { for: 'own', args: z.tuple([key]) },
  topics: { for: 'own', args: z.tuple([]) },
  putTopic: { for: 'own', args: z.tuple([topic]) },
  removeTopic: { for: 'own', args: z.tuple([mark]) },
  restoreTopic: { for: 'own', args: z.tuple([mark]) },
  previewTopic: { for: 'own', args: z.tuple([z.string().check(z.maxLength(2_000))]) },
  note: { for: 'own', args: z.tuple([key]) },
  writeNote: {
    for: 'own',
    args: z.tuple([
      z.object({
        id: key,
        text: z.string(),
        base: z.object({ revision: count, text: z.string() }),
        editor: line,
      }),
    ]),
  },
  endNote: { for: 'own', args: z.tuple([key]) },
  annotations: { for: 'own', args: z.tuple([key]) },
  removedHighlights: { for: 'own', args: z.tuple([key]) },
  annotation: { for: 'own', args: z.tuple([mark]) },
  comment: {
    for: 'own',
    args: z.tuple([z.object({ id: mark, text: z.string(), base: z.string() })]),
  },
  kept: { for: 'own', args: z.tuple([line, count, count, z.optional(order)]) },
  keptIds: { for: 'own', args: z.tuple([line, z.optional(order)]) },
  facets: { for: 'own', args: z.tuple([line]) },
  tags: { for: 'own', args: z.tuple([]) },
  tagsOf: { for: 'own', args: z.tuple([key]) },
  tagPapers: { for: 'own', args: z.tuple([some, z.object({ add: tags, remove: tags })]) },
  renameTag: { for: 'own', args: z.tuple([line, line]) },
  setReadings: { for: 'own', args: z.tuple([some, reading]) },
  removePapers: { for: 'own', args: z.tuple([some]) },
  restorePapers: { for: 'own', args: z.tuple([some]) },
  bin: { for: 'own', args: z.tuple([count, count]) },
  emptyBin: { for: 'own', args: z.tuple([z.optional(z.union([z.array(key), count]))]) },
  restore: { for: 'own', args: z.tuple([key]) },
  importRecords: { for: 'own', args: z.tuple([records, z.optional(records)]) },
  choose: { for: 'own', args: z.tuple([z.enum(['automatic', 'ask'])]) },
  adjust: {
    for: 'own',
    args: z.tuple([
      z.object({
        keys: z.optional(z.boolean()),
        remember: z.optional(z.boolean()),
        fileName: z.optional(z.string().check(z.maxLength(500))),
        digest: z.optional(digest),
      }),
    ]),
  },
  recentlyOpened: { for: 'own', args: z.tuple([count]) },
  forgetOpened: { for: 'own', args: z.tuple([]) },
};

/** What the sender is to us. `sender.url` goes stale when a page moves by script, so the origin decides. */
export function rank(
  sender: Sender,
  self: { id: string; origin: string },
  sites: RegExp,
): 'own' | 'page' | null {
  if (sender.id !== self.id || !sender.origin) return null;
  if (sender.origin === self.origin) return 'own';
  return sender.tab && sites.test(sender.origin) ? 'page' : null;
}

function refused(message: string): Answer {
  return { failed: { code: 'refused', message } };
}

function failure(cause: unknown): Failure {
  const known = cause as Partial<Failure> | null;
  if (cause instanceof Error && known?.code && known.message) {
    return { code: known.code, message: known.message };
  }
  console.error(cause);
  return { code: 'unexpected', message: 'Something went wrong inside Paper Margin. Try again.' };
}

/** The template of file names and the filters are the person's own text, and text that they typed goes to no page. */
function forPage({ fileName: _name, digest: _digest, ...settings }: Settings): PageSettings {
  return settings;
}

/** Answers one call. Never throws: what goes wrong is in the answer. */
export async function answer(
  library: Library,
  caller: 'own' | 'page' | null,
  call: Call,
): Promise<Answer> {
  const verb = Object.hasOwn(verbs, call.verb) ? verbs[call.verb] : undefined;
  if (!verb || !caller || (verb.for === 'own' && caller !== 'own')) {
    return refused('This page may not ask Paper Margin that.');
  }
  const shape = caller === 'own' && verb.own ? verb.own : verb.args;
  const args = shape.safeParse(call.args);
  if (!args.success) return refused('Paper Margin did not understand the question.');
  try {
    const ask = library[call.verb] as (...args: unknown[]) => Promise<unknown>;
    const done = await ask(...args.data);
    return {
      done: call.verb === 'settings' && caller === 'page' ? forPage(done as Settings) : done,
    };
  } catch (cause) {
    return { failed: failure(cause) };
  }
}

/**
 * Listens for calls. Registers its listener at once, as a background that may be woken by a call must.
 * @param hosts match patterns of all sites, those too that a person may turn on: where they did not, no script of ours
 * runs, so nobody there can call
 */
export function serve(library: Library, hosts: string[]): void {
  const self = { id: browser.runtime.id, origin: new URL(browser.runtime.getURL('/')).origin };
  const sites = origins(hosts);
  browser.runtime.onMessage.addListener((message: unknown, sender, reply) => {
    const call = message as Partial<Call> | null;
    if (call?.to !== 'paper-margin') return;
    void answer(library, rank(sender, self, sites), call as Call).then(reply);
    return true;
  });
}

/** Match patterns such as `https://*.arxiv.org/*` as one expression over origins; their paths say nothing here. */
export function origins(patterns: string[]): RegExp {
  const one = (pattern: string) => {
    const host = pattern.replace(/^https:\/\//, '').replace(/\/.*$/, '');
    const any = host.startsWith('*.');
    return (any ? '([a-z0-9-]+\\.)*' : '') + host.slice(any ? 2 : 0).replaceAll('.', '\\.');
  };
  return new RegExp(`^https://(${patterns.map(one).join('|')})$`);
}
