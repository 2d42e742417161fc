// What the real services sent is read completely.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFeed } from '../../src/library/arxiv';
import { recordings } from '../recordings';
import { dayLength, id, json, lists, opened } from './opened';

const folder = recordings ?? '';
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
const days = recordings
  ? readdirSync(join(folder, 'hf/daily_papers')).filter((name) =>
      /^date-\d{4}-\d\d-\d\d\.json$/.test(name),
    )
  : [];

interface Recorded {
  numComments: number;
  paper: { id: string; title: string; upvotes: number; githubStars?: number; ai_summary?: string };
}

describe.runIf(recordings)('recorded data', () => {
  test.each(days)('%s is shown completely and in its order', async (name) => {
    const day = name.slice(5, 15);
    const rows = JSON.parse(read('hf/daily_papers', name)) as Recorded[];
    const { library } = opened(() => rows, { at: Date.parse(`${day}T20:00:00Z`) });
    const { papers, trouble } = await library.refreshPeriod({ kind: 'day' });
    expect(trouble).toBeUndefined();
    expect(papers.map((paper) => paper.id)).toEqual(rows.map(({ paper }) => paper.id));
    papers.forEach(({ paper, trending }, index) => {
      const row = rows[index] as Recorded;
      expect(paper.title).toBe(row.paper.title.replace(/\s+/g, ' ').trim());
      expect(paper.title).not.toMatch(/\n| {2}/);
      expect(paper.abstract).not.toBe('');
      expect(paper.authors.length).toBeGreaterThan(0);
      expect(paper.published).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(trending).toMatchObject({ day, rank: index + 1 });
      expect(trending.upvotes).toBe(row.paper.upvotes);
      expect(trending.comments).toBe(row.numComments);
      expect(Boolean(trending.aiSummary)).toBe(Boolean(row.paper.ai_summary));
      for (const link of [trending.code, trending.projectPage]) {
        if (link) expect(link.url).toMatch(/^https?:\/\/\S+$/);
        if (link) expect(link.label).toMatch(/^\S+$/);
      }
      if (trending.code) expect(trending.code.stars).toBe(row.paper.githubStars);
    });
  });

  test('a month of recorded papers is shown completely, in the order of the service, in pages', async () => {
    const papers = days.flatMap((name) => JSON.parse(read('hf/daily_papers', name)) as Recorded[]);
    const once = [...new Map(papers.map((row) => [row.paper.id, row])).values()];
    expect(once.length).toBeGreaterThan(100);
    const { library } = opened(lists({ '2026-08': once }));
    const view = await library.refreshPeriod({ kind: 'month' });
    expect(view.papers.map((paper) => paper.id)).toEqual(once.map(({ paper }) => paper.id));
    view.papers.forEach(({ paper, trending }, index) => {
      expect(paper.abstract).not.toBe('');
      expect(trending.upvotes).toBe(once[index]?.paper.upvotes);
    });
  });

  test('a recorded paper shows its models, datasets and Spaces', async () => {
    const { library } = opened((url) =>
      url.pathname.startsWith('/api/papers/') ? JSON.parse(read('hf/paper/2410.24164.json')) : [],
    );
    const view = await library.lookUp(id('2410.24164'));
    expect(view).toMatchObject({
      known: 'yes',
      paper: {
        title: 'π_0: A Vision-Language-Action Flow Model for General Robot Control',
        published: '2024-10-31',
      },
      trending: {
        upvotes: 31,
        models: { total: 111 },
        datasets: { total: 7 },
        spaces: { total: 4 },
      },
    });
    const { models, datasets, spaces } = view.trending ?? {};
    expect(models?.top[0]?.url).toBe('https://huggingface.co/nvidia/GR00T-N1-2B');
    expect(datasets?.top[0]?.url).toMatch(
      /^https:\/\/huggingface\.co\/datasets\/cloudwalk-research\//,
    );
    expect(spaces?.top[0]?.url).toMatch(/^https:\/\/huggingface\.co\/spaces\/HuggingFaceVLA\//);
    expect(view.trending?.day).toBeUndefined();
    expect(view.trending?.comments).toBeUndefined();
  });

  test('the recorded answer for an unknown paper is a calm no', async () => {
    const { library } = opened(() => json(JSON.parse(read('hf/paper/2609.39403.404.json')), 404));
    const view = await library.lookUp(id('2609.39403'));
    expect(view.known).toBe('no');
    expect(view.trouble).toBeUndefined();
  });

  test('a paper that moved to another day shows its newest one', async () => {
    const day = Date.parse('2026-04-10T20:00:00Z');
    const first = JSON.parse(read('hf/daily_papers/date-2026-04-10.json')) as Recorded[];
    const again = first
      .filter(({ paper }) => paper.id === '2604.07429')
      .map((row) => ({ ...row, paper: { ...row.paper, upvotes: 42 } }));
    expect(again).toHaveLength(1);
    const { library, clock } = opened(
      (url) => (url.searchParams.get('date') === '2026-04-10' ? first : again),
      { at: day },
    );
    await library.refreshPeriod({ kind: 'day' });
    clock.now += 6 * dayLength;
    await library.refreshPeriod({ kind: 'day' });
    expect((await library.look([id('2604.07429')]))[0]?.trending).toMatchObject({
      day: '2026-04-16',
      rank: 1,
      upvotes: 42,
    });
  });

  test('the recorded feed of arXiv is read', () => {
    const papers = readFeed(read('arxiv/api/query-cs.RO-2026-10-01.partial.atom.xml'));
    if (!Array.isArray(papers)) expect.unreachable();
    expect(papers.map((paper) => paper.id)).toEqual(['2609.40297', '2609.40353']);
    expect(papers[0]).toMatchObject({ authors: expect.arrayContaining(['João Félix Mendes']) });
    expect(papers[1]?.categories).toEqual(['cs.CV', 'cs.RO']);
    expect(papers.every(({ abstract, published }) => abstract && published === '2026-09-30')).toBe(
      true,
    );
  });
});
