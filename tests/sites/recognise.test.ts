// What page a URL is: the sites' own examples, every known form, and arXiv's own router.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hosts, recognise, siteOf, sites } from '../../src/sites';
import { examples as arxivExamples } from '../../src/sites/arxiv';
import { examples as huggingfaceExamples } from '../../src/sites/huggingface';
import type { Examples, Page } from '../../src/sites/site';
import { recordings } from '../recordings';
import { arxivUrls, huggingfaceUrls, type Row } from './urls';

const examples: Record<Page['site'], Examples> = {
  arxiv: arxivExamples,
  huggingface: huggingfaceExamples,
};
const rows: Record<Page['site'], Row[]> = { arxiv: arxivUrls, huggingface: huggingfaceUrls };

/** The page as it should be, without a version where the URL names none. */
function page(site: Page['site'], id: string, kind: Page['kind'], version?: number) {
  return { site, kind, id, ...(version && { version }) };
}

describe.each(sites)('$name', (site) => {
  it('stands beside at least five examples of its pages and five of others', () => {
    const all = Object.values(examples[site.name]);
    expect(all.filter((example) => example !== null).length).toBeGreaterThanOrEqual(5);
    expect(all.filter((example) => example === null).length).toBeGreaterThanOrEqual(5);
  });

  it.each(Object.entries(examples[site.name]))('keeps its word on %s', (url, example) => {
    expect(site.recognise(new URL(url))).toEqual(example && page(site.name, ...example));
  });

  it('has a host pattern that the registry hands to the manifest', () => {
    expect(hosts()).toEqual(expect.arrayContaining(site.hosts));
  });
});

describe.each(['arxiv', 'huggingface'] as const)('every known form of URL at %s', (site) => {
  it.each(rows[site])('%s is %s', (url, id, kind?: Page['kind'], version?: number) => {
    const expected = id && kind ? page(site, id, kind, version) : null;
    const seen = recognise(url);
    expect(seen).toEqual(expected);
    // A version that is not there is absent, not undefined: pages are compared and sent.
    if (seen) expect('version' in seen).toBe(version !== undefined);
    if (seen) expect(siteOf(seen).name).toBe(site);
  });
});

describe('any string', () => {
  const fragment = fc.constantFrom(
    'https://',
    'arxiv.org',
    'huggingface.co',
    '/',
    'abs',
    'pdf',
    'ftp',
    'papers',
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

  it('is recognised or not, but nothing throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), crooked),
        (text) => {
          const seen = recognise(text);
          expect(seen === null || /^[\w./-]+$/.test(seen.id)).toBe(true);
        },
      ),
    );
  });

  it('that is recognised as a paper is recognised again by its id alone', () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const seen = recognise(`https://arxiv.org/abs/${path}`);
        if (seen) expect(recognise(`https://arxiv.org/abs/${seen.id}`)?.id).toBe(seen.id);
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
  const at = (path: string) => recognise(new URL(path, 'https://arxiv.org').href);
  const named = (answer: Answer) => /^\/(abs|pdf)\b/.test(answer.path);

  it('redirects to the page that we recognise already', () => {
    const redirects = answers.filter((answer) => answer.status === 301 && named(answer));
    expect(redirects.length).toBeGreaterThan(10);
    for (const { path, location } of redirects) {
      expect(at(path), path).not.toBeNull();
      expect(at(path), path).toEqual(at(location ?? ''));
    }
  });

  it('serves the papers that we recognise', () => {
    const served = answers.filter((answer) => answer.status === 200 && named(answer));
    expect(served.length).toBeGreaterThan(5);
    for (const { path } of served) expect(at(path), path).not.toBeNull();
  });

  it('refuses what we do not recognise', () => {
    const refused = answers.filter(
      (answer) =>
        answer.status === 400 || (answer.status === 404 && answer.path.startsWith('/abs')),
    );
    expect(refused.length).toBeGreaterThan(10);
    for (const { path } of refused) expect(at(path), path).toBeNull();
  });
});
