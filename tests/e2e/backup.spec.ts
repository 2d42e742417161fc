// What a person does when papers are gone, and when the library itself cannot be used.
import type { OwnPage } from './driver.ts';
import { expect, test } from './fixtures.ts';

const [lanterns, rivers] = ['2402.00001', 'doi:10.1234/rivers'];
const words = 'Marked lanterns';

/** As an export of ours has them. */
const papers = [
  {
    id: lanterns,
    title: 'Glass Lanterns for Made-up Models',
    authors: ['First Author'],
    abstract: 'Lanterns, made up.',
    published: '2024-02-01',
    saved: true,
    savedAt: 1_700_000_000_000,
    keptAt: 1_700_000_000_000,
    tags: [{ name: 'reading group', changedAt: 1_700_000_000_000 }],
    highlights: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        version: 2,
        site: 'arxiv',
        kind: 'abs',
        quote: { exact: words, prefix: '', suffix: '' },
        position: { start: 0, end: words.length },
        colour: 'yellow',
        createdAt: 1_700_000_000_000,
      },
    ],
  },
  {
    id: rivers,
    title: 'Paper Rivers Revisited',
    authors: ['Third Author'],
    saved: true,
    savedAt: 1_700_000_000_001,
    keptAt: 1_700_000_000_001,
    note: { text: 'A thought of mine', updatedAt: 1_700_000_000_001 },
  },
];

/** Asks the background, as every page of ours does. @throws Error with what it refused */
const call = (page: OwnPage, verb: string, ...args: unknown[]) =>
  page.evaluate(
    async (message) => {
      const answer = await (
        globalThis as unknown as {
          browser: { runtime: { sendMessage(message: object): Promise<{ done?: unknown }> } };
        }
      ).browser.runtime.sendMessage(message);
      if (!('done' in answer)) throw new Error(JSON.stringify(answer));
    },
    { to: 'paper-margin', verb, args },
  );

test('what was backed up comes back after it was removed for good, and a library that a newer version wrote can still be taken along', async ({
  reader,
}) => {
  const library = await reader.openOwn('library.html');
  await library.untilState('ready');
  const ids = async () => (await library.part('list', 'Library').papers()).toSorted();
  await call(library, 'importRecords', papers);
  await expect.poll(ids).toEqual([lanterns, rivers]);

  const options = await reader.openOwn('options.html');
  await options.untilState('ready');

  await test.step('a backup is made when it is asked for', async () => {
    await options.untilText('There is no backup yet.');
    await options.press('Back up now');
    await options.untilText('Backed up 2 papers, 1 note, 1 highlight.');
    await options.untilText('Last backup: just now, 2 papers.');
    await options.press('Close');
    expect(await options.axe()).toEqual([]);
    expect(await options.overflowing()).toEqual([]);
  });

  await test.step('it brings papers back that are gone for good, once the person has seen them', async () => {
    await call(library, 'removePapers', [lanterns, rivers]);
    await call(library, 'emptyBin');
    await expect.poll(ids).toEqual([]);
    await options.press(/^Restore… the backup/);
    await options.untilText('2 new');
    expect(await ids()).toEqual([]);
    await options.press('Restore 2 papers');
    await options.press('Done');
    await expect.poll(ids).toEqual([lanterns, rivers]);
    await library.activate();
    for (const [query, id] of [
      ['tag:"reading group"', lanterns],
      ['marked lanterns', lanterns],
      ['"a thought of mine"', rivers],
    ] as const) {
      await library.retype('Search your library', query);
      await expect.poll(ids, query).toEqual([id]);
    }
  });

  await test.step('what a newer version wrote is told of, and what can be read of it is downloaded', async () => {
    await library.evaluate(
      () =>
        new Promise<void>((done, fail) => {
          const request = indexedDB.open('paper-margin', 990);
          request.onupgradeneeded = () => request.result.createObjectStore('of later');
          request.onerror = () => fail(request.error);
          request.onsuccess = () => {
            const writing = request.result.transaction('meta', 'readwrite');
            writing.objectStore('meta').put({ key: 'schema', value: 99 });
            writing.oncomplete = () => {
              request.result.close();
              done();
            };
          };
        }),
    );
    const recovery = await reader.openOwn('recovery.html');
    await recovery.untilState('ready');
    await recovery.untilText('A newer version of Paper Margin has written your library');
    const file = JSON.parse(await recovery.download('Download what can be read'));
    expect(file.papers.map(({ id }: { id: string }) => id).toSorted()).toEqual([lanterns, rivers]);
    expect(JSON.stringify(file)).toContain('A thought of mine');
    await recovery.untilText('2 papers written to');
    expect(await recovery.has('button', /^Restore…/)).toBe(false);
    expect(await recovery.has('button', /^Download the backup/)).toBe(true);
    expect(await recovery.axe()).toEqual([]);
    expect(await recovery.overflowing()).toEqual([]);
  });
  expect(await reader.consoleErrors()).toEqual([]);
});
