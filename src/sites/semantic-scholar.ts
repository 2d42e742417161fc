// Semantic Scholar: the papers that its pages link to.
import { arxiv } from './arxiv';
import { huggingface } from './huggingface';
import { linksOnly, mentions } from './links';
import type { Examples, Site } from './site';

export const semanticScholar: Site = {
  ...linksOnly,
  name: 'semantic-scholar',
  hosts: ['https://www.semanticscholar.org/*'],
  optional: { label: 'Semantic Scholar' },

  list(url) {
    const { protocol, hostname, pathname } = url;
    if (!/^https?:$/.test(protocol) || hostname !== 'www.semanticscholar.org') return null;
    return /^\/(paper|author|reader)\/.|^\/search$/.test(pathname)
      ? mentions('semantic-scholar', url, [arxiv.recognise, huggingface.recognise])
      : null;
  },
};

const sha = '0000000000000000000000000000000000000000';

export const examples: Examples = {
  [`https://www.semanticscholar.org/paper/A-Margin-Author/${sha}`]: {
    list: `/paper/A-Margin-Author/${sha}`,
  },
  [`https://www.semanticscholar.org/paper/${sha}`]: { list: `/paper/${sha}` },
  [`https://www.semanticscholar.org/reader/${sha}`]: { list: `/reader/${sha}` },
  'https://www.semanticscholar.org/author/F.-Author/1': { list: '/author/F.-Author/1' },
  'https://www.semanticscholar.org/search?q=margin': { list: '/search?q=margin' },
  'https://www.semanticscholar.org/': null,
  'https://www.semanticscholar.org/paper/': null,
  'https://www.semanticscholar.org/me/library': null,
  'https://www.semanticscholar.org/product/api': null,
  [`https://api.semanticscholar.org/paper/${sha}`]: null,
};
