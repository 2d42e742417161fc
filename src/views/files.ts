// Files in and out of the library, brought to a page at their first use: the formats weigh more than all else there.
import type { Files } from '../library/files';

/** Over the library's own database, which our pages may read. */
async function load(): Promise<Files> {
  const [{ openFiles }, { openDatabase }, { recognise }] = await Promise.all([
    import('../library/exchanging'),
    import('../library/tables'),
    import('../sites'),
  ]);
  return openFiles({ db: openDatabase(), recognise });
}

/** Files that are loaded when one of them is asked for. */
export function filesWhenNeeded(): Files {
  let loaded: Promise<Files> | undefined;
  const files = () => {
    loaded ??= load().catch((cause: unknown) => {
      // The next try loads them anew.
      loaded = undefined;
      throw cause;
    });
    return loaded;
  };
  return {
    preview: async (...args) => (await files()).preview(...args),
    write: async (...args) => (await files()).write(...args),
    missing: async () => (await files()).missing(),
    cite: async (paper) => (await files()).cite(paper),
  };
}
