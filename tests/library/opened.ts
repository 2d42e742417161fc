// A library over a fresh database, with a clock, a network and a notebook of changes that a test holds in its hand.
import 'fake-indexeddb/auto';
import { onTestFinished } from 'vitest';
import { openLibrary } from '../../src/library';
import type { Change, NewHighlight } from '../../src/library/api';
import { openFiles } from '../../src/library/exchanging';
import type { ExportFormat } from '../../src/library/files';
import { openDatabase } from '../../src/library/tables';
import type { Paper, PaperId } from '../../src/paper';
import { recognise } from '../../src/sites';
import { importAll } from '../../src/views/importing';

export const minute = 60_000;
export const hour = 60 * minute;
export const dayLength = 24 * hour;

/** Wednesday, 10:00 UTC. */
export const start = Date.parse('2026-08-19T10:00:00Z');

export const id = (text: string) => text as PaperId;

export function paper(text: string, more: Partial<Paper> = {}): Paper {
  return {
    id: id(text),
    title: `Title of ${text}`,
    authors: ['First Author', 'Second Author'],
    abstract: `Abstract of ${text}.`,
    ...more,
  };
}

let marks = 0;

/** A highlight as a page makes it, with an id of its own. */
export function highlight(exact = 'Some words', more: Partial<NewHighlight> = {}): NewHighlight {
  return {
    id: `00000000-0000-4000-8000-${String(marks++).padStart(12, '0')}`,
    version: 2,
    site: 'arxiv',
    kind: 'abs',
    quote: { exact, prefix: 'What stands before it. ', suffix: ' What stands after it.' },
    position: { start: 23, end: 23 + exact.length },
    colour: 'yellow',
    ...more,
  };
}

/** An item of a day's list as Hugging Face sends it. */
export function item(text: string, upvotes: number, more: object = {}) {
  return {
    title: `Title of ${text}`,
    numComments: 2,
    paper: {
      id: text,
      title: `Title of ${text}`,
      summary: `Abstract of ${text}.`,
      authors: [{ name: 'First Author', hidden: false }],
      publishedAt: '2026-08-18T00:00:00.000Z',
      upvotes,
      ...more,
    },
  };
}

/** What a service answers: JSON with status 200, a whole response, or a failure to connect. */
export type Served = object | Response | (() => Response | Promise<Response>);

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** Of a work that nobody follows. */
export const unwatched = () => ({ signal: new AbortController().signal, progress: () => {} });

let count = 0;

/** Opens a library. `serve` decides by path and query; what it does not know is a 404. */
export function opened(
  serve: (url: URL) => Served | undefined = () => undefined,
  { name = `test-${count++}`, at = start, consent = true, access = true } = {},
) {
  const clock = { now: at };
  /** `zone`: the person's own time, in hours ahead of UTC. */
  const state = { consent, access, serve, asleep: false, zone: 0 };
  const asked: string[] = [];
  const paused: number[] = [];
  const changes: Change[] = [];
  const db = openDatabase(name);
  onTestFinished(() => db.close());
  const fetch = async (input: string | URL | Request) => {
    const url = new URL(String(input));
    asked.push(url.host === 'huggingface.co' ? url.pathname + url.search : url.href);
    const served = state.serve(url);
    if (served === undefined) return json({ error: 'Paper not found.' }, 404);
    if (typeof served === 'function') return served();
    return served instanceof Response ? served : json(served);
  };
  const library = openLibrary({
    db,
    fetch,
    now: () => clock.now,
    localTime: (ms) => {
      const local = new Date(ms + state.zone * hour).toISOString();
      return { day: local.slice(0, 10), hour: Number(local.slice(11, 13)) };
    },
    consent: async () => state.consent,
    access: async () => state.access,
    recognise,
    pause: async (ms) => {
      paused.push(ms);
      if (state.asleep) await new Promise(() => {});
      clock.now += ms;
    },
  });
  library.onChange((change) => changes.push(change));
  const files = openFiles({ db, recognise, now: () => clock.now });
  const text = async (format: ExportFormat, ids?: PaperId[]) =>
    (await files.write(format, ids, unwatched())).file.text();
  /** The library, and what its page does with files, in one call each. */
  const withFiles = Object.assign(library, {
    exportJson: () => text('json'),
    exportAnnotations: () => text('annotations'),
    exportMarkdown: (ids?: PaperId[]) => text('markdown', ids),
    /** An import as the page does it: a preview, then all that it finds to change. What changes nothing is `same`. */
    async importJson(file: string) {
      const preview = await files.preview(file, unwatched());
      const { report, failure } = await importAll(library, preview, unwatched());
      if (failure) throw new Error(failure);
      const { elsewhere, unquoted, groups } = preview;
      return {
        ...report,
        same: report.same + groups.same.total,
        refused: preview.refused,
        ...(elsewhere > 0 && { elsewhere }),
        ...(unquoted > 0 && { unquoted }),
      };
    },
  });
  return { library: withFiles, files, db, name, clock, state, asked, paused, changes };
}

/**
 * Serves lists by name (`2026-08-19`, `2026-W34`, `2026-08`, `trending`), in pages; every other list is empty. As the
 * service does, it refuses days to come and 53rd weeks; `today` is the service's own.
 */
export function lists(named: Record<string, object[]>, today = '9999-12-31') {
  return (url: URL) => {
    if (url.pathname !== '/api/daily_papers') return undefined;
    const of = (name: string) => url.searchParams.get(name) ?? '';
    const period = of('date') || of('week') || of('month') || of('sort');
    if (of('date') > today || of('week').endsWith('W53')) return json({ error: 'no such' }, 400);
    const rows = named[period] ?? [];
    const size = Number(of('limit'));
    const page = Number(of('p'));
    const link = { link: `<${url.origin}${url.pathname}?p=${page + 1}>; rel="next"` };
    const more = rows.length > (page + 1) * size;
    return json(rows.slice(page * size, (page + 1) * size), 200, more ? link : {});
  };
}

/** Made-up papers of one list: `count` of them, with ids of that month, and votes in no order. */
export function many(count: number, month = '2608'): object[] {
  return Array.from({ length: count }, (_, index) =>
    item(`${month}.${10_000 + index}`, (index * 37) % 211),
  );
}
