// The records of a JSON file one by one, so that a file that is cut off or broken somewhere still gives the others. Pure.
import { failure } from '../failure';

/** One element of the list, or one value of the object, at the top of a file. */
export interface JsonRecord {
  /** From 1. */
  at: number;
  /** Its name, where the top is an object. */
  key?: string;
  /** It is an element of this list in the object at the top; `at` counts in it, and is 0 where the list begins. */
  list?: string;
  /** The parsed value. Absent where there is a `why`. */
  value?: unknown;
  why?: string;
  /** Characters read so far. */
  done: number;
}

/** Records that nest deeper are none of any program's. */
const deepest = 100;

const marks = /["{}[\],]/g;

/**
 * Where the string that begins at `from` ends: behind its quotation mark, or at the end of the text. A pattern would
 * need a place on the stack for each escaped sign, and strings may have millions of them.
 */
function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text[before - 1] === '\\') before--;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return text.length;
}

/**
 * Reads the records at the top of a JSON list or object, and of an object's lists with these names their elements. One
 * that is broken is told with its reason, and reading goes on where the next begins; where the file ends too early,
 * the last record is told.
 * @throws Failure `invalid`, when the file has neither a list nor an object at its top
 */
export function* jsonRecords(text: string, lists: string[] = []): Generator<JsonRecord> {
  const [, open] = /^\uFEFF?\s*([[{])/.exec(text) ?? [];
  if (!open) {
    throw failure(
      'invalid',
      text.trim()
        ? 'This file is not JSON: it cannot be read. Choose an exported file.'
        : 'This file is empty. Choose an exported file.',
    );
  }
  const find = new RegExp(marks);
  let from = text.indexOf(open) + 1;
  find.lastIndex = from;
  let depth = 0;
  let deep = false;
  let at = 0;
  /** The list inside the object that is being read, and how many fields the object had before it. */
  let within: { list: string; fields: number } | undefined;
  const record = (to: number): JsonRecord | undefined => {
    const slice = text.slice(from, to).trim();
    from = to + 1;
    if (!slice) return undefined;
    const place = { at: ++at, done: to, ...(within && { list: within.list }) };
    if (deep) return { ...place, why: `it nests deeper than ${deepest} levels` };
    const plain = open === '[' || within;
    const name = !plain && slice.startsWith('"') ? slice.slice(0, stringEnd(slice, 0)) : '';
    try {
      const key = plain ? undefined : (JSON.parse(name) as string);
      const rest = slice.slice(name.length).trimStart();
      if (!plain && !rest.startsWith(':')) throw new SyntaxError('No value');
      const value: unknown = JSON.parse(plain ? slice : rest.slice(1));
      return { ...place, ...(key !== undefined && { key }), value };
    } catch {
      return { ...place, why: 'it is not JSON: a part of it may be missing' };
    }
  };
  for (let found = find.exec(text); found; found = find.exec(text)) {
    const sign = found[0];
    if (sign === '"') {
      find.lastIndex = stringEnd(text, found.index);
      continue;
    }
    if (sign === '[' && depth === 0 && open === '{' && !within) {
      const [, list = ''] = /^\s*"(\w{1,40})"\s*:\s*$/.exec(text.slice(from, found.index)) ?? [];
      if (lists.includes(list)) {
        within = { list, fields: at };
        yield { at: 0, list, done: found.index };
        at = 0;
        from = found.index + 1;
        continue;
      }
    }
    if (sign === '{' || sign === '[') deep = ++depth > deepest || deep;
    else if (depth > 0) depth -= sign === '}' || sign === ']' ? 1 : 0;
    else if (sign === ',' || sign === '}' || sign === ']') {
      const one = record(found.index);
      if (one) yield one;
      deep = false;
      if (sign === ',') continue;
      if (!within) return;
      at = within.fields + 1;
      within = undefined;
    }
  }
  const rest = record(text.length);
  yield {
    at: rest?.at ?? at + 1,
    done: text.length,
    ...(within && { list: within.list }),
    why: 'the file ends here, in the middle: the rest is missing',
  };
}

/** Stands for an element that cannot be read. */
export class Broken {
  constructor(readonly why: string) {}
}

/**
 * What a file that is cut off or broken somewhere still has: the fields of the object at its top, and the elements of
 * the list at its top or of the object's lists with these names; in place of a broken one a `Broken`. Where all are
 * broken there is none.
 * @throws Failure `invalid`, when the file has neither a list nor an object at its top
 */
export function brokenFile(
  text: string,
  lists: string[],
): { fields: Record<string, unknown>; elements: unknown[] } {
  const fields = new Map<string, unknown>();
  const elements: unknown[] = [];
  for (const { at, key, list, value, why } of jsonRecords(text, lists)) {
    if (list && at === 0) fields.set(list, []);
    else if (why !== undefined) elements.push(new Broken(why));
    else if (key === undefined) elements.push(value);
    else fields.set(key, value);
  }
  const some = elements.some((one) => !(one instanceof Broken));
  return { fields: Object.fromEntries(fields), elements: some ? elements : [] };
}
