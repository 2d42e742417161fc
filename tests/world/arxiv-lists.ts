// Which papers arXiv's listings, catch-up pages, author pages and search show at which address.
import { type Answer, redirect } from './answer.ts';
import { readId } from './arxiv-id.ts';
import { listPage, result, resultList, row, type Section, searchPage } from './arxiv-list-pages.ts';
import { dayWithName, notFound } from './arxiv-pages.ts';
import type { ArxivPaper, Catalogue } from './catalogue.ts';
import { addDays, isDay } from './clock.ts';
import { arxivPaper, lists, numberedPaper, oddRows, papers } from './papers.ts';

/** Rows of the longest listing that arXiv shows on a page. */
const mostRows = 2000;

const subjectNames: Record<string, string> = {
  cs: 'Computer Science',
  'cs.AI': 'Artificial Intelligence',
  'cs.CL': 'Computation and Language',
  'cs.LG': 'Machine Learning',
  math: 'Mathematics',
  'hep-th': 'High Energy Physics - Theory',
};

/** A paper of a listing, and what is said of it. */
interface Listed {
  paper: ArxivPaper;
  mark?: string | undefined;
}

/**
 * The pages that list papers. `listed`: what is new, newest day first. The answer is undefined for another area of the
 * site than `list`, `catchup`, `a` and `search`.
 */
export function arxivLists(
  catalogue: Catalogue,
  listed: () => [day: string, ids: string[]][],
): (area: string, rest: string, url: URL) => Answer | undefined {
  return (area, rest, url) => {
    const query = url.searchParams;
    if (area === 'list') return list(rest, query, url);
    if (area === 'catchup') return catchup(rest, query);
    if (area === 'a') return author(rest);
    if (area === 'search') return search(query);
    return undefined;
  };

  function list(rest: string, query: URLSearchParams, url: URL): Answer {
    const [category = '', name = ''] = rest.split('/');
    const unpadded = /^(\d{4})-?(\d{1,2})$/.exec(name);
    if (unpadded && !/^\d{4}-\d{2}$/.test(name)) {
      return /^\d{6}$|-/.test(name)
        ? redirect(`/list/${category}/${unpadded[1]}-${unpadded[2]?.padStart(2, '0')}`)
        : notFound(400);
    }
    if (/^\d\d$/.test(name))
      return redirect(`/list/${category}/${Number(name) > 90 ? 19 : 20}${name}`);
    if (!/^(new|recent|pastweek|current|\d{4}(-\d{2})?)$/.test(name) || /^0\d{3}$/.test(name)) {
      return notFound(name === '' ? 404 : 400);
    }
    if (!isSubject(category)) return notFound(400);
    if (url.pathname === new URL(lists.odd).pathname) return oddList();
    if (name === 'new') return newList(category);
    const rows = Number(query.get('rows') ?? 0);
    const whole = /^(recent|pastweek)$/.test(name)
      ? recent(category, rows)
      : [{ heading: '', all: ofTime(category, name) }];
    const show = rows || Math.min(mostRows, Math.max(25, Number(query.get('show') ?? 50) || 50));
    const total = whole.reduce((sum, { all }) => sum + all.length, 0);
    return listPage({
      title: subjectNames[category] ?? category,
      above: `<h2>Authors and titles for ${name === 'recent' ? 'recent submissions' : name}</h2>
      <div class='paging'>Total of ${total} entries</div>
      <div class='morefewer'>Showing up to ${show} entries per page: <a href=/list/${category}/${name}?skip=0&amp;show=${mostRows} rel="nofollow">all</a></div>`,
      sections: part(whole, Number(query.get('skip') ?? 0) || 0, show),
    });
  }

  /** The newest five days. Machine Learning has 2,000 papers in them, most on the oldest day; `rows` asks for more or less. */
  function recent(category: string, rows: number): { heading: string; all: Listed[] }[] {
    const seen = new Set<string>();
    const days = listed()
      .slice(0, 5)
      .map(([day, ids], at) => {
        // What came to Hugging Face twice came to arXiv once.
        const first = ids.filter((id) => !seen.has(id));
        for (const id of first) seen.add(id);
        return {
          heading: dayWithName(day),
          all: markedFor(category, [...first.map(paperOf), ...(at === 0 ? alsoNew() : [])]),
        };
      });
    const wanted = rows || (category === 'cs.LG' ? mostRows : 0);
    const written = days.reduce((sum, { all }) => sum + all.length, 0);
    const inPeriods = catalogue.periodOnly.map(({ paper }) => paperOf(paper.id));
    const more = Array.from({ length: Math.max(0, wanted - written) }, (_, at) => ({
      paper: (at % 10 === 0 && inPeriods[at / 10]) || numbered(at + 1),
    }));
    days.at(-1)?.all.push(...more);
    return days;
  }

  /** New papers, cross-lists and replacements, with abstracts. */
  function newList(category: string): Answer {
    const [day = '', ids = []] = listed()[0] ?? [];
    return listPage({
      title: subjectNames[category] ?? category,
      above: `<h3>Showing new listings for ${dayWithName(day)}</h3>`,
      sections: byKind(category, [...ids.map(paperOf), ...alsoNew()], true),
    });
  }

  function catchup(rest: string, query: URLSearchParams): Answer {
    const [subject = '', day = ''] = rest.split('/');
    const asked = query.get('date');
    if (subject === '')
      return asked
        ? redirect(`/catchup/${query.get('subject')}/${asked}`)
        : listPage({ title: 'Catch up', above: '<form action="/catchup"></form>', sections: [] });
    const days = new Map(listed());
    const newest = listed()[0]?.[0] ?? '';
    if (!isSubject(subject) || !isDay(day) || day > newest || day < addDays(newest, -90))
      return notFound(400);
    const all = [...(days.get(day) ?? []).map(paperOf), ...(day === newest ? alsoNew() : [])];
    const sections = byKind(subject, all, query.get('abs') === 'True');
    return listPage({
      title: `Catchup results for ${subjectNames[subject] ?? subject} on ${dayWithName(day)}`,
      above: sections.length === 0 ? `<p>No updates for ${dayWithName(day)}.</p>` : '',
      sections,
    });
  }

  /** `author_f_1` with any initial: what the first author wrote alone. */
  function author(rest: string): Answer {
    if (!/^author_[a-z]_1(\.html)?$/.test(rest)) return notFound(400);
    const theirs = [...catalogue.arxiv.values()].filter(
      ({ authors }) => authors.length === 1 && authors[0] === 'First Author',
    );
    return listPage({
      title: "First Author's articles on arXiv",
      above: '',
      sections: [{ heading: '', rows: theirs.map((paper, at) => row(paper, { number: at + 1 })) }],
    });
  }

  /** The search. An id leads to its paper; `include_older_versions=1` gives every version a result of its own. */
  function search(query: URLSearchParams): Answer {
    const text = (query.get('query') ?? '').trim();
    const asked = readId(text);
    if (asked) return redirect(`/abs/${text}`);
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const start = Number(query.get('start') ?? 0) || 0;
    const size = Math.min(200, Number(query.get('size') ?? 50) || 50);
    const found = [...catalogue.arxiv.values()].filter(({ title, authors, abstract }) => {
      const all = `${title} ${authors.join(' ')} ${abstract}`.toLowerCase();
      return words.length > 0 && words.every((word) => all.includes(word));
    });
    const older = query.has('include_older_versions');
    const results = found.flatMap((paper) => [
      () => result(paper, words),
      ...(older ? paper.versions.slice(1).map((_, at) => () => result(paper, words, at + 1)) : []),
    ]);
    const shown = results.slice(start, start + size).map((make) => make());
    return searchPage({
      query: text,
      total: results.length,
      start,
      count: shown.length,
      results: shown.length > 0 ? resultList(start, shown) : '',
    });
  }

  function paperOf(id: string): ArxivPaper | undefined {
    return catalogue.arxiv.get(id);
  }

  /** What arXiv has and Hugging Face has not, as if it had come on the newest day. */
  function alsoNew(): ArxivPaper[] {
    return [...catalogue.arxiv.values()].filter(({ id }) => id.startsWith('2601.8'));
  }

  function ofTime(category: string, name: string): Listed[] {
    const all = [...catalogue.arxiv.values()].filter(({ versions }) =>
      versions[0]?.date.startsWith(name),
    );
    return markedFor(
      category,
      all.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    );
  }
}

/** Subjects that arXiv has. Of most the world has no papers. */
const isSubject = (text: string): boolean =>
  /^(astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(ex|lat|ph|th)|math(-ph)?|nlin|nucl-(ex|th)|physics|q-bio|q-fin|quant-ph|stat)(\.([A-Z]{2}|[a-z-]+))?$/.test(
    text,
  );

const isIn = (category: string) => (code: string) =>
  code === category || code.startsWith(`${category}.`);

/** The papers of a subject, the cross-lists among them marked. */
function markedFor(category: string, all: (ArxivPaper | undefined)[]): Listed[] {
  return all
    .filter((paper) => paper !== undefined)
    .filter(({ subjects }) => subjects.map(([, code]) => code).some(isIn(category)))
    .map((paper) => {
      const primary = paper.subjects[0]?.[1] ?? '';
      return isIn(category)(primary) ? { paper } : { paper, mark: `cross-list from ${primary}` };
    });
}

/** The parts of /new and of catch-up. Parts without papers are left out. */
function byKind(
  category: string,
  all: (ArxivPaper | undefined)[],
  withAbstract: boolean,
): Section[] {
  const found = markedFor(category, all);
  const isReplaced = ({ paper }: Listed) => paper.versions.length > 1;
  const kinds: [string, Listed[]][] = [
    ['New', found.filter((one) => !one.mark && !isReplaced(one))],
    ['Cross', found.filter((one) => one.mark && !isReplaced(one))],
    ['Replacement', found.filter(isReplaced).map((one) => ({ ...one, mark: 'replaced' }))],
  ];
  let number = 0;
  return kinds
    .filter(([, entries]) => entries.length > 0)
    .map(([kind, entries]) => ({
      heading: `${kind} submissions (showing ${entries.length} of ${entries.length} entries)`,
      rows: entries.map(({ paper, mark }) => {
        number += 1;
        return row(paper, { number, mark, withAbstract });
      }),
    }));
}

/** The rows of a page: `show` of them after the first `skip`. */
function part(whole: { heading: string; all: Listed[] }[], skip: number, show: number): Section[] {
  let before = 0;
  return whole.flatMap(({ heading, all }): Section[] => {
    const first = before;
    before += all.length;
    const from = Math.max(0, skip - first);
    const shown = all.slice(from, Math.max(0, skip + show - first));
    if (all.length > 0 && shown.length === 0) return [];
    const rows = shown.map(({ paper, mark }, at) =>
      row(paper, { number: first + from + at + 1, mark }),
    );
    const continued = from > 0 ? 'continued, ' : '';
    const counts = `(${continued}showing ${shown.length} of ${all.length} entries )`;
    return [{ heading: heading && all.length > 0 ? `${heading} ${counts}` : heading, rows }];
  });
}

/** Any number of papers for a long list; after 9,999 they begin anew. */
function numbered(number: number): ArxivPaper {
  const id = `2512.9${String(((number - 1) % 9999) + 1).padStart(4, '0')}`;
  return numberedPaper(id) ?? arxivPaper({ id });
}

/** The list in which everything is wrong that can be; `oddRows` says which of its rows are papers. */
function oddList(): Answer {
  const rows = oddRows.map((id, at) => {
    const number = at + 1;
    if (id === null)
      return at === 1
        ? row(arxivPaper({ id: '2601.99998', title: 'A Row without a Link' }), { number }).replace(
            /<dt>[\s\S]*<\/dt>/,
            `<dt>\n      <a name='item${number}'>[${number}]</a>\n    </dt>`,
          )
        : row(arxivPaper({ id: '1313.00001', title: 'A Row with an Impossible Id' }), { number });
    const made = row(arxivPaper({ id, title: `An Odd Row of ${id}` }), { number });
    return id === papers.oldStyleMath
      ? made.replace('/abs/math/', '/abs/math.GT/').replace(/<dd>[\s\S]*<\/dd>/, '')
      : made;
  });
  return listPage({
    title: 'Artificial Intelligence',
    above: '',
    sections: [
      { heading: 'New submissions', rows: rows.slice(0, 5) },
      { heading: 'Replacement submissions', rows: [] },
      { heading: 'Cross submissions', rows: rows.slice(5) },
    ],
  });
}
