// What page a URL is: the sites' own examples, every known form, and arXiv's own router.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askedHosts,
  excludedHosts,
  hosts,
  optionalHosts,
  recognise,
  recogniseList,
  siteOf,
  sites,
} from '../../src/sites';
import type { Examples, SiteName } from '../../src/sites/site';
import { recordings } from '../recordings';
import { urls } from './urls';

const folder = new URL('../../src/sites/', import.meta.url);

/** Each site is one file of its name, with its examples beside it. */
const examples = new Map<SiteName, Examples>(
  await Promise.all(
    sites.map(async ({ name }): Promise<[SiteName, Examples]> => {
      const file = new URL(`${name}.ts`, folder);
      return [name, existsSync(file) ? (await import(file.pathname)).examples : undefined];
    }),
  ),
);

/** The page and the list as they should be, without a version where the URL names none. */
function wanted(site: SiteName, expected: Examples[string]) {
  if (!expected) return { page: null, list: null };
  if ('list' in expected) return { page: null, list: { site, key: expected.list } };
  const [id, kind, version] = expected;
  return { page: { site, kind, id, ...(version && { version }) }, list: null };
}

/** What the registry says. */
function seen(url: string) {
  const list = recogniseList(url);
  return { page: recognise(url), list: list && { site: list.site, key: list.key } };
}

describe.each(sites)('$name', ({ name, ...site }) => {
  const all = Object.entries(examples.get(name) ?? {});

  it('stands beside at least five examples of its pages and five of others', () => {
    expect(all.filter(([, example]) => example).length).toBeGreaterThanOrEqual(5);
    expect(all.filter(([, example]) => !example).length).toBeGreaterThanOrEqual(5);
  });

  it.each(all)('keeps its word on %s', (url, example) => {
    expect(seen(url)).toEqual(wanted(name, example));
  });

  it('is asked for at install, or only when it is turned on, with a label for that', () => {
    const asked = askedHosts({ name, ...site });
    if (site.optional) {
      expect(site.optional.label).toMatch(/\S/);
      expect(asked.length).toBeGreaterThan(0);
      expect(optionalHosts()).toEqual(expect.arrayContaining(asked));
      expect(excludedHosts()).toEqual(expect.arrayContaining(site.hosts));
    } else {
      expect(hosts()).toEqual(expect.arrayContaining(site.hosts));
    }
    for (const host of site.hosts) expect(hosts().includes(host)).toBe(!site.optional);
  });

  it('has more URLs in the table than its examples', () => {
    expect(urls[name].length).toBeGreaterThanOrEqual(10);
  });
});

describe.each(sites)('every known form of URL at $name', ({ name }) => {
  it.each(urls[name])('%s', (url, expected) => {
    const { page, list } = seen(url);
    expect({ page, list }).toEqual(wanted(name, expected));
    // A version that is not there is absent, not undefined: pages are compared and sent.
    if (page && Array.isArray(expected)) expect('version' in page).toBe(expected.length > 2);
    if (page) expect(siteOf(page).name).toBe(name);
  });
});

it('every file with examples is in the registry', () => {
  const files = readdirSync(folder).filter((file) =>
    readFileSync(new URL(file, folder), 'utf8').includes('export const examples'),
  );
  expect(files.sort()).toEqual(sites.map(({ name }) => `${name}.ts`).sort());
});

it('nothing is asked for twice: what every install may reach is not asked for by an optional site', () => {
  expect(optionalHosts()).toContain('https://ar5iv.org/*');
  expect(optionalHosts().filter((host) => host.includes('.arxiv.org'))).toEqual([]);
  expect(excludedHosts()).toContain('https://ar5iv.labs.arxiv.org/*');
  expect(new Set(optionalHosts()).size).toBe(optionalHosts().length);
});

it('the table has every form, positive and negative, and none twice', () => {
  const all = Object.values(urls).flat();
  expect(all.length).toBeGreaterThanOrEqual(150);
  expect(new Set(all.map(([url]) => url)).size).toBe(all.length);
  expect(all.filter(([, expected]) => !expected).length).toBeGreaterThanOrEqual(50);
});

describe('any string', () => {
  const fragment = fc.constantFrom(
    'https://',
    'arxiv.org',
    'huggingface.co',
    'ar5iv.org',
    'github.com',
    '/',
    'abs',
    'pdf',
    'html',
    'list',
    'new',
    'search',
    'ftp',
    'papers',
    'date',
    '?',
    'id=',
    '%',
    '%2F',
    '#',
    ':',
    'hep-th',
    '9901001',
    '1810.04805',
    'v2',
  );
  const crooked = fc
    .array(fc.oneof(fragment, fc.string()), { maxLength: 10 })
    .map((parts) => parts.join(''));

  it('is recognised or not, as a paper or as a list, never both, and nothing throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), crooked),
        (text) => {
          const { page, list } = seen(text);
          expect(page === null || /^[\w./-]+$/.test(page.id)).toBe(true);
          expect(page && list).toBeNull();
        },
      ),
    );
  });

  it('that is recognised as a paper is recognised again by its id alone', () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const page = recognise(`https://arxiv.org/abs/${path}`);
        if (page) expect(recognise(`https://arxiv.org/abs/${page.id}`)?.id).toBe(page.id);
      }),
    );
  });
});

interface Answer {
  path: string;
  status: number;
  location: string | null;
}

describe.runIf(recordings)("arXiv's own router", () => {
  const answers: Answer[] = recordings
    ? JSON.parse(readFileSync(`${recordings}/arxiv/url-behaviour.json`, 'utf8'))
    : [];
  const at = (path: string) => seen(new URL(path, 'https://arxiv.org').href);
  /** Paths that name a paper, a listing of a category or a day. */
  const named = ({ path }: Answer) =>
    /^\/(abs|pdf|html|format|tb|bibtex|e-print|src|list|catchup|a)\b(?!\?subject)/.test(path);
  const nothing = { page: null, list: null };

  it('redirects to what we recognise already', () => {
    const redirects = answers.filter((answer) => answer.status === 301 && named(answer));
    expect(redirects.length).toBeGreaterThan(15);
    for (const { path, location } of redirects) {
      expect(at(path), path).not.toEqual(nothing);
      expect(at(path).page, path).toEqual(at(location ?? '').page);
      expect(at(path).list === null, path).toBe(at(location ?? '').list === null);
    }
  });

  it('serves the papers and the lists that we recognise', () => {
    const served = answers.filter((answer) => answer.status === 200 && named(answer));
    expect(served.length).toBeGreaterThan(20);
    for (const { path } of served) expect(at(path), path).not.toEqual(nothing);
  });

  it('refuses what we do not recognise; whether a category, an author or a day exists, only it knows', () => {
    const refused = answers.filter(
      ({ path, status }) =>
        (status === 400 && !/NOPE|nosuch|^\/a\/|^\/catchup/.test(path)) ||
        (status === 404 && /^\/(abs|list)/.test(path)),
    );
    expect(refused.length).toBeGreaterThan(10);
    for (const { path } of refused) expect(at(path), path).toEqual(nothing);
  });
});
