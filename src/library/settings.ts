// The person's settings: what they chose, over the defaults of the rest.
import { digestDefaults } from '../digest/filters';
import type { Library, Settings } from './api';
import { present } from './merge';
import type { Seams } from './seams';
import { type Database, read, write } from './tables';

const defaults: Settings = {
  folded: false,
  keys: true,
  remember: false,
  fileName: '{author} {year} - {title} ({id})',
  digest: digestDefaults,
};

/** What the person set. Needs the table `meta`. */
async function chosen(db: Database): Promise<Partial<Settings>> {
  const row = await db.meta.get('settings');
  return row?.key === 'settings' ? row.value : {};
}

/** `said` field by field: one that is missing or of another type, as of another version, is that of `otherwise`. */
function over<T extends object>(otherwise: T, said: object | undefined): T {
  const known = new Map<string, unknown>(Object.entries(said ?? {}));
  const fields = Object.entries(otherwise).map(([name, usual]) => {
    const value = known.get(name);
    if (value === null || typeof value !== typeof usual) return [name, usual];
    return [name, typeof value === 'object' ? over(usual as object, value) : value];
  });
  return Object.fromEntries(fields) as T;
}

/** All settings. Needs the table `meta`. */
export async function readSettings(db: Database): Promise<Settings> {
  const said = await chosen(db);
  return { ...defaults, ...said, digest: over(defaults.digest, said.digest) };
}

/** The verbs of the settings. */
export function openSettings({
  db,
  changed,
}: Seams): Pick<Library, 'settings' | 'fold' | 'choose' | 'adjust'> {
  async function change(wanted: { [Name in keyof Settings]?: Settings[Name] | undefined }) {
    const said = present<Partial<Settings>>(wanted);
    await write(db, ['opened'], async () => {
      const { fileName, ...value } = { ...(await chosen(db)), ...said };
      // An emptied template is the wish for the default.
      const template = fileName?.trim() ? { fileName } : {};
      await db.meta.put({ key: 'settings', value: { ...value, ...template } });
      if (said.remember === false) await db.opened.clear();
    });
    // How the digest is wanted is no matter of pages, and changes while a person types.
    const digestAlone = Object.keys(said).every((name) => name === 'digest');
    changed(digestAlone ? { digest: true } : { all: true });
  }

  return {
    settings: () => read(db, ['meta'], () => readSettings(db)),
    fold: (folded) => change({ folded }),
    choose: (choice) => change({ choice }),
    adjust: ({ keys, remember, fileName, digest }) => change({ keys, remember, fileName, digest }),
  };
}
