// One whole file of each version of our own JSON: an empty library takes it, and its own export has all of it again.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { importAll } from '../../src/views/importing';
import { opened, unwatched } from './opened';

interface File {
  version: number;
  papers: { id: string }[];
  topics?: { id: string }[];
}

const textOf = (version: number) =>
  readFile(new URL(`./exports/version-${version}.json`, import.meta.url), 'utf8');

const sorted = (records: { id: string }[] = []) =>
  [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

/** All names of fields in a file, as paths. */
function fields(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => fields(one, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, one]) => fields(one, `${path}.${name}`));
}

describe.each([1, 2, 3, 4])('version %i', (version) => {
  test('is read with nothing refused, and nothing of it is lost', async () => {
    const text = await textOf(version);
    const file = JSON.parse(text) as File;
    expect(file.version).toBe(version);
    const { library, files } = opened();
    const preview = await files.preview(text, unwatched());
    expect(preview).toMatchObject({ format: 'Paper Margin', refused: [], remarks: [] });
    const { report, failure } = await importAll(library, preview, unwatched());
    expect([failure, report.refused]).toEqual([undefined, []]);
    const written = await files.write('json', undefined, unwatched());
    const after = JSON.parse(await written.file.text()) as File;
    expect(sorted(after.papers)).toEqual(sorted(file.papers));
    expect(sorted(after.topics)).toEqual(sorted(file.topics));
  });
});

test('each later version has all that the ones before it have', async () => {
  const all = await Promise.all(
    [1, 2, 3, 4].map(async (version) => new Set(fields(JSON.parse(await textOf(version))))),
  );
  for (const [index, some] of all.slice(1).entries()) {
    expect([...(all[index] ?? [])].filter((field) => !some.has(field))).toEqual([]);
    expect(some.size).toBeGreaterThan(all[index]?.size ?? 0);
  }
});
