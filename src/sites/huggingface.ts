// Hugging Face: paper pages, lists of papers, and the papers that other pages mention.
import { barePaper, parsePaperId } from '../paper';
import { arxiv } from './arxiv';
import { linkedPaper, listKey, mentions } from './links';
import { atEdge } from './place';
import type { Examples, Page, Row, Site } from './site';
import { textOf } from './text';

/** `/papers`, `/papers/trending`, `/papers/date/2026-08-21`, `/papers/week/2026-W34`, `/papers/month/2026-08` */
const lists = /^\/papers(\/trending|\/(date|week|month)\/\d{4}-[\dW-]+)?\/?$/;

/** Pages that are not about a model, a dataset, a Space or a person, or that change with every word typed. */
const apart = /^\/(papers|api|chat|docs|join|login|settings)(\/|$)/;

const heading = /^\s*(Models|Datasets|Spaces|Collections) (citing|including) this paper/;

/** The elements whose own text begins like the heading of a block of the right column, in the page's order. */
function blockHeadings(document: Document): { element: Element; about: string | undefined }[] {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const match = heading.exec(text.nodeValue ?? '');
    if (match && text.parentElement) found.push({ element: text.parentElement, about: match[1] });
  }
  return found;
}

function recognise({ protocol, hostname, pathname }: URL): Page | null {
  // hf.co is the short form in links; it leads to the same page.
  if (!/^https?:$/.test(protocol) || !/^(huggingface|hf)\.co$/.test(hostname)) return null;
  const text = /^\/papers\/([\w.]+)\/?$/.exec(pathname)?.[1] ?? '';
  const ref = parsePaperId(text);
  // arXiv repairs identifiers, Hugging Face does not.
  return ref && text.split('v')[0] === ref.id ? { site: 'huggingface', kind: 'abs', ...ref } : null;
}

/** A card links its paper three or four times; the title says which, or else the picture. */
function rowOf(card: Element, base: URL): Row | null {
  // The page takes what its server sent and makes it its own; what is put in before that is dropped.
  if (card.ownerDocument.readyState === 'loading') return null;
  const candidates = [...card.querySelectorAll('a[href*="/papers/"]')].filter(
    (link) => link.closest('article') === card,
  );
  const titled = candidates.find((link) => link.closest('h3'));
  const link = titled ?? candidates.find((candidate) => candidate.parentElement === card);
  const linked = link && linkedPaper(link, base, [recognise]);
  if (!linked) return null;
  const beside = titled?.closest('h3')?.parentElement ?? card;
  return {
    ...linked,
    row: card,
    place: { element: beside, position: 'append' },
    read: () => ({ ...barePaper(linked.ref), title: textOf(titled) }),
  };
}

export const huggingface: Site = {
  name: 'huggingface',
  hosts: ['https://huggingface.co/*'],
  recognise,

  list(url) {
    const { protocol, hostname, pathname } = url;
    if (!/^https?:$/.test(protocol) || hostname !== 'huggingface.co') return null;
    if (lists.test(pathname)) {
      return {
        site: 'huggingface',
        key: listKey(url),
        selector: 'article',
        row: (element) => rowOf(element, url),
        keys: true,
      };
    }
    return apart.test(pathname) ? null : mentions('huggingface', url, [recognise, arxiv.recognise]);
  },

  // A paper that Hugging Face lacks has the same path and no mark of its own.
  shows: (document) => document.body !== null,

  place(document) {
    if (document.readyState === 'loading') return null;
    const [first, ...rest] = blockHeadings(document);
    if (!first) return atEdge(document);
    // Up from the heading to the whole block: as far as it holds no heading of another block. Without another one
    // nothing tells where the block ends, and the heading itself must do.
    const others = rest.filter(({ about }) => about !== first.about);
    let block = first.element;
    for (
      let outer = block.parentElement;
      others.length > 0 && outer && !others.some(({ element }) => outer?.contains(element));
      outer = outer.parentElement
    ) {
      block = outer;
    }
    return { element: block, position: 'before', fit: 'column' };
  },

  /** The identifier alone: these pages carry no citation tags, and the API is the source for the rest. */
  read: (_, page) => barePaper(page),

  /** The abstract alone: before it, under the same heading, may stand a summary that is not the paper's own. */
  text(document) {
    const title = [...document.querySelectorAll('h2')].find((one) => textOf(one) === 'Abstract');
    const block = title?.parentElement ?? null;
    const long = [...(block?.querySelectorAll('p') ?? [])].filter((one) => textOf(one).length > 80);
    return long.at(-1) ?? block;
  },
};

export const examples: Examples = {
  'https://huggingface.co/papers/1810.04805': ['1810.04805', 'abs'],
  'https://huggingface.co/papers/1810.04805v2': ['1810.04805', 'abs', 2],
  'https://huggingface.co/papers/1810.04805/': ['1810.04805', 'abs'],
  'https://huggingface.co/papers/1810.04805#community': ['1810.04805', 'abs'],
  'https://huggingface.co/papers/0704.0001?from=list': ['0704.0001', 'abs'],
  'https://hf.co/papers/1810.04805': ['1810.04805', 'abs'],
  'https://huggingface.co/papers/trending?q=llama': { list: '/papers/trending?q=llama' },
  'https://huggingface.co/papers/date/2026-08-21': { list: '/papers/date/2026-08-21' },
  'https://huggingface.co/datasets/author/margins': { list: '/datasets/author/margins' },
  'https://huggingface.co/papers/submit': null,
  'https://huggingface.co/chat/': null,
  'https://huggingface.co/papers/index?arxivId=1810.04805': null,
  'https://huggingface.co/papers/1810.04805.md': null,
  'https://huggingface.co/api/papers/1810.04805': null,
};
