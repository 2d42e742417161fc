// Hugging Face: its paper pages.
import { parsePaperId } from '../paper';
import type { Examples, Site } from './site';

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

export const huggingface: Site = {
  name: 'huggingface',
  hosts: ['https://huggingface.co/*'],

  recognise({ protocol, hostname, pathname }) {
    // hf.co is the short form in links; it leads to the same page.
    if (!/^https?:$/.test(protocol) || !/^(huggingface|hf)\.co$/.test(hostname)) return null;
    const text = /^\/papers\/([\w.]+)\/?$/.exec(pathname)?.[1] ?? '';
    const ref = parsePaperId(text);
    // arXiv repairs identifiers, Hugging Face does not.
    return ref && text.split('v')[0] === ref.id
      ? { site: 'huggingface', kind: 'abs', ...ref }
      : null;
  },

  // A paper that Hugging Face lacks has the same path and no mark of its own.
  shows: (document) => document.body !== null,

  place(document) {
    if (document.readyState === 'loading') return null;
    const [first, ...rest] = blockHeadings(document);
    if (!first) return { element: document.body, position: 'append', fit: 'docked' };
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
  read: (_, { id, version }) => ({
    id,
    title: '',
    authors: [],
    abstract: '',
    ...(version && { version }),
  }),
};

export const examples: Examples = {
  'https://huggingface.co/papers/1810.04805': ['1810.04805', 'abs'],
  'https://huggingface.co/papers/1810.04805v2': ['1810.04805', 'abs', 2],
  'https://huggingface.co/papers/1810.04805/': ['1810.04805', 'abs'],
  'https://huggingface.co/papers/1810.04805#community': ['1810.04805', 'abs'],
  'https://huggingface.co/papers/0704.0001?from=list': ['0704.0001', 'abs'],
  'https://hf.co/papers/1810.04805': ['1810.04805', 'abs'],
  'https://huggingface.co/papers': null,
  'https://huggingface.co/papers/trending': null,
  'https://huggingface.co/papers/date/2026-08-21': null,
  'https://huggingface.co/papers/index?arxivId=1810.04805': null,
  'https://huggingface.co/papers/1810.04805.md': null,
  'https://huggingface.co/api/papers/1810.04805': null,
};
