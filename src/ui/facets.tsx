// The parts of what was found, to narrow it down: each a term of the query that a click puts in or takes out.
import { useState } from 'preact/hooks';
import type { Facet, Facets as Found } from '../library/api';
import { number } from './words';

/** So many of a group are drawn at first. */
const few = 8;

const groups: [Exclude<keyof Found, 'indexing'>, string][] = [
  ['states', 'State'],
  ['tags', 'Tags'],
  ['has', 'With'],
  ['years', 'Year'],
  ['categories', 'Category'],
  ['organizations', 'Organization'],
];

interface Props {
  /** Undefined until the first answer. */
  facets: Found | undefined;
  /** An answer to a newer question is still to come. */
  pending: boolean;
  isOn: (term: string) => boolean;
  onToggle: (term: string) => void;
}

function Group({
  name,
  facets,
  isOn,
  onToggle,
}: { name: string; facets: Facet[] } & Pick<Props, 'isOn' | 'onToggle'>) {
  const [every, setEvery] = useState(false);
  // What is on stands first, so that it can be taken back without looking for it.
  const on = facets.filter(({ term }) => isOn(term));
  const rest = facets.filter((facet) => !on.includes(facet));
  const shown = [...on, ...(every ? rest : rest.slice(0, Math.max(0, few - on.length)))];
  return (
    // Words of ours begin with a capital; those of the person stay as they are.
    <section data-plain={name === 'State' || name === 'With' ? '' : undefined}>
      <h2>{name}</h2>
      <ul>
        {shown.map(({ term, label, papers }) => (
          <li key={term}>
            <button
              type="button"
              aria-pressed={on.some((one) => one.term === term)}
              title={label}
              onClick={() => onToggle(term)}
            >
              <span class="label">{label}</span>
              <span class="count">{number(papers)}</span>
            </button>
          </li>
        ))}
      </ul>
      {facets.length > few && (
        <button
          type="button"
          class="link quiet"
          aria-expanded={every}
          onClick={() => setEvery(!every)}
        >
          {every ? 'Show fewer' : `Show ${number(facets.length - shown.length)} more`}
        </button>
      )}
    </section>
  );
}

/** A group for each kind of part; none for a kind that nothing found has. */
export function Facets({ facets, pending, isOn, onToggle }: Props) {
  if (!facets) {
    return (
      <div aria-hidden="true">
        {[70, 55, 62, 48, 66].map((width) => (
          <i class="bone" key={width} style={{ width: `${width}%`, margin: '12px 8px' }} />
        ))}
      </div>
    );
  }
  return (
    <div class="facets" aria-busy={pending}>
      {facets.indexing && <p class="quiet">Not all papers are counted yet.</p>}
      {groups.map(
        ([key, name]) =>
          facets[key].length > 0 && (
            <Group key={key} name={name} facets={facets[key]} isOn={isOn} onToggle={onToggle} />
          ),
      )}
    </div>
  );
}
