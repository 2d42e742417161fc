// Files in and out of the library: a preview before anything is changed, and exports. It reads the database itself, in slices.
import type { Paper, PaperId } from '../paper';
import { collection, printAnnotation } from './exchange/annotations';
import { citationKeys, printEntry } from './exchange/bibtex';
import { cite } from './exchange/citation';
import { type Content, contentOf } from './exchange/content';
import { printItem } from './exchange/csl-json';
import { csvHead, printRow } from './exchange/csv';
import { differences } from './exchange/differences';
import { fileText } from './exchange/file-text';
import { formats } from './exchange/formats';
import { fitting } from './exchange/incoming';
import { frame, type Incoming, printIncoming, printPaper } from './exchange/json';
import { printMarkdown } from './exchange/markdown';
import { mergeAll, same } from './exchange/merging';
import { noteNames, notesZip } from './exchange/notes-zip';
import { type Recognise, type Reference, referenceOf } from './exchange/reference';
import { printRecord } from './exchange/ris';
import { mergeTopic, printTopic } from './exchange/topic';
import { storedOf } from './exchange/transfer';
import { failure } from './failure';
import type { ExportFormat, Files, Preview, PreviewGroup, Watch, Written } from './files';
import { byAge } from './highlights';
import { fetchedOf } from './look';
import { fill } from './merge';
import { both } from './notes';
import { versionsKept } from './noting';
import {
  type Database,
  type Highlight,
  type Kept,
  listedPapers,
  read,
  type TopicRow,
  type Version,
} from './tables';

/** Papers a transaction. */
const slice = 500;

/** Of a group, a preview has so many papers. */
const shown = 100;

/** Bytes. Browsers hold no string of more than 500 million characters, and a page needs several times a file's size. */
const largestFile = 250_000_000;

/** Characters of JSON a call: far below what a message to the background may have. */
const batchSize = 4_000_000;

const endings: Record<ExportFormat, { what: string; extension: string; mediaType: string }> = {
  json: { what: '', extension: 'json', mediaType: 'application/json' },
  bibtex: { what: '', ...formats.bibtex },
  ris: { what: '', ...formats.ris },
  cslJson: { what: 'csl-', ...formats.cslJson },
  csv: { what: '', ...formats.csv },
  markdown: { what: '', extension: 'md', mediaType: 'text/markdown' },
  notes: { what: 'notes-', ...formats.notes },
  annotations: { what: 'highlights-', extension: 'jsonld', mediaType: 'application/ld+json' },
};

/** A paper with all that is kept of it. */
interface Whole {
  row: Kept;
  /** Those too that were removed. */
  highlights: Highlight[];
  versions: Version[];
}

/** Writes one format: what comes before all papers, of each paper, and behind them. */
interface Writer {
  head?: string;
  /** Between what two papers give; what is empty takes none. */
  between?: string;
  paper(whole: Whole): string;
  tail?: () => string;
}

interface Opening {
  db: Database;
  recognise: Recognise;
  now?: () => number;
  uuid?: () => string;
  /** Lets everything else run. */
  pause?: () => Promise<void>;
  /** The bytes that a file may have, also unpacked. */
  largest?: number;
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`;

function tooLarge(size: string, largest: number): Error {
  return failure(
    'invalid',
    `This file is too large: it has ${size}, and an import takes up to ${megabytes(largest)}. Split its papers into several files.`,
  );
}

/**
 * The bytes of a file that was compressed by gzip, as far as they can be read, never more than an import takes.
 * @throws Failure `invalid`, where there are more, or none
 */
async function unzipped(
  file: Blob,
  largest: number,
  signal: AbortSignal,
): Promise<{ bytes: Blob; cut: boolean }> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return { bytes: new Blob(parts), cut: false };
      size += value.length;
      if (size > largest) throw tooLarge(`more than ${megabytes(largest)} unpacked`, largest);
      parts.push(value);
    }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    if (size > 0) return { bytes: new Blob(parts), cut: true };
    throw failure(
      'invalid',
      'This file is compressed and cannot be unpacked: it is cut off or broken. Choose another copy of it.',
    );
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/**
 * The text of a file, and what is to be said of how it was read.
 * @throws Failure `invalid`, where it is too large or broken
 */
async function textOf(
  source: Blob | string,
  largest: number,
  signal: AbortSignal,
): Promise<{ text: string; remarks: { what: string }[] }> {
  if (typeof source === 'string') return { text: source, remarks: [] };
  if (source.size > largest) throw tooLarge(megabytes(source.size), largest);
  const [first, second] = new Uint8Array(await source.slice(0, 2).arrayBuffer());
  // RFC 1952, 2.3.1
  const zipped = first === 0x1f && second === 0x8b;
  const { bytes, cut } = zipped
    ? await unzipped(source, largest, signal)
    : { bytes: source, cut: false };
  const { text, remark } = fileText(new Uint8Array(await bytes.arrayBuffer()));
  const what = [
    cut ? 'it is cut off or broken, and was unpacked as far as it goes' : [],
    remark ?? [],
  ];
  return { text, remarks: what.flat().map((one) => ({ what: one })) };
}

/** Opens files over a database. Nothing is read until it is asked for. */
export function openFiles({
  db,
  recognise,
  now = () => Date.now(),
  uuid = () => crypto.randomUUID(),
  pause = () => new Promise((resolve) => setTimeout(resolve)),
  largest = largestFile,
}: Opening): Files {
  /** To be awaited between two pieces of work: stops where that is wanted, and lets the page breathe. */
  function breather({ signal, progress }: Watch) {
    let since = now();
    return async (done: number, of: number) => {
      signal.throwIfAborted();
      if (now() - since < 12) return;
      progress({ done, of });
      await pause();
      since = now();
    };
  }

  async function preview(source: Blob | string, watch: Watch, returning = false): Promise<Preview> {
    const { text, remarks } = await textOf(source, largest, watch.signal);
    watch.signal.throwIfAborted();
    const content = await contentOf(text, recognise, { now, pause, ...watch });
    return compared({ ...content, remarks: [...remarks, ...content.remarks] }, returning, watch);
  }

  async function compared(content: Content, returning: boolean, watch: Watch): Promise<Preview> {
    const breathe = breather(watch);
    const groups: Preview['groups'] = {
      new: { total: 0, papers: [] },
      changed: { total: 0, papers: [] },
      conflict: { total: 0, papers: [] },
      removed: { total: 0, papers: [] },
      stays: { total: 0, papers: [] },
      same: { total: 0, papers: [] },
    };
    const refused = [...content.refused];
    const remarks = [...content.remarks];
    const differing: Incoming[] = [];
    const taken = content.records.map((one) => {
      const { record, faults } = fitting(one);
      refused.push(...faults.map((why) => ({ at: record.at, why })));
      return record;
    });
    const papers = [...Map.groupBy(taken, ({ paper }) => paper.id)];
    let binned = 0;
    for (let at = 0; at < papers.length; at += slice) {
      watch.signal.throwIfAborted();
      watch.progress({ done: at, of: papers.length });
      const some = papers.slice(at, at + slice);
      const stored = await read(db, ['kept', 'noteVersions', 'highlights'], () =>
        storedOf(
          db,
          some.flatMap(([, records]) => records),
        ),
      );
      for (const [id, all] of some) {
        await breathe(at, papers.length);
        const before = stored.rows.get(id);
        const asRead = mergeAll(all, stored, now());
        // The person removed it, and the file, in which it was not removed, does not bring it back by itself.
        const binnedSince =
          before?.removed && asRead.rows.get(id)?.removed && all.some(({ removed }) => !removed);
        if (binnedSince) binned++;
        const records =
          binnedSince && returning ? all.map((one) => ({ ...one, returns: true })) : all;
        const outcome = records === all ? asRead : mergeAll(records, stored, now());
        refused.push(...outcome.refused);
        const after = outcome.rows.get(id);
        const [record, ...others] = records;
        if (!after || !record) continue;
        for (const other of others) {
          const what = `the same paper as at ${content.unit} ${record.at}; both are one`;
          remarks.push({ at: other.at, what });
        }
        const more = [
          ...(outcome.marks.size > 0 ? ['highlights'] : []),
          ...(outcome.versions.length > 0 ? ['earlier notes'] : []),
        ];
        const differs = !before || more.length > 0 || !same(before, after);
        if (differs) differing.push(...records);
        // What stands in the library on neither side, such as what was removed long ago, is nothing to show.
        if (!after.listed && !before?.listed) continue;
        const stays = before?.listed
          ? [...new Set(records.flatMap(({ paper }) => differences(before.paper, paper)))]
          : [];
        const group = groupOf(before, after, records, differs, stays);
        groups[group].total++;
        if (groups[group].papers.length < shown) {
          const changes = before && differs ? [...changesOf(before, after), ...more] : [];
          if (differs && changes.length === 0) changes.push('when it was changed');
          groups[group].papers.push({
            at: record.at,
            id,
            title: after.paper.title,
            ...(before?.listed && differs && { changes: [...new Set(changes)] }),
            ...(stays.length > 0 && { stays }),
          });
        }
      }
    }
    const { topics = [] } = content;
    const followed = await read(db, ['topics'], () =>
      db.topics.bulkGet(topics.map(({ id }) => id)),
    );
    const news = topics.filter(
      (topic, index) => mergeTopic(followed[index], topic) !== followed[index],
    );
    return {
      format: content.format,
      unit: content.unit,
      groups,
      binned,
      returning,
      topics: news.length,
      refused: refused.sort((a, b) => a.at - b.at),
      remarks,
      elsewhere: content.elsewhere ?? 0,
      unquoted: content.unquoted ?? 0,
      records: differing.length,
      batches: () => batches(differing, news),
    };
  }

  /** The rows of some papers with what belongs to them, in this order; those that are not there are left out. */
  async function wholes(ids: PaperId[], format: ExportFormat): Promise<Whole[]> {
    const time = now();
    return read(db, ['kept', 'highlights', 'noteVersions', 'lookups', 'entries'], async () => {
      const found = (await db.kept.bulkGet(ids)).filter((row) => row !== undefined);
      const rows = format === 'json' ? found : found.filter(({ removed }) => !removed);
      const of = rows.map(({ id }) => id);
      const marked = rows.filter(({ highlights }) => highlights || format === 'json');
      const [marks, versions, fetched] = await Promise.all([
        db.highlights
          .where('paper')
          .anyOf(marked.map(({ id }) => id))
          .toArray(),
        format === 'json'
          ? db.noteVersions
              .where('id')
              .anyOf(rows.filter(({ noteRevision }) => noteRevision > 0).map(({ id }) => id))
              .filter(({ replacedAt }) => replacedAt > time - versionsKept)
              .toArray()
          : [],
        format === 'json' ? undefined : fetchedOf(db, of),
      ]);
      const marksOf = Map.groupBy(marks, ({ paper }) => paper);
      const versionsOf = Map.groupBy(versions, ({ id }) => id);
      return rows.map((row): Whole => {
        const known = fetched?.get(row.id);
        const code = known?.trending?.code?.url;
        const paper = fill(row.paper, { ...row.paper, ...known?.paper, ...(code && { code }) });
        return {
          row: format === 'json' ? row : { ...row, paper },
          highlights: marksOf.get(row.id) ?? [],
          versions: versionsOf.get(row.id) ?? [],
        };
      });
    });
  }

  async function write(
    format: ExportFormat,
    ids: PaperId[] | undefined,
    watch: Watch,
  ): Promise<Written> {
    const time = now();
    const breathe = breather(watch);
    const { what, extension, mediaType } = endings[format];
    const all =
      ids ??
      (await read(db, ['kept'], () =>
        format === 'json'
          ? db.kept.toCollection().primaryKeys()
          : listedPapers(db).reverse().primaryKeys(),
      ));
    // Names that must not depend on the order are made of all papers first.
    const named = format === 'bibtex' || format === 'cslJson' || format === 'notes';
    const steps = all.length * (named ? 2 : 1);
    let done = 0;
    async function* papers(): AsyncGenerator<Whole> {
      for (let at = 0; at < all.length; at += slice) {
        watch.signal.throwIfAborted();
        watch.progress({ done, of: steps });
        for (const whole of await wholes(all.slice(at, at + slice), format)) {
          yield whole;
          await breathe(++done, steps);
        }
      }
    }
    const parts: BlobPart[] = [];
    let count = 0;
    /** Text goes to the browser in pieces, so that no string grows with the library. */
    let text = '';
    const flush = () => {
      if (text) parts.push(new Blob([text]));
      text = '';
    };
    const light: Reference[] = [];
    if (named) for await (const { row } of papers()) light.push(lightOf(row));
    if (format === 'notes') {
      let bytes: BlobPart[] = [];
      const zip = notesZip(noteNames(light), time, (part) => void bytes.push(part));
      for await (const whole of papers()) {
        zip.add(asReference(whole));
        if (++count % slice !== 0) continue;
        parts.push(new Blob(bytes));
        bytes = [];
      }
      zip.end();
      parts.push(...bytes);
    } else {
      const topics =
        format === 'json' && !ids ? await read(db, ['topics'], () => db.topics.toArray()) : [];
      const writer = writerOf(format, light, topics, time);
      let first = true;
      for await (const whole of papers()) {
        const one = writer.paper(whole);
        if (!one) continue;
        count++;
        text += `${first ? '' : (writer.between ?? '')}${one}`;
        first = false;
        if (text.length > 1_000_000) flush();
      }
      if (format === 'annotations' && count === 0) {
        const says = 'None of these papers has a highlight, so there is nothing to write.';
        throw failure('invalid', says);
      }
      text += writer.tail?.() ?? '';
      flush();
      // The head of a collection of annotations says how many there are.
      parts.unshift(writer.head ?? '');
    }
    const day = new Date(time).toISOString().slice(0, 10);
    const name = `paper-margin-${what}${day}.${extension}`;
    return { name, file: new Blob(parts, { type: mediaType }), papers: count };
  }

  function writerOf(
    format: Exclude<ExportFormat, 'notes'>,
    light: Reference[],
    topics: TopicRow[],
    time: number,
  ): Writer {
    switch (format) {
      case 'json':
        return {
          head: frame.head(time),
          between: frame.between,
          paper: ({ row, versions, highlights }) =>
            JSON.stringify(printPaper(row, versions, highlights)),
          tail: () => frame.tail(topics),
        };
      case 'bibtex': {
        const keys = citationKeys(light);
        return {
          between: '\n',
          paper: (whole) => printEntry(asReference(whole), keys.get(whole.row.id) ?? '', true),
        };
      }
      case 'cslJson': {
        const keys = citationKeys(light);
        return {
          head: '[',
          between: ',\n',
          paper: (whole) =>
            JSON.stringify(printItem(asReference(whole), keys.get(whole.row.id) ?? ''), null, 1),
          tail: () => ']\n',
        };
      }
      case 'ris':
        return { between: '\r\n', paper: (whole) => printRecord(asReference(whole), true) };
      case 'csv':
        return { head: csvHead, paper: (whole) => printRow(asReference(whole)) };
      case 'markdown':
        return {
          between: '\n',
          paper: ({ row, highlights }) => printMarkdown(row, highlights.filter(live)),
        };
      case 'annotations': {
        let total = 0;
        const { between } = collection(0, time, uuid);
        const writer: Writer = {
          between,
          paper: ({ highlights }) => {
            const marks = highlights.filter(live).sort(byAge);
            total += marks.length;
            return marks.map((mark) => JSON.stringify(printAnnotation(mark))).join(between);
          },
          tail: () => {
            const { head, tail } = collection(total, time, uuid);
            writer.head = head;
            return tail;
          },
        };
        return writer;
      }
    }
  }

  const missing = () =>
    read(db, ['kept'], async () => {
      const time = now();
      const wanted = db.kept.where('wantedAt');
      const [asked, unknown] = await Promise.all(
        // What arXiv did not know is asked for again much later.
        [wanted.belowOrEqual(time), wanted.above(time)].map((rows) =>
          rows.filter(({ listed }) => listed === 1).count(),
        ),
      );
      return { asked: asked ?? 0, unknown: unknown ?? 0 };
    });

  return { preview, write, missing, cite: async (paper) => cite(citable(paper)) };
}

const live = ({ deleted }: Highlight) => !deleted;

function asReference({ row, highlights }: Whole): Reference {
  const tags = (row.tags ?? []).filter(({ off }) => !off).map(({ name }) => name);
  return referenceOf(row, highlights.filter(live).sort(byAge), tags);
}

function citable(paper: Paper): Reference {
  return { paper, ...(paper.venue && { venue: paper.venue }), tags: [] };
}

/** What names are made of. */
function lightOf({ paper }: Kept): Reference {
  return { paper: { ...paper, abstract: '' }, tags: [] };
}

function groupOf(
  before: Kept | undefined,
  after: Kept,
  records: Incoming[],
  differs: boolean,
  stays: string[],
): PreviewGroup {
  if (!before?.listed) return 'new';
  if (after.removed) return 'removed';
  if (!differs) return stays.length > 0 ? 'stays' : 'same';
  const mine = before.note.trim();
  const conflict = records.some(({ note }) => {
    const theirs = note?.text.trim();
    return mine && theirs && ![mine, theirs].includes(both(mine, theirs));
  });
  return conflict && after.note !== before.note ? 'conflict' : 'changed';
}

/** What a person calls each part of a row that an import can change. */
const parts: [name: string, of: (row: Kept) => unknown][] = [
  ['title', ({ paper }) => paper.title],
  ['authors', ({ paper }) => paper.authors],
  ['abstract', ({ paper }) => paper.abstract],
  ['date', ({ paper }) => [paper.published, paper.updated]],
  ['DOI', ({ paper }) => paper.doi],
  ['venue', ({ paper }) => paper.venue],
  ['code', ({ paper }) => paper.code],
  ['categories', ({ paper }) => paper.categories],
  ['version', ({ paper }) => paper.version],
  ['tags', ({ tags = [] }) => tags.filter(({ off }) => !off).map(({ name }) => name)],
  ['note', ({ note }) => note],
  ['reading state', ({ reading = 'unread' }) => reading],
  ['version read', ({ readVersion }) => readVersion],
  ['saved', ({ saved }) => saved],
  ['date saved', ({ savedAt, keptAt }) => [savedAt, keptAt]],
  ['removed', ({ removed = 0 }) => removed],
  ['times it was opened', ({ opens, openedAt }) => [opens, openedAt]],
  ['not wanted', ({ dismissed = 0 }) => dismissed],
];

function changesOf(before: Kept, after: Kept): string[] {
  return parts
    .filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after)))
    .map(([name]) => name);
}

/** Records as calls take them: at most 500, and not too large together. */
function* batches(records: Incoming[], topics: TopicRow[]): Generator<[unknown[], unknown[]?]> {
  for (let at = slice; at < topics.length; at += slice) {
    yield [[], topics.slice(at, at + slice).map(printTopic)];
  }
  let rest: unknown[] | undefined = topics.slice(0, slice).map(printTopic);
  let batch: object[] = [];
  let size = 0;
  const call = (): [unknown[], unknown[]?] => {
    const made: [unknown[], unknown[]?] = rest?.length ? [batch, rest] : [batch];
    batch = [];
    size = 0;
    rest = undefined;
    return made;
  };
  for (const record of records) {
    const printed = printIncoming(record);
    const length = JSON.stringify(printed).length;
    if (batch.length === slice || (batch.length > 0 && size + length > batchSize)) yield call();
    batch.push(printed);
    size += length;
  }
  if (batch.length > 0 || rest?.length) yield call();
}
