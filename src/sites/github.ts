// GitHub: the one paper that a repository's README links to.
import { arxiv } from './arxiv';
import { huggingface } from './huggingface';
import { linkedPaper, linksOnly, listKey, mention, paperLinks } from './links';
import type { Examples, Row, Site } from './site';

/** `/owner/repository`, but not the pages of GitHub itself that look the same. */
const repository =
  /^\/(?!(about|apps|collections|features|login|marketplace|notifications|orgs|search|settings|sponsors|stars|topics|trending|users)\/)[\w-]+\/[\w.-]+\/?$/;

/** The first link, if all links to papers lead to one. A README that compares papers is about none of them. */
function rowOf(readme: Element, base: URL): Row | null {
  if (readme.ownerDocument.readyState === 'loading') return null;
  let first: Row | undefined;
  for (const link of readme.querySelectorAll(paperLinks)) {
    const linked = linkedPaper(link, base, [arxiv.recognise, huggingface.recognise]);
    if (linked && first && linked.ref.id !== first.ref.id) return null;
    if (linked) first ??= mention(link, linked);
  }
  return first ?? null;
}

export const github: Site = {
  ...linksOnly,
  name: 'github',
  hosts: ['https://github.com/*'],
  optional: { label: 'GitHub' },

  list(url) {
    const { protocol, hostname, pathname } = url;
    if (!/^https?:$/.test(protocol) || hostname !== 'github.com') return null;
    if (!repository.test(pathname)) return null;
    return {
      site: 'github',
      // What follows the path chooses a tab of the same page.
      key: listKey(new URL(pathname, url)),
      selector: 'article.markdown-body',
      row: (element) => rowOf(element, url),
      keys: false,
    };
  },
};

export const examples: Examples = {
  'https://github.com/author/margins': { list: '/author/margins' },
  'https://github.com/author/margins/': { list: '/author/margins' },
  'https://github.com/first-author/margins.js': { list: '/first-author/margins.js' },
  'https://github.com/author/margins#readme': { list: '/author/margins' },
  'https://github.com/author/margins?tab=readme-ov-file': {
    list: '/author/margins',
  },
  'https://github.com/': null,
  'https://github.com/author': null,
  'https://github.com/author/margins/issues': null,
  'https://github.com/author/margins/blob/main/README.md': null,
  'https://github.com/topics/arxiv': null,
  'https://gist.github.com/author/margins': null,
};
