// Papers of the person's library that are near another one, with what they wrote of them.
import type { Related } from '../library/api';
import { absUrl } from '../paper';

/** Each with its title, which leads to arXiv, and the first line of its note. */
export function RelatedList({ papers }: { papers: Related[] }) {
  return (
    <ul class="related">
      {papers.map(({ id, title, note }) => (
        <li key={id} data-paper={id}>
          <a href={absUrl({ id })} title={title} target="_blank" rel="noopener noreferrer">
            {title || `arXiv:${id}`}
          </a>
          {note && (
            <p class="first" title={note}>
              {note}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
