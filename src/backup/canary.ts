// Whether the library is still the one that was there: browsers may throw a database away, or lose a part of it.
import { countListed, type Database, read, schema } from '../library/tables';

/** What was found. `name`: the canary of the library as it is now; absent where it never had one. */
export interface Seen {
  name?: string;
  /** It says that it holds papers, and there are none. */
  hollow: boolean;
  /** A newer version of this extension has written it. */
  newer: boolean;
}

/** Looks at the library: a few rows, however large it is. @throws Failure `storage` */
export function lookAtCanary(db: Database): Promise<Seen> {
  return read(db, ['meta', 'kept'], async () => {
    const [canary, written, first] = await Promise.all([
      db.meta.get('canary'),
      db.meta.get('schema'),
      db.kept.limit(1).primaryKeys(),
    ]);
    return {
      ...(canary?.key === 'canary' && { name: canary.value }),
      hollow: first.length === 0 && (await countListed(db)) > 0,
      newer: written?.key === 'schema' && written.value > schema,
    };
  });
}

/**
 * Is the library lost, or a part of it?
 * @param before the canary that was seen the last time; undefined where none ever was, as after an install
 */
export function isLost({ name, hollow }: Seen, before: string | undefined): boolean {
  return hollow || (before !== undefined && name !== before);
}
