// The papers that this project wrote for the replica world, with made-up names, and every quirk of the real data.
import {
  type ArxivPaper,
  addDay,
  type Catalogue,
  type DailyItem,
  type HubPaper,
  noneLinked,
} from './catalogue.ts';
import { addDays, mondayOf } from './clock.ts';
import { periodSizes } from './periods.ts';

/** Ids of papers with a part to play. Numbers from 90000 on are never given by arXiv, old ones end on 999. */
export const papers = {
  /** First of today: has all there can be (code with stars, project page, models, datasets, Spaces, AI summary). */
  complete: '2601.90001',
  /** Second of today: its title wraps, no repository. */
  wrappedTitle: '2601.90002',
  /** First of yesterday. */
  yesterday: '2601.91001',
  /** Listed on two days: first a few days ago with 2 upvotes, again yesterday with many. */
  moved: '2601.94099',
  /** On arXiv only; its abstract names code, model, dataset and project page, with punctuation around. */
  linksOnly: '2601.80001',
  /** On arXiv only, and nothing to find in it. */
  plain: '2601.80002',
  /** Hugging Face knows it, but it never was on Daily Papers. */
  neverDaily: '2601.80003',
  /** Title and abstract full of TeX; four versions; DOI and comments. */
  math: '2601.80004',
  /** Its latest version is withdrawn by an author. */
  withdrawn: '2601.80005',
  /** Withdrawn by arXiv itself. */
  withdrawnByAdmin: '2601.80006',
  /** 300 authors. */
  manyAuthors: '2601.80007',
  /** Its title holds an arXiv id, which arXiv makes a link. */
  linkInTitle: '2601.80008',
  /** Four digits, as until 2014. */
  fourDigits: '1001.9999',
  /** Old style. */
  oldStyle: 'hep-th/9901999',
  /** Old style, often written with its subject class: `math.GT/0309999`. */
  oldStyleMath: 'math/0309999',
  /** Stands on lists of Machine Learning as a cross-list: its first subject is another. */
  crossListed: '2601.80009',
  /** Two versions and an HTML version: stands among the replacements of a list. */
  replaced: '2601.80010',
  /** Only the present week's list at Hugging Face and the present month's have it, first of many; no day's list does. */
  inPeriodsOnly: '2601.70001',
  /** Well-formed, but neither service has it. */
  unknown: '2601.99999',
} as const;

/** arXiv lists that are there for a purpose. */
export const lists = {
  /** 2,000 rows of the newest five days on one page; one in ten of the oldest day is on the present month's list. */
  long: 'https://arxiv.org/list/cs.LG/recent?skip=0&show=2000',
  /** 10,000 rows on one page, more than the real arXiv ever shows; `rows` takes any number. */
  longest: 'https://arxiv.org/list/cs.LG/recent?rows=10000',
  /** All that can be wrong with rows; `oddRows` says what they are. */
  odd: 'https://arxiv.org/list/cs.AI/new',
} as const;

/** The rows of `lists.odd` from top to bottom: the paper, or null where a row is none. One paper is there twice. */
export const oddRows = [
  papers.complete,
  // No link at all.
  null,
  papers.withdrawn,
  // Its link leads to no possible id.
  null,
  // Its link has the subject class in it, and a `dd` is missing.
  papers.oldStyleMath,
  papers.fourDigits,
  papers.complete,
  papers.plain,
] as const;

/** Pages of repositories at Hugging Face: the papers that their tags name, by path. */
export const repositories: Record<string, string[]> = {
  '/made-up-lab/lantern-7b': [papers.complete, papers.moved],
  '/made-up-lab/untagged-7b': [],
  '/datasets/made-up-lab/lantern-data': [papers.complete],
  '/spaces/made-up-lab/lantern-demo': [papers.complete],
};

/** Our own days: how many days ago, and how many papers. The days between them have none, like a weekend. */
export const ownDays: readonly (readonly [daysAgo: number, count: number])[] = [
  [0, 12],
  [1, 25],
  [4, 18],
  [5, 3],
  [6, 9],
  [7, 130],
  [8, 14],
];

const ordinals = [
  'First',
  'Second',
  'Third',
  'Fourth',
  'Fifth',
  'Sixth',
  'Seventh',
  'Eighth',
  'Ninth',
  'Tenth',
];
const methods = [
  'Lantern',
  'Driftwood',
  'Honeycomb',
  'Paper Kite',
  'Slow River',
  'Glass Bead',
  'Tin Whistle',
];
const subjects = [
  'Small Language Models',
  'Robot Hands',
  'Long Videos',
  'Quiet Rooms',
  'Noisy Labels',
];

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    at < ordinals.length ? `${ordinals[at]} Author` : `Author Number${at + 1}`,
  );

const hex = (text: string): string =>
  Buffer.from(text).toString('hex').padEnd(24, '0').slice(0, 24);

const person = (name: string) => ({
  _id: hex(name),
  avatarUrl: `/avatars/${hex(name)}.svg`,
  isPro: false,
  fullname: name,
  user: name.toLowerCase().replaceAll(' ', '-'),
  name: name.toLowerCase().replaceAll(' ', '-'),
  type: 'user',
});

const hubAuthors = (all: string[]) => all.map((name) => ({ _id: hex(name), name, hidden: false }));

const organization = {
  _id: hex('org'),
  name: 'made-up-lab',
  fullname: 'Made-up Lab',
  avatar: '/avatars/lab.png',
};
const { avatar: _, ...organizationWithoutAvatar } = organization;

/** How an entry differs from a plain one: fields of its paper, of the entry around it, of both; and what it lacks. */
interface Trait {
  paper?: Record<string, unknown>;
  item?: Record<string, unknown>;
  both?: Record<string, unknown>;
  lacks?: string[];
}

/** What real entries have shown, one trait each; entry N of a day shows trait N. */
const traits: ((plain: HubPaper) => Trait)[] = [
  ({ id, summary }) => ({
    both: {
      organization,
      summary: `${summary} Our code is available at https://github.com/made-up-lab/lantern.`,
    },
    paper: {
      projectPage: `https://project.example/${id}/`,
      githubRepo: 'https://github.com/made-up-lab/lantern',
      githubStars: 1234,
      githubRepoAddedBy: 'user',
      ai_summary: 'A made-up method learns more from less, and says so in one sentence.',
      ai_keywords: ['made-up methods', 'small models', 'careful tests'],
      ai_summary_model: 'made-up-lab/summary-small',
    },
    item: { numComments: 3 },
  }),
  ({ title }) => ({ both: { title: `${title}\n  and a Second Line of its Title` } }),
  () => ({ paper: { githubRepo: 'https://github.com/made-up-lab/no-stars' } }),
  () => ({ paper: { githubRepo: 'https://github.com/made-up-lab/unseen', githubStars: 0 } }),
  () => ({ paper: { projectPage: ' https://project.example/leading-space' } }),
  () => ({
    paper: {
      authors: [
        ...hubAuthors(names(3)),
        { _id: hex('hidden'), name: 'Hidden Author', hidden: true },
      ],
    },
  }),
  () => ({
    both: {
      summary:
        'It writes <utterance>hello</utterance>, <EOS> and <answer> ... </answer> to <https://project.example>.',
    },
  }),
  () => ({
    both: {
      title:
        '<b>Bold</b> & <img src=x onerror="document.documentElement.dataset.attacked=1"> in a Title',
    },
  }),
  () => ({ paper: { ai_keywords: ['keywords without a summary'] } }),
  () => ({
    paper: {
      githubRepo: 'https://github.com/made-up-lab/tree/tree/main/papers/one',
      githubStars: 56,
    },
  }),
  () => ({
    both: {
      title: 'From $\\textit{Slow}$ to $\\mathcal{O}(n \\log n)$: a Title with TeX for Under $0.1',
    },
  }),
  () => ({ paper: { authors: hubAuthors(names(300)) } }),
  () => ({
    paper: {
      githubRepo: 'https://github.com/made-up-lab/same//',
      projectPage: 'https://github.com/made-up-lab/same',
      githubStars: 7,
    },
  }),
  () => ({ lacks: ['submittedBy', 'submittedOnDailyBy'] }),
  () => ({ lacks: ['summary'] }),
  () => ({ both: { organization: organizationWithoutAvatar } }),
  () => ({ paper: { githubRepo: 'https://github.com/made-up-lab' } }),
  () => ({ paper: { githubStars: 42 } }),
  () => ({ paper: { withdrawnAt: '2026-01-20T00:00:00.000Z' } }),
  () => ({ paper: { projectPage: 'http://192.0.2.1:8080/demo' } }),
  () => ({ paper: { projectPage: 'javascript:alert(document.domain)' } }),
  () => ({ paper: { authors: [] } }),
  () => ({
    both: { mediaUrls: ['https://cdn-uploads.huggingface.co/production/uploads/made-up.mp4'] },
  }),
  () => ({ paper: { publishedAt: '2026-01-14T17:59:58.000Z' } }),
  () => ({ item: { numComments: 1 } }),
];

function entry(id: string, at: number, count: number, day: string): DailyItem {
  const method = methods[(at * 3 + count) % methods.length];
  const title = `${method} ${at + 1}: a Made-up Method for ${subjects[at % subjects.length]}`;
  const summary =
    `We made up a method called ${method}. It does what its title says, ${at + 1} times out of ${count}, and needs ` +
    'neither more data nor larger machines than were at hand. On five made-up benchmarks it comes out ahead of three ' +
    'made-up baselines, and where it does not we say so.';
  const submitter = `Submitter Number${(at % 3) + 1}`;
  const { user, ...account } = person(submitter);
  const plain: HubPaper = {
    id,
    authors: hubAuthors(names(1 + ((at + 4) % 5))),
    publishedAt: '2026-01-15T00:00:00.000Z',
    submittedOnDailyAt: `${day}T00:00:00.000Z`,
    title,
    submittedOnDailyBy: person(submitter),
    summary,
    // The first stands out, the third and the fourth are equal, the last has none.
    upvotes:
      at === 0
        ? 163
        : at >= count - 1
          ? 0
          : Math.ceil((150 * (count - (at === 3 ? 2 : at))) / count),
    discussionId: hex(id),
  };
  const trait = traits[at]?.(plain) ?? {};
  const complete = (fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !trait.lacks?.includes(name)));
  return {
    title,
    ...complete({
      summary,
      publishedAt: '2026-01-14T19:00:00.000Z',
      thumbnail: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`,
      numComments: at % 4,
      submittedBy: { ...account, isHf: false, isHfAdmin: false, isMod: false, followerCount: 5 },
      isAuthorParticipating: at % 2 === 0,
      ...trait.both,
      ...trait.item,
    }),
    paper: {
      ...complete({ ...plain, ...trait.both, ...trait.paper }),
      id,
      title: `${trait.both?.title ?? title}`,
    },
  };
}

const model = (id: string, likes: number) => ({
  author: id.split('/')[0],
  downloads: likes * 3,
  gated: false,
  id,
  availableInferenceProviders: [],
  lastModified: '2026-02-01T10:00:00.000Z',
  likes,
  pipeline_tag: 'text-generation',
  private: false,
  repoType: 'model',
});

/** What Hugging Face links to the paper that has everything. The lists are short, the totals true. */
const linked = {
  linkedModels: [
    model('made-up-lab/lantern-7b', 356),
    model('made-up-lab/lantern-1b', 31),
    model('reader/lantern', 0),
  ],
  numTotalModels: 12,
  linkedDatasets: [
    {
      author: 'made-up-lab',
      downloads: 764,
      gated: 'auto',
      id: 'made-up-lab/lantern-data',
      lastModified: '2026-02-01T10:00:00.000Z',
      private: false,
      repoType: 'dataset',
      likes: 9,
    },
  ],
  numTotalDatasets: 1,
  linkedSpaces: [
    {
      emoji: '🏮',
      id: 'made-up-lab/lantern-demo',
      running: true,
      shortDescription: 'Try it',
      featured: true,
    },
    { emoji: '🪁', id: 'reader/kite', running: false, featured: false },
  ],
  numTotalSpaces: 3,
};

const cs: ArxivPaper['subjects'] = [
  ['Machine Learning', 'cs.LG'],
  ['Computation and Language', 'cs.CL'],
];

const version = (date: string, size = '227 KB') => ({ date, size });

/** An arXiv paper with made-up text where nothing else is given. */
export function arxivPaper(paper: Partial<ArxivPaper> & { id: string }): ArxivPaper {
  return {
    title: `A Made-up Paper Numbered ${paper.id}`,
    authors: names(3),
    abstract: 'We made this up.\n  It has a second paragraph, too.',
    versions: [version('2026-01-15T18:00:01Z')],
    subjects: cs,
    ...paper,
  };
}

const arxivOnly: ArxivPaper[] = [
  arxivPaper({
    id: papers.linksOnly,
    title: 'A Paper whose Abstract Names its Artefacts',
    abstract:
      'Code is at https://github.com/made-up-lab/links-only. The model (https://huggingface.co/made-up-lab/links-7b) ' +
      'and the data, https://huggingface.co/datasets/made-up-lab/links-data, are open;\n  see also ' +
      '<https://project.example/links/>.',
  }),
  arxivPaper({ id: papers.plain, title: 'A Plain Paper that only arXiv Knows' }),
  arxivPaper({ id: papers.neverDaily, title: 'A Paper that never was on Daily Papers' }),
  arxivPaper({
    id: papers.math,
    title: 'Bounds of $\\mathcal{O}(n \\log n)$ for $B^0_s\\toμ^+μ^-$ at 5 < 6 & more',
    abstract: 'For all $x \\in \\mathbb{R}$ we show $x < x + 1$.\n  The proof costs $1 Million.',
    comments: '13 pages, 2 figures, for $n > 3$',
    doi: '10.99999/made-up.2026.4',
    html: true,
    versions: [
      version('2026-01-15T18:00:01Z'),
      version('2026-01-20T09:30:00Z', '230 KB'),
      version('2026-02-02T10:00:00Z', '231 KB'),
      version('2026-03-04T11:22:33Z', '309 KB'),
    ],
    subjects: [
      ['Information Theory', 'cs.IT'],
      ['Information Theory', 'math.IT'],
    ],
  }),
  arxivPaper({
    id: papers.withdrawn,
    title: 'A Paper that its Authors Withdrew',
    comments: 'This paper has been withdrawn because it was made up',
    withdrawn: 'author',
    versions: [
      version('2026-01-15T18:00:01Z'),
      { ...version('2026-01-25T18:00:01Z', '1 KB'), withdrawn: true },
    ],
  }),
  arxivPaper({
    id: papers.withdrawnByAdmin,
    title: 'A Paper that arXiv Withdrew',
    withdrawn: 'admin',
    versions: [
      version('2026-01-15T18:00:01Z'),
      { ...version('2026-01-25T18:00:01Z', '1 KB'), withdrawn: true },
    ],
  }),
  arxivPaper({ id: papers.manyAuthors, title: 'A Paper of Three Hundred', authors: names(300) }),
  arxivPaper({
    id: papers.linkInTitle,
    title: `A Comment on "A Plain Paper" (arXiv:${papers.plain})`,
  }),
  arxivPaper({
    id: papers.crossListed,
    title: 'A Paper from another Subject',
    subjects: [['Quantum Physics', 'quant-ph'], ...cs],
  }),
  arxivPaper({
    id: papers.replaced,
    title: 'A Paper that its Authors Replaced',
    html: true,
    versions: [version('2026-01-15T18:00:01Z'), version('2026-02-15T18:00:01Z')],
  }),
  arxivPaper({
    id: papers.fourDigits,
    title: 'A Paper from the Time of Four Digits',
    versions: [version('2010-01-15T18:00:01Z')],
  }),
  arxivPaper({
    id: papers.oldStyle,
    title: 'A Paper from the Last Century',
    versions: [version('1999-01-15T18:00:01Z', '12 KB'), version('1999-02-15T18:00:01Z', '13 KB')],
    subjects: [['High Energy Physics - Theory', 'hep-th']],
  }),
  arxivPaper({
    id: papers.oldStyleMath,
    title: 'A Paper with a Subject Class',
    versions: [version('2003-09-15T18:00:01Z', '12 KB')],
    subjects: [['Geometric Topology', 'math.GT']],
  }),
];

/** Adds everything that this project wrote itself. `today`: the UTC day that the newest list belongs to. */
export function addOwnPapers(catalogue: Catalogue, today: string): void {
  for (const [daysAgo, count] of ownDays) {
    const day = addDays(today, -daysAgo);
    const items = Array.from({ length: count }, (_, at) =>
      entry(`2601.9${daysAgo}${String(at + 1).padStart(3, '0')}`, at, count, day),
    );
    // The same paper on two days, as happens: with another submitter, and more upvotes the second time.
    if (daysAgo === 4 || daysAgo === 1) {
      const again = entry(papers.moved, traits.length, count, day);
      again.title = again.paper.title = 'A Paper that Came Twice';
      again.paper.upvotes = daysAgo === 4 ? 2 : 77;
      items.push(again);
    }
    // Older days come later here: what the newest says of a paper stays.
    const known = new Map(catalogue.hub);
    addDay(catalogue, day, items);
    for (const [id, paper] of known) catalogue.hub.set(id, paper);
    for (const { paper } of items)
      if (!catalogue.arxiv.has(paper.id)) catalogue.arxiv.set(paper.id, fromHub(paper));
  }
  // A week at Hugging Face may begin on the Friday before it.
  const friday = addDays(mondayOf(today), -3);
  for (let at = 0; at < periodSizes.month; at++) {
    const id = `2601.7${String(at + 1).padStart(4, '0')}`;
    const item = entry(id, traits.length + at, traits.length + periodSizes.month, friday);
    catalogue.periodOnly.push(item);
    catalogue.hub.set(id, { ...noneLinked, ...item.paper });
    catalogue.arxiv.set(id, fromHub(item.paper));
  }
  const complete = catalogue.hub.get(papers.complete);
  if (complete) catalogue.hub.set(papers.complete, { ...complete, ...linked });
  const first = catalogue.arxiv.get(papers.complete);
  if (first) catalogue.arxiv.set(papers.complete, { ...first, html: true });
  for (const paper of arxivOnly) catalogue.arxiv.set(paper.id, paper);
  const never = entry(papers.neverDaily, traits.length, 1, today).paper;
  never.title = 'A Paper that never was on Daily Papers';
  never.upvotes = 1;
  delete never.submittedOnDailyAt;
  delete never.submittedOnDailyBy;
  catalogue.hub.set(papers.neverDaily, { ...noneLinked, ...never });
}

/** Papers of a list too long to be written: `2512.90001` to `2512.99999`, on arXiv only. Undefined for another id. */
export function numberedPaper(id: string): ArxivPaper | undefined {
  const number = Number(/^2512\.9(\d{4})$/.exec(id)?.[1] ?? 0);
  if (number === 0) return undefined;
  return arxivPaper({
    id,
    title: `${methods[number % methods.length]} ${number}: One of Many Made-up Papers on ${subjects[number % subjects.length]}`,
    authors: names(1 + (number % 7)),
    versions: [version(monthOf(id))],
  });
}

/** The arXiv side of a paper that is known from Hugging Face. */
export function fromHub(paper: HubPaper): ArxivPaper {
  const authors = Array.isArray(paper.authors)
    ? paper.authors.map((author: { name?: unknown }) => `${author.name}`)
    : [];
  const abstract = typeof paper.summary === 'string' ? paper.summary : '';
  return arxivPaper({
    id: paper.id,
    title: paper.title.replace(/\s+/g, ' '),
    ...(authors.length > 0 ? { authors } : {}),
    ...(abstract ? { abstract } : {}),
    versions: [version(paper.publishedAt ?? monthOf(paper.id))],
  });
}

/** A time within the month that a new-style id names. */
export function monthOf(id: string): string {
  return `20${id.slice(0, 2)}-${id.slice(2, 4)}-15T00:00:00Z`;
}
