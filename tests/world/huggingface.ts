// huggingface.co and its short name hf.co: which path answers what.
import { readFileSync } from 'node:fs';
import { type Answer, type Asked, redirect, type Site } from './answer.ts';
import type { Catalogue, DailyItem } from './catalogue.ts';
import { addDays, isDay, weekOf } from './clock.ts';
import { huggingFaceApi } from './huggingface-api.ts';
import { listPage, otherPage, paperPage, unindexedPage } from './huggingface-pages.ts';

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
    const [, first, second, third] = pathname.split('/');
    if (first !== 'papers') return otherPage(first || 'Hugging Face');
    if (second === undefined || second === '') {
      const day = searchParams.get('date');
      return day && isDay(day) ? dayPage(day) : redirect(`/papers/date/${latestDay(today())}`, 307);
    }
    if (second === 'date') return third && isDay(third) ? dayPage(third) : otherPage('404', 404);
    if (second === 'week') return period('week', (day) => weekOf(day) === third);
    if (second === 'month') return period('month', (day) => day.startsWith(`${third}-`));
    if (second === 'trending') return period('trending', (day) => day > addDays(today(), -14));
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
    return listPage('day', shown, catalogue.days.get(shown) ?? [], today());
  }

  function period(kind: 'week' | 'month' | 'trending', wanted: (day: string) => boolean): Answer {
    const days = [...catalogue.days.keys()].filter(wanted);
    const items = days.flatMap((day): DailyItem[] => catalogue.days.get(day) ?? []);
    const once = [...new Map(items.map((item) => [item.paper.id, item])).values()];
    const sorted = once.toSorted(
      (one, other) => (other.paper.upvotes ?? 0) - (one.paper.upvotes ?? 0),
    );
    return listPage(kind, days.toSorted().at(-1) ?? today(), sorted.slice(0, 105), today());
  }
}

/** hf.co only sends on. */
export const shortNameSite: Site = ({ url }) =>
  redirect(`https://huggingface.co${url.pathname}${url.search}`);
