// ar5iv: papers as web pages, at a host of arXiv's own and at one apart.
import { parsePaperId } from '../paper';
import { articleOf, placeLatexml, readLatexml, showsLatexml } from './latexml';
import type { Examples, Site } from './site';

export const ar5iv: Site = {
  name: 'ar5iv',
  hosts: ['https://ar5iv.labs.arxiv.org/*', 'https://ar5iv.org/*'],
  optional: { label: 'ar5iv' },

  recognise({ protocol, hostname, pathname }) {
    if (!/^https?:$/.test(protocol) || !/^ar5iv\.(labs\.arxiv\.)?org$/.test(hostname)) return null;
    // Both lead to the web page.
    const ref = parsePaperId(/^\/(?:html|abs)\/(.+)/.exec(pathname)?.[1] ?? '');
    return ref && { site: 'ar5iv', kind: 'html', ...ref };
  },

  shows: showsLatexml,
  place: placeLatexml,
  read: readLatexml,
  text: articleOf,
};

export const examples: Examples = {
  'https://ar5iv.labs.arxiv.org/html/1810.04805': ['1810.04805', 'html'],
  'https://ar5iv.labs.arxiv.org/html/1810.04805v2#S1': ['1810.04805', 'html', 2],
  'https://ar5iv.labs.arxiv.org/html/hep-th/9901001': ['hep-th/9901001', 'html'],
  'https://ar5iv.org/html/1810.04805': ['1810.04805', 'html'],
  'https://ar5iv.org/abs/1810.04805': ['1810.04805', 'html'],
  'https://ar5iv.labs.arxiv.org/': null,
  'https://ar5iv.labs.arxiv.org/feeling_lucky': null,
  'https://ar5iv.labs.arxiv.org/log/1810.04805': null,
  'https://ar5iv.labs.arxiv.org/html/1313.00001': null,
  'https://ar5iv.org.example.com/html/1810.04805': null,
};
