// The replica world answers as the real services do: checked through its proxy, as a browser would ask.
import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import { parseXml } from '@rgrove/parse-xml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordings } from '../recordings.ts';
import { readId } from '../world/arxiv-id.ts';
import { addDays, weekOf } from '../world/clock.ts';
import { arxivEmptyFeed, arxivRateExceeded, busyAtTheEdge, quotaUsedUp } from '../world/faults.ts';
import { leaks, startWorld, type World } from '../world/index.ts';
import type { Seen } from '../world/network.ts';
import { anyPageLinks, elsewhere } from '../world/other-sites.ts';
import { lists, oddRows, papers, repositories } from '../world/papers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ recordings, quota: 100_000 });
});
afterAll(() => world.stop());

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Opens a tunnel through the proxy; rejects where the proxy refuses. */
function tunnel(to: World, host: string): Promise<Socket> {
  const { hostname, port } = new URL(to.proxy);
  return new Promise((done, failed) => {
    request({ hostname, port, method: 'CONNECT', path: `${host}:443` })
      .on('connect', (answer, socket) => {
        if (answer.statusCode === 200) done(socket);
        else failed(new Error(`CONNECT ${answer.statusCode}`));
      })
      .on('error', failed)
      .end();
  });
}

async function ask(
  url: string,
  headers: Record<string, string> = {},
  to = world,
  signal?: AbortSignal,
): Promise<Got> {
  const { hostname, pathname, search } = new URL(url);
  const socket = await tunnel(to, hostname);
  const encrypted = secure({ socket, servername: hostname, rejectUnauthorized: false });
  return new Promise((done, failed) => {
    encrypted.on('error', failed);
    const options = {
      createConnection: () => encrypted,
      path: pathname + search,
      setHost: false,
      headers: { host: hostname, ...headers },
      ...(signal ? { signal } : {}),
    };
    request(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', failed);
      answer.on('end', () =>
        done({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    })
      .on('error', failed)
      .end();
  });
}

const api = (path: string, headers?: Record<string, string>, to?: World) =>
  ask(`https://huggingface.co/api/${path}`, headers, to);

const list = async (query: string): Promise<{ paper: { id: string; upvotes: number } }[]> =>
  JSON.parse((await api(`daily_papers?${query}`)).text);

const daysAgo = (count: number) => addDays(world.today, -count);

const idsIn = (text: string): string[] =>
  JSON.parse(text).map(({ paper }: { paper: { id: string } }) => paper.id);

/** The papers of an arXiv listing, from top to bottom. */
const rowsOf = (html: string): string[] =>
  [...html.matchAll(/<a href ="\/abs\/([^"]*)" title="Abstract"/g)].map(([, id]) => `${id}`);

describe('the network', () => {
  test('refuses every other host, and remembers that it was asked', async () => {
    const mark = world.mark();
    await expect(ask('https://telemetry.example/')).rejects.toThrow('CONNECT 403');
    expect(world.since(mark)).toMatchObject([{ host: 'telemetry.example', refused: true }]);
  });

  test('sends plain http on to https, and remembers it too', async () => {
    const mark = world.mark();
    const { hostname, port } = new URL(world.proxy);
    const answer = await new Promise<IncomingMessage>((done, failed) => {
      request({ hostname, port, path: 'http://arxiv.org/abs/1810.04805' }, done)
        .on('error', failed)
        .end();
    });
    answer.resume();
    expect([answer.statusCode, answer.headers.location]).toEqual([
      301,
      'https://arxiv.org/abs/1810.04805',
    ]);
    expect(world.since(mark)).toMatchObject([{ host: 'arxiv.org', path: '/abs/1810.04805' }]);
  });

  test('remembers path, query, method and headers of what it serves', async () => {
    const mark = world.mark();
    await api('daily_papers?limit=3', { accept: 'application/json' });
    expect(world.since(mark)).toMatchObject([
      {
        host: 'huggingface.co',
        path: '/api/daily_papers?limit=3',
        method: 'GET',
        headers: { accept: 'application/json' },
      },
    ]);
  });

  test('closes everything at its end, also a request that hangs', async () => {
    const other = await startWorld();
    other.fault({ path: '/' }, 'hang');
    const hanging = ask('https://arxiv.org/', {}, other);
    const failed = expect(hanging).rejects.toThrow();
    await expect.poll(() => other.requests.length).toBe(1);
    await other.stop();
    await failed;
  });
});

describe('day lists of Hugging Face', () => {
  test('are sorted by upvotes', async () => {
    const upvotes = (await list(`date=${daysAgo(1)}&limit=100`)).map(({ paper }) => paper.upvotes);
    expect(upvotes.length).toBeGreaterThan(20);
    expect(upvotes).toEqual(upvotes.toSorted((one, other) => other - one));
  });

  test('are what the world says it lists', async () => {
    const ids = (await list(`date=${world.today}`)).map(({ paper }) => paper.id);
    expect(ids).toEqual(world.list(world.today).map(({ id }) => id));
    expect(ids[0]).toBe(papers.complete);
  });

  test('are empty, not missing, on a day without papers', async () => {
    const answer = await api(`daily_papers?date=${daysAgo(2)}`);
    expect([answer.status, answer.text]).toEqual([200, '[]']);
  });

  test('refuse a day that is still to come, and one that is none', async () => {
    const future = await api(`daily_papers?date=${daysAgo(-1)}`);
    expect(future.status).toBe(400);
    expect(future.text).toContain('must be less than or equal to');
    for (const date of ['2025-13-40', 'today', ''])
      expect((await api(`daily_papers?date=${date}`)).status).toBe(400);
  });

  test('come in pages of 50 unless told otherwise, of 100 at most, with a link to the next', async () => {
    const day = `date=${daysAgo(7)}`;
    const first = await api(`daily_papers?${day}&limit=100`);
    expect(JSON.parse(first.text)).toHaveLength(100);
    expect(first.headers.link).toBe(
      `<https://huggingface.co/api/daily_papers?${day}&limit=100&p=1>; rel="next"`,
    );
    const second = await api(`daily_papers?${day}&limit=100&p=1`);
    expect(JSON.parse(second.text)).toHaveLength(30);
    expect(second.headers.link).toBeUndefined();
    expect(await list(`${day}&p=9`)).toEqual([]);
    expect(await list(day)).toHaveLength(50);
    expect((await api(`daily_papers?${day}&limit=101`)).status).toBe(400);
  });

  test('of a past week hold its days, of one without papers nothing, and week 53 is refused', async () => {
    const autumn = await startWorld({ today: '2026-10-14' });
    const ofWeek = (week: string, more = '') =>
      api(`daily_papers?week=${week}&limit=100${more}`, {}, autumn);
    const past = [await ofWeek('2026-W41'), await ofWeek('2026-W41', '&p=1')];
    const empty = await ofWeek('2026-W30');
    const refused = await ofWeek('2026-W53');
    const days = ['2026-10-10', '2026-10-09', '2026-10-08', '2026-10-07', '2026-10-06'];
    const ids = days.flatMap((day) => autumn.list(day).map(({ id }) => id));
    await autumn.stop();
    expect(weekOf('2026-10-14')).toBe('2026-W42');
    expect(past.flatMap(({ text }) => idsIn(text)).toSorted()).toEqual(ids.toSorted());
    expect(empty.text).toBe('[]');
    expect(refused.status).toBe(400);
  });

  test.each(['2026-10-14', '2026-06-01', '2027-02-01'])(
    'of the present week and month are long whatever day it is: %s',
    async (today) => {
      const then = await startWorld({ today });
      const all = async (query: string) => {
        const pages = await Promise.all(
          [0, 1, 2, 3, 4].map((at) => api(`daily_papers?${query}&limit=100&p=${at}`, {}, then)),
        );
        return pages.flatMap(({ text }) => idsIn(text));
      };
      const week = await all(`week=${weekOf(today)}`);
      const month = await all(`month=${today.slice(0, 7)}`);
      const shown = [then.period('week'), then.period('month')];
      const ofToday = then.list(today).map(({ id }) => id);
      await then.stop();
      expect([week.length, month.length]).toEqual([105, 430]);
      expect(shown.map((list) => list.map(({ id }) => id))).toEqual([week, month]);
      for (const list of [week, month]) {
        expect(new Set(list).size).toBe(list.length);
        for (const id of [papers.complete, papers.inPeriodsOnly]) expect(list).toContain(id);
        expect(ofToday.filter((id) => !list.includes(id))).toEqual([]);
      }
    },
  );

  test('of Trending come in an order of its own, not by upvotes', async () => {
    const trending = world.period('trending');
    const first = (await list('sort=trending&limit=100')).map(({ paper }) => paper.id);
    expect(first).toEqual(trending.slice(0, 100).map(({ id }) => id));
    const upvotes = trending.map((one) => one.upvotes);
    expect(upvotes).not.toEqual(upvotes.toSorted((one, other) => other - one));
    expect(first[0]).toBe(papers.complete);
  });

  test('name a paper that came twice once in a list of many days', async () => {
    const pages = await Promise.all(
      [0, 1, 2, 3].map((at) => list(`sort=trending&limit=100&p=${at}`)),
    );
    const ids = pages.flat().map(({ paper }) => paper.id);
    expect(ids.filter((id) => id === papers.moved)).toHaveLength(1);
    expect(world.list(daysAgo(4)).map(({ id }) => id)).toContain(papers.moved);
    expect(world.list(daysAgo(1)).map(({ id }) => id)).toContain(papers.moved);
  });

  test('are dated by midnight of their day', async () => {
    const all = JSON.parse((await api(`daily_papers?date=${daysAgo(1)}&limit=100`)).text);
    for (const { paper } of all)
      expect(paper.submittedOnDailyAt).toBe(`${daysAgo(1)}T00:00:00.000Z`);
  });

  test('have no field that is null', async () => {
    const { text } = await api(`daily_papers?date=${daysAgo(1)}&limit=100`);
    expect(text).not.toMatch(/:null/);
  });
});

describe('one paper on Hugging Face', () => {
  test('says what is linked, the whole number beside a short list', async () => {
    const paper = JSON.parse((await api(`papers/${papers.complete}`)).text);
    expect(paper).toMatchObject({
      id: papers.complete,
      upvotes: 163,
      githubStars: 1234,
      numTotalModels: 12,
    });
    expect(paper.linkedModels).toHaveLength(3);
    expect(paper.comments).toBeUndefined();
  });

  test('has its comments when asked for them', async () => {
    const paper = JSON.parse((await api(`papers/${papers.complete}?field=comments`)).text);
    expect(paper.comments).toHaveLength(3);
  });

  test('has no day when it never was on Daily Papers', async () => {
    const paper = JSON.parse((await api(`papers/${papers.neverDaily}`)).text);
    expect(paper.submittedOnDailyAt).toBeUndefined();
    expect(paper.upvotes).toBe(1);
  });

  test('is a 404 with a sentence when it is not known', async () => {
    const answer = await api(`papers/${papers.plain}`);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text).error).toMatch(
      /^Paper not found\. .*\n\n.*arxiv\.org\/abs\/2601\.80002/s,
    );
  });

  test('is found by words of its title', async () => {
    const found = JSON.parse((await api('papers/search?q=came%20twice')).text);
    expect(found.map(({ paper }: { paper: { id: string } }) => paper.id)).toEqual([papers.moved]);
    expect((await api(`papers/search?q=${'x'.repeat(251)}`)).status).toBe(400);
  });
});

describe('the quota of Hugging Face', () => {
  test('counts down with every answer, and then there are none', async () => {
    const strict = await startWorld({ quota: 2 });
    const answers = [];
    for (const path of ['daily_papers', 'papers/9', 'daily_papers'])
      answers.push(await api(path, {}, strict));
    await strict.stop();
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 429]);
    expect(answers.map(({ headers }) => /r=(\d+)/.exec(String(headers.ratelimit))?.[1])).toEqual([
      '1',
      '0',
      '0',
    ]);
    expect(answers[0]?.headers.ratelimit).toMatch(/^"api";r=1;t=\d+$/);
    expect(answers[0]?.headers['ratelimit-policy']).toBe('"fixed window";"api";q=2;w=300');
  });

  test('an answer that the asker has already is not sent again', async () => {
    const first = await api(`papers/${papers.complete}`);
    const again = await api(`papers/${papers.complete}`, {
      'if-none-match': String(first.headers.etag),
    });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

describe('faults', () => {
  const path = '/api/daily_papers';
  const today = () => api(`daily_papers?date=${world.today}`);

  test('meet only their host and path, so often as told, until taken back', async () => {
    const takeBack = world.fault({ host: 'huggingface.co', path, times: 1 }, { status: 503 });
    expect((await api(`papers/${papers.complete}`)).status).toBe(200);
    expect((await today()).status).toBe(503);
    expect((await today()).status).toBe(200);
    takeBack();
    const forGood = world.fault({ path: /date=/ }, { status: 500 });
    expect((await today()).status).toBe(500);
    expect((await today()).status).toBe(500);
    forGood();
    expect((await today()).status).toBe(200);
  });

  test('429 comes with the quota, or from the edge without', async () => {
    world.fault({ path, times: 1 }, quotaUsedUp(42));
    const first = await today();
    expect([first.status, first.headers.ratelimit]).toEqual([429, '"api";r=0;t=42']);
    world.fault({ path, times: 1 }, busyAtTheEdge);
    const second = await today();
    expect([second.status, second.headers.ratelimit]).toEqual([429, undefined]);
  });

  test('reset and cut break the connection', async () => {
    world.fault({ path, times: 1 }, 'reset');
    await expect(today()).rejects.toThrow();
    world.fault({ path, times: 1 }, 'cut');
    await expect(today()).rejects.toThrow();
  });

  test('hang until the asker gives up', async () => {
    const mark = world.mark();
    world.fault({ path, times: 1 }, 'hang');
    const patience = new AbortController();
    const hanging = ask(`https://huggingface.co${path}`, {}, world, patience.signal);
    const failed = expect(hanging).rejects.toThrow('abort');
    await expect.poll(() => world.since(mark).length).toBe(1);
    patience.abort();
    await failed;
  });

  test('a delay gives the real answer later', async () => {
    world.fault({ path, times: 1 }, { delay: 60 });
    const before = performance.now();
    expect(JSON.parse((await today()).text)).toHaveLength(12);
    expect(performance.now() - before).toBeGreaterThan(55);
  });

  test('a truncated answer is no JSON, and a web page neither', async () => {
    world.fault({ path, times: 1 }, 'truncate');
    const half = await today();
    expect(half.status).toBe(200);
    expect(() => JSON.parse(half.text)).toThrow();
    world.fault({ path, times: 1 }, 'html');
    const html = await today();
    expect([html.status, html.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test('wrong types keep the list and the ids', async () => {
    world.fault({ path, times: 1 }, 'wrong-types');
    const all = JSON.parse((await today()).text);
    expect(all).toHaveLength(12);
    expect(all[0].paper).toMatchObject({ id: papers.complete, upvotes: 'many' });
    expect(Array.isArray(all[0].paper.authors)).toBe(false);
    world.fault({ path, times: 1 }, 'wrong-shape');
    expect(Array.isArray(JSON.parse((await today()).text))).toBe(false);
  });

  test('hostile strings are everywhere but in the ids', async () => {
    world.fault({ path, times: 1 }, 'hostile');
    const { text } = await today();
    const all = JSON.parse(text);
    expect(all[0].paper.id).toBe(papers.complete);
    expect(text).toContain('"__proto__":{"polluted":true}');
    for (const part of ['onerror=', 'javascript:', '\u202E', '\\u0000'])
      expect(text).toContain(part);
    expect(all.map(({ title }: { title: string }) => title)).not.toContain(
      world.list(world.today)[4]?.title,
    );
  });
});

describe('abstract pages of arXiv', () => {
  const abs = (path: string, host = 'arxiv.org') => ask(`https://${host}/abs${path}`);

  test('carry the metadata in meta tags, TeX as it was written', async () => {
    const { text } = await abs(`/${papers.math}`);
    expect(text).toContain('<meta name="citation_arxiv_id" content="2601.80004" />');
    expect(text).toContain('<meta name="citation_author" content="Author, First" />');
    expect(text).toContain('<meta name="citation_date" content="2026/01/15" />');
    expect(text).toContain('<meta name="citation_online_date" content="2026/03/04" />');
    expect(text).toMatch(/citation_title" content="Bounds of \$\\mathcal\{O\}/);
    expect(text).toContain('[2601.80004] Bounds');
  });

  test('name the version in title and address only when it was asked for', async () => {
    const { text } = await abs(`/${papers.math}v2`);
    expect(text).toContain('<title>[2601.80004v2]');
    expect(text).toContain('<link rel="canonical" href="https://arxiv.org/abs/2601.80004"/>');
    expect(text).toContain('(this version, v2), <em>latest version 4 Mar 2026</em>');
    expect(text).toContain('href="/pdf/2601.80004v2"');
  });

  test('are a 404 without #abs for an unknown paper, an unknown version and no id at all', async () => {
    for (const [path, title] of [
      [papers.unknown, '[2601.99999] Article identifier not recognized'],
      [`${papers.math}v99`, '[2601.80004v99] Article not found'],
      ['hep-th9901001', '<title></title>'],
    ]) {
      const { status, text } = await abs(`/${path}`);
      expect(status).toBe(404);
      expect(text).toContain(title);
      expect(text).not.toContain('id="abs"');
    }
  });

  test.each([
    ['/1810.4805', '/abs/1810.04805'],
    ['/1810.04805V2', '/abs/1810.04805v2'],
    ['/1810.04805/', '/abs/1810.04805'],
    ['/1810.04805v1/extra', '/abs/1810.04805v1'],
    ['/1810.04805.pdf', '/abs/1810.04805'],
    ['/arXiv:1810.04805', '/abs/1810.04805'],
    ['/0704.00001', '/abs/0704.0001'],
    ['/HEP-TH/9901001', '/abs/hep-th/9901001'],
    ['/hepth/9901001', '/abs/hep-th/9901001'],
    ['/math.GT/0309999', '/abs/math/0309999'],
  ])('%s moves to %s', async (path, location) => {
    const answer = await abs(path);
    expect([answer.status, answer.headers.location]).toEqual([301, location]);
  });

  test('answer the old form with the id in the query without a redirect', async () => {
    for (const path of [`?id=${papers.oldStyle}`, `?${papers.oldStyle}`]) {
      const { status, text } = await abs(path);
      expect(status).toBe(200);
      expect(text).toContain(`citation_arxiv_id" content="${papers.oldStyle}"`);
    }
  });

  test('are the same under every name of arXiv', async () => {
    const pages = await Promise.all(
      ['arxiv.org', 'www.arxiv.org', 'export.arxiv.org'].map((host) =>
        abs(`/${papers.plain}`, host),
      ),
    );
    expect(new Set(pages.map(({ text }) => text)).size).toBe(1);
  });

  test('of a withdrawn paper offer no PDF, those of its older version do', async () => {
    const latest = (await abs(`/${papers.withdrawn}`)).text;
    expect(latest).toContain('<li>Withdrawn</li>');
    expect(latest).toContain('<span class="error"');
    expect((await abs(`/${papers.withdrawn}v1`)).text).toContain(
      `href="/pdf/${papers.withdrawn}v1"`,
    );
  });

  test('make markup of nothing that a title says', async () => {
    const { text } = await abs('/2601.90008');
    expect(text).not.toContain('<b>Bold</b>');
  });
});

describe('the rest of arXiv', () => {
  test('a PDF is one, and its old address moves', async () => {
    const pdf = await ask(`https://arxiv.org/pdf/${papers.complete}`);
    expect([pdf.status, pdf.headers['content-type'], pdf.text.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect((await ask(`https://arxiv.org/pdf/${papers.complete}v9`)).status).toBe(404);
    const old = await ask(`https://arxiv.org/pdf/${papers.complete}v1.pdf`);
    expect([old.status, old.headers.location]).toEqual([301, `/pdf/${papers.complete}v1`]);
  });

  test('a PDF names its file by number and version', async () => {
    const nameOf = async (path: string) =>
      (await ask(`https://arxiv.org/${path}`)).headers['content-disposition'];
    expect(await nameOf(`pdf/${papers.math}`)).toBe(`inline; filename="${papers.math}v4.pdf"`);
    expect(await nameOf(`pdf/${papers.math}v2`)).toBe(`inline; filename="${papers.math}v2.pdf"`);
    expect(await nameOf(`pdf/${papers.oldStyle}`)).toBe('inline; filename="9901999v2.pdf"');
    expect(await nameOf('ftp/hep-th/papers/9901/9901999.pdf')).toBe(
      'inline; filename="9901999v2.pdf"',
    );
  });

  test('an HTML version is a LaTeXML document with a base of its own, and a 404 page where there is none', async () => {
    const { status, text } = await ask(`https://arxiv.org/html/${papers.math}v2`);
    expect(status).toBe(200);
    for (const part of [
      '<header class="arxiv-html-header">',
      '<article class="ltx_document',
      `<base href="/html/${papers.math}v2/">`,
      'alttext="x&#60;y"',
      'ltx_role_footnote',
      `arXiv:${papers.math}v2 [cs.IT]`,
    ])
      expect(text).toContain(part);
    expect(text.match(/<section class="ltx_section"/g)).toHaveLength(4);
    expect(text).not.toContain('citation_');
    for (const path of [papers.plain, `${papers.math}v9`, 'not-an-id']) {
      const none = await ask(`https://arxiv.org/html/${path}`);
      expect([path, none.status, none.text.includes('No HTML for')]).toEqual([path, 404, true]);
      expect(none.text).not.toContain('ltx_document');
    }
  });

  test('formats and trackbacks are pages of a paper that is there', async () => {
    for (const area of ['format', 'tb']) {
      const page = (id: string) => ask(`https://arxiv.org/${area}/${id}`);
      expect((await page(papers.oldStyle)).text).toContain(`href="/abs/${papers.oldStyle}"`);
      expect((await page(papers.unknown)).status).toBe(404);
    }
  });

  test('a list has a section a day, all with the same id', async () => {
    const { text } = await ask('https://arxiv.org/list/cs.LG/recent');
    expect(text.match(/<dl id='articles'>/g)?.length).toBeGreaterThan(2);
    expect(text).toContain(
      `<a href ="/abs/${papers.complete}" title="Abstract" id="${papers.complete}">`,
    );
  });

  test('the Atom API gives known papers in the order asked, and leaves out the others', async () => {
    const ids = `${papers.oldStyle},${papers.unknown},${papers.math}v2`;
    const { text } = await ask(`https://export.arxiv.org/api/query?id_list=${ids}`);
    expect([...text.matchAll(/<id>http:(.*)<\/id>/g)].map(([, id]) => id)).toEqual([
      `//arxiv.org/abs/${papers.oldStyle}v2`,
      `//arxiv.org/abs/${papers.math}v2`,
    ]);
  });

  test('the Atom API can be too busy, with an error or with an empty success', async () => {
    const url = `https://export.arxiv.org/api/query?id_list=${papers.math}`;
    world.fault({ host: 'export.arxiv.org', times: 1 }, arxivRateExceeded);
    expect(await ask(url)).toMatchObject({ status: 429, text: 'Rate exceeded.' });
    world.fault({ host: 'export.arxiv.org', times: 1 }, arxivEmptyFeed);
    const empty = await ask(url);
    expect(empty.status).toBe(200);
    expect(empty.text).not.toContain('<entry>');
  });

  test('the Atom API can be hostile, and is still XML with its ids', async () => {
    world.fault({ host: 'export.arxiv.org', times: 1 }, 'hostile');
    const { text } = await ask(`https://export.arxiv.org/api/query?id_list=${papers.math}`);
    expect(text).toContain(`<id>http://arxiv.org/abs/${papers.math}v4</id>`);
    expect(text).toContain('&#60;script&#62;');
    expect(() => parseXml(text)).not.toThrow();
  });

  test('ids that arXiv does not accept are none', () => {
    for (const text of [
      '1313.0001',
      '0703.0001',
      'hep-th/0801001',
      'hep-th/9913001',
      '9901001',
      'math',
      ' 1810.04805',
    ]) {
      expect(readId(text), text).toBeNull();
    }
  });
});

describe('lists of arXiv', () => {
  const arxiv = (path: string) => ask(`https://arxiv.org${path}`);

  test('have papers of today at Hugging Face, and such as it does not know', async () => {
    const ids = rowsOf((await arxiv('/list/cs.LG/recent')).text);
    expect(ids).toHaveLength(50);
    const ofToday = world.list(world.today).map(({ id }) => id);
    expect(ofToday.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toContain(papers.plain);
    expect((await arxiv('/list/cs.LG/recent')).text).toContain('(cross-list from quant-ph)');
  });

  test('are paged by skip and show, from 25 to 2,000 rows', async () => {
    const all = rowsOf((await ask(lists.long)).text);
    expect([all.length, new Set(all).size]).toEqual([2000, 2000]);
    const page = async (query: string) => rowsOf((await arxiv(`/list/cs.LG/recent?${query}`)).text);
    expect(await page('skip=30&show=25')).toEqual(all.slice(30, 55));
    expect(await page('skip=1990&show=50')).toEqual(all.slice(1990));
    expect(await page('show=1')).toHaveLength(25);
    expect(await page('show=9999')).toHaveLength(2000);
    expect(await page('skip=2000')).toEqual([]);
    const month = world.period('month').map(({ id }) => id);
    if (!recordings) expect(all.filter((id) => month.includes(id)).length).toBeGreaterThan(100);
    expect((await arxiv(`/abs/${all.at(-1)}`)).status).toBe(200);
  });

  test('can be longer than any real one', async () => {
    const ids = rowsOf((await ask(lists.longest)).text);
    expect([ids.length, new Set(ids).size]).toEqual([10_000, 10_000]);
  });

  test('of new papers have three parts with abstracts, one is of replacements', async () => {
    const { text } = await arxiv('/list/cs.LG/new');
    expect([...text.matchAll(/<h3>(\w+) submissions/g)].map(([, kind]) => kind)).toEqual([
      'New',
      'Cross',
      'Replacement',
    ]);
    expect(text.match(/<p class='mathjax'>/g)).toHaveLength(rowsOf(text).length);
    expect(text).toMatch(/id="2601\.80010">[\s\S]{0,60}\(replaced\)/);
    expect(text).toContain(`href="/html/${papers.replaced}v2" title="View HTML"`);
  });

  test('of a month have no headings', async () => {
    const { text } = await arxiv('/list/cs.LG/2026-01?show=2000');
    expect(text).not.toMatch(/<dl id='articles'>\s*<h3>/);
    expect(rowsOf(text).length).toBeGreaterThan(400);
  });

  test('say so where a day or a part has no papers', async () => {
    expect((await arxiv('/list/hep-th/recent')).text).toContain('No updates for this time period.');
  });

  test('have an odd one, with all that can be wrong', async () => {
    const { text } = await ask(lists.odd);
    const rows = text.split('<dt>').slice(1);
    expect(
      rows.map((row) => /title="Abstract" id="(?!1313)([^"]+)"/.exec(row)?.[1] ?? null),
    ).toEqual([...oddRows]);
    expect(text).toContain('/abs/math.GT/0309999');
    expect(rows.filter((row) => !row.includes('<dd>'))).toHaveLength(1);
  });

  test.each([
    ['/list/cs.LG/2009-1', 301, '/list/cs.LG/2009-01'],
    ['/list/cs.LG/200901', 301, '/list/cs.LG/2009-01'],
    ['/list/cs.LG/09', 301, '/list/cs.LG/2009'],
    ['/list/cs.LG/0901', 400, undefined],
    ['/list/cs.NOPE/recent', 400, undefined],
    ['/list/nosuch/recent', 400, undefined],
    ['/list/cs.LG', 404, undefined],
    ['/list/cs.LG/2026', 200, undefined],
    ['/list/cs.LG/pastweek', 200, undefined],
    ['/catchup/cs.LG/2020-01-01', 400, undefined],
    ['/catchup?subject=cs&date=2024-09-03', 301, '/catchup/cs/2024-09-03'],
    ['/a/author_a_1', 200, undefined],
    ['/a/foo_b_1', 400, undefined],
  ])('%s answers %i', async (path, status, location) => {
    const answer = await arxiv(path);
    expect([answer.status, answer.headers.location]).toEqual([status, location]);
  });

  test('of a day to catch up have abstracts when asked for', async () => {
    const path = `/catchup/cs.LG/${daysAgo(1)}`;
    const { text } = await arxiv(path);
    expect(rowsOf(text)).toHaveLength(world.list(daysAgo(1)).length);
    expect(text).not.toContain("<p class='mathjax'>");
    expect((await arxiv(`${path}?abs=True`)).text).toContain("<p class='mathjax'>");
    expect((await arxiv(`/catchup/cs.LG/${daysAgo(-1)}`)).status).toBe(400);
    const none = await arxiv(`/catchup/cs.LG/${daysAgo(2)}`);
    expect([none.status, rowsOf(none.text)]).toEqual([200, []]);
  });

  test('of the search mark the words, and name the version of an older one only', async () => {
    const search = (query: string) => arxiv(`/search/?query=${query}`);
    const links = (text: string) =>
      [...text.matchAll(/list-title[^>]*><a href="https:\/\/arxiv\.org\/abs\/([^"]*)"/g)].map(
        ([, id]) => id,
      );
    const { text } = await search('plain+paper');
    expect(links(text)).toContain(papers.plain);
    expect(text).toContain('<span class="search-hit mathjax">Plain</span>');
    expect(text.match(/<li class="arxiv-result">/g)).toHaveLength(links(text).length);
    const { text: older } = await search('bounds+costs&include_older_versions=1');
    const { math } = papers;
    expect(links(older)).toEqual([math, `${math}v1`, `${math}v2`, `${math}v3`]);
    expect(links((await search('made-up&size=200')).text)).toHaveLength(200);
    expect((await search('nothing-at-all')).text).not.toContain('<ol');
    expect((await search(math)).headers.location).toBe(`/abs/${math}`);
    expect((await search('three+hundred')).text).toContain(', et al.');
  });
});

describe('the other sites', () => {
  test('alphaXiv has arXiv papers under three addresses, and one of its own', async () => {
    for (const area of ['abs', 'overview', 'pdf']) {
      const { status, text } = await ask(`https://www.alphaxiv.org/${area}/${papers.plain}`);
      expect([status, text.includes('A Plain Paper')]).toEqual([200, true]);
    }
    expect((await ask(elsewhere.alphaxivOwn)).status).toBe(200);
    expect((await ask(`https://www.alphaxiv.org/abs/${papers.unknown}`)).status).toBe(404);
  });

  test('ar5iv says with a success that it has nothing', async () => {
    for (const host of ['ar5iv.labs.arxiv.org', 'ar5iv.org']) {
      const has = await ask(`https://${host}/html/${papers.math}`);
      expect(has.text).toContain('<article class="ltx_document');
      const none = await ask(`https://${host}/html/${papers.plain}`);
      expect([none.status, none.text.includes('No content available')]).toEqual([200, true]);
      expect(none.text).not.toContain('ltx_document');
    }
  });

  test.each([
    [elsewhere.semanticScholar, 2],
    [elsewhere.semanticScholarWithout, 0],
    [elsewhere.openreview, 1],
    [elsewhere.openreviewWithout, 0],
    [elsewhere.githubOne, 1],
    [elsewhere.githubSeveral, 3],
    [elsewhere.githubNone, 0],
  ])('%s names %i papers', async (url, count) => {
    const { status, text } = await ask(url);
    expect(status).toBe(200);
    const ids = [...text.matchAll(/(?:abs|pdf|papers)\/(2601\.\d{5})/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(count);
  });

  test('any page links to papers in every form', async () => {
    const { text } = await ask(elsewhere.anyPage);
    for (const [name, href] of Object.entries(anyPageLinks))
      expect(text).toContain(`<a href="${href}">${name}</a>`);
  });
});

describe('pages of Hugging Face', () => {
  const hub = (path: string) => ask(`https://huggingface.co${path}`);
  const cards = (text: string) =>
    text.slice(0, text.indexOf('<template')).split('<article class="card">').slice(1);
  const cardIds = (text: string) =>
    cards(text).map((card) => /<h3[^>]*><a href="\/papers\/([^"]*)"/.exec(card)?.[1]);

  test('a day has a card for each paper, with three or four links to it and no abstract', async () => {
    const { text } = await hub(`/papers/date/${daysAgo(1)}`);
    expect(cardIds(text)).toEqual(world.list(daysAgo(1)).map(({ id }) => id));
    for (const card of cards(text)) {
      const id = /\/papers\/([\d.]+)/.exec(card)?.[1];
      const links = card.split(`href="/papers/${id}`).length - 1;
      expect([3, 4]).toContain(links);
      expect(card).toContain(`href="/papers/${id}#community"`);
      expect(card).toMatch(/<label[^>]*>.*<div class="leading-none">\d+<\/div><\/label>/);
    }
    expect(text.slice(0, text.indexOf('data-props="{&#34;authLight'))).not.toContain('We made up');
  });

  test('the old address of a day still answers', async () => {
    const { status, text } = await hub(`/papers?date=${daysAgo(4)}`);
    expect(status).toBe(200);
    expect(cardIds(text)).toEqual(world.list(daysAgo(4)).map(({ id }) => id));
  });

  test.each(['week', 'month', 'trending'] as const)(
    'the page of the %s shows 105 papers at most, by and by',
    async (period) => {
      const name = { week: weekOf(world.today), month: world.today.slice(0, 7), trending: '' };
      const found: unknown[] = [];
      let path: string | undefined =
        `/papers/${period}${period === 'trending' ? '' : `/${name[period]}`}`;
      let pages = 0;
      while (path) {
        const { text } = await hub(path);
        found.push(...cardIds(text));
        path = /data-more="([^"]*)"/.exec(text)?.[1]?.replaceAll('&#38;', '&');
        pages += 1;
      }
      expect(pages).toBe(3);
      expect(found).toEqual(
        world
          .period(period)
          .slice(0, 105)
          .map(({ id }) => id),
      );
    },
  );

  test('a period without papers shows the present one', async () => {
    const { text } = await hub('/papers/week/2020-W02');
    expect(text).toContain(`<time>${weekOf(world.today)}</time>`);
  });

  test('Trending can be searched', async () => {
    const ids = cardIds((await hub('/papers/trending?q=came%20TWICE')).text);
    expect(ids).toEqual([papers.moved]);
  });

  test('buttons lead to the latest day, week and month', async () => {
    const { text } = await hub(`/papers/date/${daysAgo(7)}`);
    const paths = [...text.matchAll(/<button[^>]*data-path="([^"]*)"/g)].map(([, path]) => path);
    expect(paths.slice(0, 3)).toEqual([
      `/papers/date/${world.today}`,
      `/papers/week/${weekOf(world.today)}`,
      `/papers/month/${world.today.slice(0, 7)}`,
    ]);
  });

  test.each(Object.entries(repositories))(
    '%s carries a tag for each of its papers',
    async (path, ids) => {
      const { status, text } = await hub(path);
      expect(status).toBe(200);
      const header = text.slice(0, text.indexOf('<template'));
      const tags = [
        ...header.matchAll(
          /<a class="tag" href="(?:\/papers\/|https:\/\/arxiv\.org\/abs\/)([\d.]+)">/g,
        ),
      ];
      expect(tags.map(([, id]) => id)).toEqual(ids);
    },
  );

  test('a paper is an island, with a heading and what is linked, under a strict policy', async () => {
    const { status, text, headers } = await hub(`/papers/${papers.complete}`);
    expect(status).toBe(200);
    expect(text).toMatch(
      /<main[^>]*><div class="SVELTE_HYDRATER contents" data-target="PaperContent" data-props="/,
    );
    expect(text).toContain('Models citing this paper <span class="count">12</span>');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  });

  test('a day without papers, or one to come, shows the last day before it', async () => {
    const dateOf = async (path: string) =>
      /<time datetime="([^"]*)"/.exec((await hub(path)).text)?.[1];
    expect(await dateOf(`/papers/date/${daysAgo(3)}`)).toBe(daysAgo(4));
    expect(await dateOf(`/papers/date/${daysAgo(-1)}`)).toBe(world.today);
    expect((await hub('/papers')).headers.location).toBe(`/papers/date/${world.today}`);
  });

  test('an id that is not indexed gets a page, without the island of a paper', async () => {
    const { status, text } = await hub(`/papers/${papers.plain}`);
    expect(status).toBe(200);
    expect(text).not.toContain('PaperContent');
  });

  test('the short name sends on', async () => {
    const answer = await ask(`https://hf.co/papers/${papers.complete}`);
    expect([answer.status, answer.headers.location]).toEqual([
      301,
      `https://huggingface.co/papers/${papers.complete}`,
    ]);
  });
});

describe('leaks', () => {
  const seen = (host: string, path: string, more: Partial<Seen> = {}): Seen => ({
    host,
    path,
    method: 'GET',
    headers: { 'sec-fetch-dest': 'document' },
    at: 0,
    ...more,
  });
  const baseline = [seen('arxiv.org', '/abs/1'), seen('home.example', '', { refused: true })];

  test('are requests that the baseline does not have and nobody expected', () => {
    const tracker = seen('tracker.example', '', { refused: true });
    const lookUp = seen('huggingface.co', '/api/papers/1');
    const all = [
      ...baseline,
      tracker,
      lookUp,
      seen('huggingface.co', '/api/daily_papers?date=2026-01-01'),
    ];
    expect(leaks(baseline, all, ['huggingface.co/api/daily_papers?'])).toEqual([tracker, lookUp]);
    expect(leaks(baseline, all, [/^huggingface\.co\/api\//, 'tracker.example'])).toEqual([]);
  });

  test('a page that the extension itself fetches again is one', () => {
    const again = seen('arxiv.org', '/abs/1', { headers: { 'sec-fetch-dest': 'empty' } });
    expect(leaks(baseline, [again], [])).toEqual([again]);
  });
});

describe.runIf(recordings)('recordings', () => {
  test('every recorded day is served under its own date and on a day of the present', async () => {
    expect(world.recordedDays.length).toBeGreaterThan(10);
    for (const day of world.recordedDays) {
      const own = await list(`date=${day}&limit=100`);
      const present = await list(`date=${world.shown(day)}&limit=100`);
      expect(present.map(({ paper }) => paper.id)).toEqual(own.map(({ paper }) => paper.id));
      expect(world.recorded(world.shown(day))).toBe(day);
    }
  });

  test('a recorded entry is dated by the day that shows it', async () => {
    const day = world.shown('2026-08-21');
    const all = JSON.parse((await api(`daily_papers?date=${day}`)).text);
    expect(all).toHaveLength(17);
    expect(all[0].paper.submittedOnDailyAt).toBe(`${day}T00:00:00.000Z`);
  });

  test('recorded pages of arXiv are served at their ids, 404 pages as such', async () => {
    const page = (path: string) => ask(`https://arxiv.org${path}`);
    for (const id of ['1810.04805', '1810.04805v1', 'hep-th/9901001', '2310.08262', '1902.02534']) {
      const { status, text } = await page(`/abs/${id}`);
      expect([id, status, text.includes('id="abs"')]).toEqual([id, 200, true]);
    }
    expect((await page('/abs/1810.04805v2')).status).toBe(200);
    expect((await page('/abs/1810.04805v99')).status).toBe(404);
    expect((await page('/abs/9999.99999')).status).toBe(404);
    for (const path of [
      '/list/astro-ph.EP/recent?skip=25&show=25',
      '/list/q-fin/new',
      '/catchup/math/2011-02-03?abs=True',
    ])
      expect((await page(path)).text, path).toContain("dl id='articles'");
    expect((await page('/search/?query=recorded')).text).toContain('<li class="arxiv-result">');
    expect((await page('/format/1810.04805')).text).toContain('Format selector');
    expect((await page('/html/1810.04805')).status).toBe(404);
  });

  test('the captured page of Hugging Face is served at its old and its new address', async () => {
    for (const path of ['/papers?date=2024-08-01', '/papers/date/2024-08-01']) {
      const { text } = await ask(`https://huggingface.co${path}`);
      expect(text.match(/<article/g)?.length).toBeGreaterThan(5);
    }
    // What it asks for besides is not recorded, and no web page either.
    expect((await ask('https://huggingface.co/front/build/made-up/index.js')).status).toBe(404);
  });

  test('every seed paper has its page on both sites', async () => {
    const seeds: { arxivId: string }[] = JSON.parse(
      readFileSync(`${recordings}/seed-papers.json`, 'utf8'),
    );
    expect(seeds.length).toBeGreaterThan(20);
    for (const { arxivId: id } of seeds) {
      expect((await ask(`https://arxiv.org/abs/${id}v1`)).text).toContain(
        `citation_arxiv_id" content="${id}"`,
      );
      expect((await ask(`https://huggingface.co/papers/${id}`)).text).toContain('PaperContent');
      expect((await api(`papers/${id}`)).status).toBe(200);
    }
  });
});
