// Papers of the person's library that are near another one, with what they wrote of them.
import { useId } from 'preact/hooks';
import type { Related } from '../library/api';
import { absUrl } from '../paper';
import { readable } from '../tex';

/** Each with its title, which leads to arXiv, and the first line of its note. */
export function RelatedList({ papers }: { papers: Related[] }) {
  return (
    <ul class="related">
      {papers.map(({ id, title, note }) => (
        <li key={id} data-paper={id}>
          <a
            href={absUrl({ id })}
            title={readable(title)}
            target="_blank"
            rel="noopener noreferrer"
          >
            {readable(title) || `arXiv:${id}`}
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

/** The same as a section of a page of ours; nothing where there are none. */
export function Near({ papers, level = 2 }: { papers: Related[]; level?: 2 | 3 }) {
  const head = useId();
  const Heading = `h${level}` as 'h2';
  if (papers.length === 0) return null;
  return (
    <section class="near" aria-labelledby={head}>
      <Heading id={head}>Near in your library</Heading>
      <RelatedList papers={papers} />
    </section>
  );
}
