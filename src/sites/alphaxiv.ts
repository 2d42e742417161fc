// alphaXiv: its pages of arXiv papers. It has papers of its own too, whose ids are not arXiv's.
import { barePaper, parsePaperId } from '../paper';
import { atEdge } from './place';
import type { Examples, Page, Site } from './site';

/** First words of paths that name a paper, and what stands there. */
const kinds: Record<string, Page['kind']> = {
  abs: 'abs',
  overview: 'abs',
  pdf: 'pdf',
  replicate: 'other',
  audio: 'other',
};

const path = /^\/(abs|overview|pdf|replicate|audio)\/(.+?)\/?$/;

export const alphaxiv: Site = {
  name: 'alphaxiv',
  hosts: ['https://www.alphaxiv.org/*', 'https://alphaxiv.org/*'],
  optional: { label: 'alphaXiv' },

  recognise({ protocol, hostname, pathname }) {
    if (!/^https?:$/.test(protocol) || !/^(www\.)?alphaxiv\.org$/.test(hostname)) return null;
    const [, first = '', text = ''] = path.exec(pathname) ?? [];
    const kind = kinds[first];
    const ref = parsePaperId(text);
    return kind && ref ? { site: 'alphaxiv', kind, ...ref } : null;
  },

  // A page that a script builds: a paper that is missing has the same path and no mark that we know.
  shows: (document) => document.body !== null,
  place: (document) => (document.readyState === 'loading' ? null : atEdge(document)),
  read: (_, page) => barePaper(page),
};

export const examples: Examples = {
  'https://www.alphaxiv.org/abs/1810.04805': ['1810.04805', 'abs'],
  'https://alphaxiv.org/abs/1810.04805v2': ['1810.04805', 'abs', 2],
  'https://www.alphaxiv.org/abs/hep-th/9901001': ['hep-th/9901001', 'abs'],
  'https://www.alphaxiv.org/overview/1810.04805': ['1810.04805', 'abs'],
  'https://www.alphaxiv.org/pdf/1810.04805v1?page=3': ['1810.04805', 'pdf', 1],
  'https://www.alphaxiv.org/audio/1810.04805': ['1810.04805', 'other'],
  'https://www.alphaxiv.org/': null,
  'https://www.alphaxiv.org/abs/2608.glm-5': null,
  'https://www.alphaxiv.org/abs/1810.04805.md': null,
  'https://www.alphaxiv.org/explore/1810.04805': null,
  'https://api.alphaxiv.org/abs/1810.04805': null,
};
