// OpenReview: the papers at arXiv that its pages link to.
import { arxiv } from './arxiv';
import { huggingface } from './huggingface';
import { linksOnly, mentions } from './links';
import type { Examples, Site } from './site';

export const openreview: Site = {
  ...linksOnly,
  name: 'openreview',
  hosts: ['https://openreview.net/*'],
  optional: { label: 'OpenReview' },

  list(url) {
    const { protocol, hostname, pathname, searchParams } = url;
    if (!/^https?:$/.test(protocol) || hostname !== 'openreview.net') return null;
    return /^\/(forum|group|profile)$/.test(pathname) && searchParams.has('id')
      ? mentions('openreview', url, [arxiv.recognise, huggingface.recognise])
      : null;
  },
};

export const examples: Examples = {
  'https://openreview.net/forum?id=abc123': { list: '/forum?id=abc123' },
  'http://openreview.net/forum?id=abc123': { list: '/forum?id=abc123' },
  'https://openreview.net/forum?id=abc123&noteId=def456': {
    list: '/forum?id=abc123&noteId=def456',
  },
  'https://openreview.net/group?id=Venue.org/2026': { list: '/group?id=Venue.org/2026' },
  'https://openreview.net/profile?id=~First_Author1': { list: '/profile?id=~First_Author1' },
  'https://openreview.net/': null,
  'https://openreview.net/forum': null,
  'https://openreview.net/pdf?id=abc123': null,
  'https://openreview.net/search?term=margin': null,
  'https://api.openreview.net/forum?id=abc123': null,
};
