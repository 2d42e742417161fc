// The Papers API of huggingface.co: day lists, one paper, search, and the quota that all of them share.
import { createHash } from 'node:crypto';
import { type Answer, type Asked, json } from './answer.ts';
import type { Catalogue, DailyItem } from './catalogue.ts';
import { isDay } from './clock.ts';
import { entriesOf, listOf, trending } from './periods.ts';

/** Answers for paths under `/api/`. `quota`: requests in a window of 300 s. `now`: ms since the epoch. */
export function huggingFaceApi(
  catalogue: Catalogue,
  today: () => string,
  quota: number,
  now: () => number,
) {
  let windowStart = now();
  let used = 0;

  return (asked: Asked): Answer => {
    if (now() - windowStart >= 300_000) {
      windowStart = now();
      used = 0;
    }
    used += 1;
    const headers = {
      ratelimit: `"api";r=${Math.max(0, quota - used)};t=${Math.ceil((windowStart + 300_000 - now()) / 1000)}`,
      'ratelimit-policy': `"fixed window";"api";q=${quota};w=300`,
      vary: 'Origin',
      'access-control-allow-origin': asked.headers.origin ?? 'https://huggingface.co',
      'access-control-expose-headers':
        'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link',
      'referrer-policy': 'strict-origin-when-cross-origin',
    };
    if (used > quota) return json({ error: 'We had to rate limit you.' }, 429, headers);
    const answer = answerFor(asked);
    const etag = `W/"${createHash('sha1').update(answer.body).digest('base64url')}"`;
    const all = { ...answer, headers: { ...answer.headers, ...headers, etag } };
    return answer.status === 200 && asked.headers['if-none-match'] === etag
      ? { ...all, status: 304, body: '' }
      : all;
  };

  function answerFor({ url, method }: Asked): Answer {
    if (method !== 'GET' && method !== 'HEAD')
      return json({ error: 'Invalid credentials in Authorization header' }, 401);
    const { pathname, searchParams } = url;
    if (pathname === '/api/daily_papers') return dailyPapers(url);
    if (pathname === '/api/papers/search') return search(searchParams);
    const repos = /^\/api\/arxiv\/(.+)\/repos$/.exec(pathname)?.[1];
    if (repos) {
      const paper = catalogue.hub.get(repos);
      return json({
        models: paper?.linkedModels ?? [],
        datasets: paper?.linkedDatasets ?? [],
        spaces: paper?.linkedSpaces ?? [],
      });
    }
    const id = /^\/api\/papers\/([^/]+)$/.exec(pathname)?.[1];
    if (id) return onePaper(id, searchParams.get('field') === 'comments');
    return json({ error: "Sorry, we can't find the page you are looking for." }, 404);
  }

  function dailyPapers(url: URL): Answer {
    const query = url.searchParams;
    const limit = Number(query.get('limit') ?? 50);
    const skip = Number(query.get('p') ?? 0);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100)
      return bad('"limit" must be between 1 and 100');
    if (!Number.isInteger(skip) || skip < 0) return bad('"p" must be greater than or equal to 0');
    const chosen = choose(query);
    if (typeof chosen === 'string') return bad(chosen);
    const submitter = query.get('submitter');
    const items = submitter
      ? chosen.filter((item) => nameOf(item.submittedBy) === submitter)
      : chosen;
    const answer = json(items.slice(skip * limit, (skip + 1) * limit));
    if (items.length > (skip + 1) * limit) {
      const next = new URL(url);
      next.searchParams.set('p', String(skip + 1));
      answer.headers.link = `<${next.href}>; rel="next"`;
    }
    return answer;
  }

  /** The entries that a query asks for, or what is wrong with it. */
  function choose(query: URLSearchParams): DailyItem[] | string {
    const date = query.get('date');
    const week = query.get('week');
    const month = query.get('month');
    if (date !== null) {
      if (!isDay(date)) return '"date" must be a valid date';
      if (date > today()) return `"date" must be less than or equal to "${today()}T23:59:59.999Z"`;
      return catalogue.days.get(date) ?? [];
    }
    if (week !== null) {
      if (!/^\d{4}-W(0[1-9]|[1-4]\d|5[0-2])$/.test(week)) return '"week" must be a valid ISO week';
      return listOf(catalogue, today(), 'week', week);
    }
    if (month !== null) {
      if (!isDay(`${month}-01`)) return '"month" must be a valid month';
      return listOf(catalogue, today(), 'month', month);
    }
    if (query.get('sort') === 'trending') return trending(catalogue, today());
    return entriesOf(catalogue, () => true);
  }

  function onePaper(id: string, withComments: boolean): Answer {
    const paper = catalogue.hub.get(id.replace(/v\d+$/, ''));
    if (!paper) return json({ error: notFound(id) }, 404);
    if (!withComments) return json(paper);
    const count = catalogue.comments.get(paper.id) ?? 0;
    return json({ ...paper, comments: Array.from({ length: count }, (_, at) => comment(at)) });
  }

  function search(query: URLSearchParams): Answer {
    const words = query.get('q') ?? '';
    const limit = Number(query.get('limit') ?? 120);
    if (words.length > 250)
      return bad('"q" length must be less than or equal to 250 characters long');
    if (!Number.isInteger(limit) || limit < 1 || limit > 120)
      return bad('"limit" must be between 1 and 120');
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [...catalogue.hub.values()].filter((paper) => {
      const text = `${paper.title} ${paper.summary ?? ''}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    return json(
      found.slice(0, limit).map((paper) => ({
        paper,
        title: paper.title,
        numComments: catalogue.comments.get(paper.id) ?? 0,
      })),
    );
  }
}

function bad(error: string): Answer {
  return json({ error }, 400);
}

function notFound(id: string): string {
  return (
    'Paper not found. For an arXiv paper to appear on Hugging Face, its arxiv.org URL needs to be mentioned in ' +
    "at least one model, dataset or Space's README.md.\n\n" +
    `If this paper exists, cite https://arxiv.org/abs/${id} in any of your repos' README.md for the paper to have ` +
    'its own page here.'
  );
}

function nameOf(account: unknown): unknown {
  return typeof account === 'object' && account !== null && 'name' in account
    ? account.name
    : undefined;
}

function comment(at: number) {
  return {
    id: String(at + 1).padStart(24, '0'),
    author: {
      name: 'a-reader',
      fullname: 'A Reader',
      type: 'user',
      avatarUrl: '/avatars/reader.svg',
    },
    createdAt: '2026-01-16T10:00:00.000Z',
    type: 'comment',
    data: {
      edited: false,
      hidden: false,
      latest: { raw: `Made-up comment ${at + 1}`, html: '<p>Made-up</p>' },
    },
  };
}
