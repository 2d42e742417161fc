// What stands over the list of the library: how many papers, in which order; and what stands there instead of papers.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LibraryOrder, LibrarySort, QueryProblem } from '../library/api';
import { Icon } from './icon';
import { counted } from './words';

/** Each order, and what its two directions are called. */
const orders: Record<LibrarySort, [name: string, down: string, up: string]> = {
  match: ['Best match', 'Best first', 'Worst first'],
  saved: ['Date saved', 'Newest first', 'Oldest first'],
  published: ['Date published', 'Newest first', 'Oldest first'],
  read: ['Date read', 'Latest first', 'Earliest first'],
  upvotes: ['Upvotes', 'Most first', 'Fewest first'],
  title: ['Title', 'A to Z', 'Z to A'],
};

interface Order {
  order: LibraryOrder;
  /** There are words by which papers are found better or worse. */
  searching: boolean;
  onOrder: (order: LibraryOrder) => void;
}

/** A choice named `Order` and a button for its direction. */
function OrderChoice(props: Order) {
  const { order, searching } = props;
  const [, down, up] = orders[order.by];
  const direction = order.reverse ? up : down;
  return (
    <div class="order">
      <select
        class="reading"
        aria-label="Order"
        value={order.by}
        onChange={({ currentTarget }) => props.onOrder({ by: currentTarget.value as LibrarySort })}
      >
        {(Object.keys(orders) as LibrarySort[]).map(
          (by) =>
            (by !== 'match' || searching) && (
              <option key={by} value={by}>
                {orders[by][0]}
              </option>
            ),
        )}
      </select>
      <button
        type="button"
        class="square quiet"
        data-up={order.reverse}
        title={`${direction}. Press to turn it round.`}
        onClick={() =>
          props.onOrder({ by: order.by, ...(!order.reverse && { reverse: true as const }) })
        }
      >
        <Icon name="down" />
        <span class="hidden">{`${direction}, turn round`}</span>
      </button>
    </div>
  );
}

/** How many there are, in which order, and the way to the filters where they do not stand beside the list. */
export function ListBar({
  total,
  found,
  onFilters,
  ...order
}: Order & {
  /** Undefined while nothing is kept, or not known. */
  total: number | undefined;
  /** They were searched. */
  found: boolean;
  onFilters: (() => void) | undefined;
}) {
  return (
    <div class="bar">
      <span class="count" role="status">
        {total !== undefined && counted(total, 'paper') + (found ? ' found' : '')}
      </span>
      {total !== undefined && onFilters && (
        <button type="button" class="plain" onClick={onFilters}>
          <Icon name="filter" />
          Filters
        </button>
      )}
      {total !== undefined && <OrderChoice {...order} />}
    </div>
  );
}

/** A checkbox for all that are found: half on while only some are selected. */
export function SelectAll(props: {
  selected: number;
  total: number;
  onAll: () => void;
  onNone: () => void;
}) {
  const { selected, total } = props;
  const box = useRef<HTMLInputElement>(null);
  const all = selected >= total;
  // A click turns it at once, but the ids come later, or never.
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.checked = all;
    box.current.indeterminate = selected > 0 && !all;
  });
  return (
    <label class="all" title="Select all that are found (Ctrl+A)">
      <input ref={box} type="checkbox" onChange={all ? props.onNone : props.onAll} />
      {/* Else it would stand there twice. */}
      <span class={selected > 0 ? 'hidden' : undefined}>Select all</span>
    </label>
  );
}

/** Why there are no rows, and what to do. */
export function NoRows(props: {
  kept: number;
  /** What they were searched for, and what is wrong with that. */
  query: string;
  problem: QueryProblem | undefined;
  /** What may have been meant: a term, and the query with it. */
  meant: { term: string; query: string } | undefined;
  onQuery: (query: string) => void;
}) {
  const { kept, query, problem, meant, onQuery } = props;
  if (kept === 0) {
    return (
      <div class="empty">
        <h2>Nothing is kept here yet</h2>
        <p>
          Open a paper on arXiv or Hugging Face and press Save, or write a note. Papers that you
          save, note, tag or highlight appear here. What you kept in another program comes by
          Import.
        </p>
        <a class="plain" href="popup.html">
          Today’s papers
        </a>
      </div>
    );
  }
  const term = problem && query.slice(problem.at, problem.at + problem.length).trim();
  return (
    <div class="empty">
      <h2>Nothing found</h2>
      {problem ? (
        <p>
          {term && (
            <>
              <b>{term}</b> is not understood.{' '}
            </>
          )}
          {problem.says}
        </p>
      ) : (
        <p>
          No paper of your library has all of this in its title, authors, abstract, tags, note,
          highlights or id.
        </p>
      )}
      {meant && (
        <p>
          A tag with a space needs quotation marks:{' '}
          <button type="button" class="link" onClick={() => onQuery(meant.query)}>
            {meant.term}
          </button>
        </p>
      )}
      <button type="button" class="plain" onClick={() => onQuery('')}>
        Show all papers
      </button>
    </div>
  );
}
