// The frame of related papers on a paper page: their notes are the person's own words, so they must not stand in the page.
import { useLayoutEffect, useState } from 'preact/hooks';
import { RelatedList } from '../ui/related';
import { frameOf, useEscape } from './frame';
import type { Library, Notices } from './reach';
import { useRelated } from './related';

/** `#` and the id of the paper of the page. `data-state` on `<html>`: `loading`, `ready` or `error`. */
export function RelatedFrame(props: { address: Location; library: Library; notices: Notices }) {
  const [id] = useState(() => frameOf(props.address).id);
  const { papers, failure, retry } = useRelated(id, props);
  useEscape();
  const state = failure || !id ? 'error' : papers ? 'ready' : 'loading';
  useLayoutEffect(() => {
    document.documentElement.dataset.state = state;
  }, [state]);
  return (
    <main>
      <h1 class="hidden">Related in your library</h1>
      {failure && (
        <p class="status" role="alert">
          {failure}{' '}
          <button type="button" class="link" onClick={retry}>
            Try again
          </button>
        </p>
      )}
      {!id && <p class="status">This address names no paper.</p>}
      {!failure && papers?.length === 0 && (
        <p class="status">Nothing in your library is near this paper now.</p>
      )}
      {papers && papers.length > 0 && <RelatedList papers={papers} />}
    </main>
  );
}
