// Numbers, days and ages in the words of the interface (en-US, days in UTC).
import { dayLength, endOf, isReal, kindOf, mondayOfWeek, timeOf } from '../calendar';
import type { DigestSort, ImportReport, PeriodKind, Trending, Trouble } from '../library/api';

const grouped = /* @__PURE__ */ new Intl.NumberFormat('en-US');
const shortDay = /* @__PURE__ */ new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
});
const fullDay = /* @__PURE__ */ new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'long',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
});

/** `1234` -> `1,234` */
export function number(value: number): string {
  return grouped.format(value);
}

/** `counted(1, 'model')` -> `1 model`; `counted(1234, 'star')` -> `1,234 stars` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** `37` -> `+37`; `-3` -> `−3`, with the sign for minus. */
export function signed(value: number): string {
  return value < 0 ? `−${number(-value)}` : `+${number(value)}`;
}

/** `37` -> `+37 since yesterday`: upvotes that came, or went. */
export function sinceYesterday(rise: number): string {
  return `${signed(rise)} since yesterday`;
}

const ownDay = /* @__PURE__ */ new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  year: 'numeric',
});
const ownMoment = /* @__PURE__ */ new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

/** The person's own day of a time in ms: `Aug 21, 2026`. */
export function localDay(ms: number): string {
  return ownDay.format(ms);
}

/** A time in ms on the person's own clock: `Fri, Aug 21, 2026, 2:05 PM`. */
export function localMoment(ms: number): string {
  return ownMoment.format(ms);
}

/** Bytes, as disks count them: `12.3 MB`. */
export function size(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let at = 0;
  for (; value >= 1000 && at < units.length - 1; at++) value /= 1000;
  return `${at > 1 && value < 100 ? value.toFixed(1) : number(Math.round(value))} ${units[at]}`;
}

/**
 * The day in the words of `format`; else `otherwise` where the calendar has no such day, as one odd date is no reason
 * to show nothing.
 */
function dayIn(format: Intl.DateTimeFormat, iso: string, otherwise = iso): string {
  const ms = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(ms) ? otherwise : format.format(ms);
}

/**
 * `2026-08-21` -> `Aug 21, 2026`; of papers from elsewhere perhaps only `2026-08` -> `August 2026` or `2026` is known.
 * Never throws: what is none of these is given back as it is.
 */
export function day(iso: string): string {
  if (/^\d{4}$/.test(iso)) return iso;
  return /^\d{4}-\d{2}$/.test(iso) ? dayIn(monthAndYear, `${iso}-01`, iso) : dayIn(shortDay, iso);
}

/** `2026-08-21` -> `Friday, Aug 21, 2026`. Never throws: what is no day is given back as it is. */
export function dayOfWeek(iso: string): string {
  return dayIn(fullDay, iso);
}

/** `(3, '2026-08-21')` -> `#3 on Aug 21, 2026` */
export function rankAndDay(rank: number, iso: string): string {
  return `#${rank} on ${day(iso)}`;
}

/** How long ago `then` was at `now` (both ms): `just now`, `5 minutes ago`, `3 hours ago`, `2 days ago`. */
export function age(then: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - then) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`;
  if (minutes < 60 * 24) return `${counted(Math.floor(minutes / 60), 'hour')} ago`;
  return `${counted(Math.floor(minutes / (60 * 24)), 'day')} ago`;
}

/** What names a paper, in numbers: `12 models, 1 dataset`. What is zero or not known is left out. */
export function linkedCounts({ models, datasets, spaces }: Trending): string {
  return [
    models?.total && counted(models.total, 'model'),
    datasets?.total && counted(datasets.total, 'dataset'),
    spaces?.total && counted(spaces.total, 'Space'),
  ]
    .filter(Boolean)
    .join(', ');
}

/** `['A', 'B', 'C', 'D']` -> `A, B, C +1` */
export function authors(names: string[], shown = 3): string {
  const rest = names.length - shown;
  return names.slice(0, shown).join(', ') + (rest > 0 ? ` +${number(rest)}` : '');
}

const dayOfMonth = /* @__PURE__ */ new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  month: 'short',
  day: 'numeric',
});
const monthAndYear = /* @__PURE__ */ new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  month: 'long',
  year: 'numeric',
});
const dayAlone = /* @__PURE__ */ new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'long',
});

const isWeek = (name: string) => /^\d{4}-W\d{2}$/.test(name);

/**
 * A period by its name: `2026-08-19` -> `Wednesday, Aug 19, 2026`, `2026-W34` -> `Week 34, 2026`, `2026-08` ->
 * `August 2026`, `trending` -> `Trending`. Never throws: what is no such name is given back as it is.
 */
export function period(name: string): string {
  if (name === 'trending') return 'Trending';
  if (isWeek(name)) return `Week ${Number(name.slice(6))}, ${name.slice(0, 4)}`;
  return /^\d{4}-\d{2}$/.test(name) ? day(name) : dayOfWeek(name);
}

/** The same as a heading, a week with its days: `Week 34, 2026 · Aug 17 – 23`. */
export function periodHeading(name: string): string {
  if (!isWeek(name)) return period(name);
  const monday = timeOf(mondayOfWeek(name));
  const sunday = monday + 6 * dayLength;
  const [first, last] = [dayOfMonth.format(monday), dayOfMonth.format(sunday)];
  const month = (text: string) => text.split(' ')[0];
  return `${period(name)} · ${first} – ${month(first) === month(last) ? new Date(sunday).getUTCDate() : last}`;
}

/** `2026-08-21` -> `Friday` */
export function weekday(iso: string): string {
  return dayIn(dayAlone, iso);
}

/** A kind of period in the singular, for what leads to the one before and after. */
export const periodWords: Record<PeriodKind, string> = {
  day: 'day',
  week: 'week',
  month: 'month',
  trending: 'list',
};

/** Each order of a digest, as it is chosen. */
export const sortWords: Record<DigestSort, string> = {
  list: 'List order',
  upvotes: 'Upvotes',
  rise: 'Rise',
  stars: 'Stars',
  comments: 'Comments',
  fit: 'Fits me',
  newest: 'Newest',
};

/** Is it over at `now` (ms)? What is no period never is. */
const isOver = (name: string, now: number) => isReal(name, kindOf(name)) && endOf(name) <= now;

/**
 * Why another period is shown than the one asked for. `now` in ms; one that may still get its papers is `yet`.
 */
export function passedOver(asked: string, shown: string, now: number): string {
  const on = /^\d{4}-\d{2}-\d{2}$/.test(asked) ? 'on' : 'in';
  return `No papers ${on} ${period(asked)}${isOver(asked, now) ? '' : ' yet'}. This is ${period(shown)}.`;
}

/** What it means for a person that the service gave no usable answer. */
export function trouble(kind: Trouble['kind']): string {
  switch (kind) {
    case 'unreachable':
      return 'Hugging Face cannot be reached.';
    case 'busy':
      return 'Hugging Face asks us to wait.';
    case 'failing':
      return 'Hugging Face has a problem of its own.';
    case 'unreadable':
      return 'The answer of Hugging Face could not be read.';
    case 'access':
      return 'The browser does not let Paper Margin reach Hugging Face.';
  }
}

/** `3 papers added, 1 changed, 2 already here`; empty where all are 0. */
function merged(
  { added, changed, same }: { added: number; changed: number; same: number },
  one: string,
): string {
  return [
    added > 0 && `${counted(added, one)} added`,
    changed > 0 && (added > 0 ? `${number(changed)} changed` : `${counted(changed, one)} changed`),
    same > 0 &&
      (added + changed > 0 ? `${number(same)} already here` : `${counted(same, one)} already here`),
  ]
    .filter(Boolean)
    .join(', ');
}

/** What an import did, in sentences: first the counts, then what was left out and each record that could not be read. */
export function imported(report: ImportReport): string[] {
  const { highlights, topics, refused } = report;
  const papers = merged(report, 'paper');
  const followed = topics ? merged(topics, 'topic') : '';
  const lines =
    papers || !followed ? [papers ? `${papers}.` : 'There was nothing to add in this file.'] : [];
  if (highlights) lines.push(`${merged(highlights, 'highlight')}.`);
  if (followed) lines.push(`${followed}.`);
  if (refused.length > 0) {
    const shown = refused.slice(0, 5).map(({ at, why }) => `record ${number(at)}: ${why}`);
    const rest =
      refused.length > shown.length ? `; and ${number(refused.length - shown.length)} more` : '';
    lines.push(
      `${counted(refused.length, 'record')} could not be read: ${shown.join('; ')}${rest}.`,
    );
  }
  return lines;
}
