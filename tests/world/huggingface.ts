// huggingface.co and its short name hf.co: which path answers what.
import { readFileSync } from 'node:fs';
import { type Answer, type Asked, page, redirect, type Site } from './answer.ts';
import type { Catalogue } from './catalogue.ts';
import { isDay } from './clock.ts';
import { huggingFaceApi } from './huggingface-api.ts';
import {
  listPage,
  otherPage,
  paperPage,
  repositoryPage,
  unindexedPage,
} from './huggingface-pages.ts';
import { repositories } from './papers.ts';
import { listOf, nameOf, trending } from './periods.ts';

const files: Record<string, [type: string, body: Buffer]> = {
  '/front/build/replica/style.css': [
    'text/css',
    readFileSync(new URL('static/huggingface.css', import.meta.url)),
  ],
  '/front/build/replica/hydrate.js': [
    'text/javascript',
    readFileSync(new URL('static/hydrate.js', import.meta.url)),
  ],
};

/** Answers for huggingface.co. `quota`: API requests in 300 s. */
export function huggingFaceSite(
  catalogue: Catalogue,
  today: () => string,
  quota: number,
  now: () => number,
): Site {
  const api = huggingFaceApi(catalogue, today, quota, now);
  return (asked) => (asked.url.pathname.startsWith('/api/') ? api(asked) : pages(asked));

  function pages({ url }: Asked): Answer {
    const { pathname, searchParams } = url;
    const file = files[pathname];
    if (file)
      return {
        status: 200,
        headers: { 'content-type': file[0], 'cache-control': 'max-age=3600' },
        body: file[1],
      };
    if (pathname.startsWith('/avatars/') || pathname === '/favicon.ico') {
      return {
        status: 200,
        headers: { 'content-type': 'image/svg+xml' },
        body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      };
    }
    const recorded = catalogue.pages.get(pathname + url.search);
    if (recorded) return page(recorded.html, recorded.status);
    // The scripts and styles of a recorded page are not recorded.
    if (pathname.startsWith('/front/') || pathname.endsWith('.js')) return otherPage('404', 404);
    const [, first, second, third] = pathname.split('/');
    const tags = Object.hasOwn(repositories, pathname) && repositories[pathname];
    if (tags) return repositoryPage(pathname, tags);
    if (first !== 'papers') return otherPage(first || 'Hugging Face');
    const from = Number(searchParams.get('from') ?? 0);
    if (second === undefined || second === '') {
      const day = searchParams.get('date');
      return day && isDay(day) ? dayPage(day) : redirect(`/papers/date/${latestDay(today())}`, 307);
    }
    if (second === 'date') return third && isDay(third) ? dayPage(third) : otherPage('404', 404);
    if (second === 'week' || second === 'month') return period(second, third ?? '', from);
    if (second === 'trending') return trendingPage(searchParams.get('q') ?? '', from);
    if (second === 'submit' || second === 'index') return redirect('/login', 302);
    const id = /^(\d{4}\.\d{4,5})(?:v\d+)?$/.exec(second)?.[1];
    if (!id) return otherPage('404', 404);
    const paper = catalogue.hub.get(id);
    if (!paper) return unindexedPage(id);
    const day = paper.submittedOnDailyAt?.slice(0, 10) ?? '';
    const rank = 1 + (catalogue.days.get(day) ?? []).findIndex((item) => item.paper.id === id);
    return paperPage(paper, catalogue.comments.get(id) ?? 0, rank);
  }

  /** The newest day with papers that is not after `day`. Pages show it where the API gives an empty list or an error. */
  function latestDay(day: string): string {
    return (
      [...catalogue.days.keys()]
        .filter((one) => one <= day)
        .toSorted()
        .at(-1) ?? day
    );
  }

  function dayPage(day: string): Answer {
    const shown = latestDay(day);
    const items = catalogue.days.get(shown) ?? [];
    return listPage({ period: 'day', name: shown, today: today(), items, from: 0 });
  }

  /** A week or month without papers shows the present one. */
  function period(kind: 'week' | 'month', asked: string, from: number): Answer {
    const found = listOf(catalogue, today(), kind, asked);
    const name = found.length > 0 ? asked : nameOf(kind, today());
    const items = found.length > 0 ? found : listOf(catalogue, today(), kind, name);
    return listPage({ period: kind, name, today: today(), items, from });
  }

  function trendingPage(query: string, from: number): Answer {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const items = trending(catalogue, today()).filter(({ paper }) =>
      words.every((word) => paper.title.toLowerCase().includes(word)),
    );
    return listPage({ period: 'trending', name: query, today: today(), items, from });
  }
}

/** hf.co only sends on. */
export const shortNameSite: Site = ({ url }) =>
  redirect(`https://huggingface.co${url.pathname}${url.search}`);
