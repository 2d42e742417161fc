// The order of the library: one for all papers and one for what was searched, both remembered.
import { useState } from 'preact/hooks';
import type { LibraryOrder, LibrarySort } from '../library/api';

const sorts: readonly LibrarySort[] = ['match', 'saved', 'published', 'read', 'upvotes', 'title'];

const key = (searching: boolean) => (searching ? 'library order of searches' : 'library order');
const first = (searching: boolean): LibraryOrder => ({ by: searching ? 'match' : 'saved' });

/** What was remembered; the default where that is none, or where the browser keeps nothing. */
function remembered(searching: boolean): LibraryOrder {
  try {
    const { by, reverse } = JSON.parse(localStorage.getItem(key(searching)) ?? '{}');
    if (sorts.includes(by) && (searching || by !== 'match')) {
      return { by, ...(reverse === true && { reverse: true as const }) };
    }
  } catch {
    // As if nothing was remembered.
  }
  return first(searching);
}

/** @returns `orderOf`: the order for a question with words or without; `choose` sets and remembers it, `take` sets it */
export function useOrder() {
  const [orders, setOrders] = useState(() => ({
    all: remembered(false),
    searched: remembered(true),
  }));
  const take = (searching: boolean, order: LibraryOrder) =>
    setOrders({ ...orders, [searching ? 'searched' : 'all']: order });
  return {
    orderOf: (searching: boolean) => (searching ? orders.searched : orders.all),
    take,
    choose: (searching: boolean, order: LibraryOrder) => {
      take(searching, order);
      try {
        localStorage.setItem(key(searching), JSON.stringify(order));
      } catch {
        // It holds until the page is closed.
      }
    },
  };
}

/** Undefined for the library's own order, which need not be asked for. */
export function asked(order: LibraryOrder, searching: boolean): LibraryOrder | undefined {
  return order.by === first(searching).by && !order.reverse ? undefined : order;
}

export const sameOrder = (a: LibraryOrder, b: LibraryOrder) =>
  a.by === b.by && Boolean(a.reverse) === Boolean(b.reverse);
