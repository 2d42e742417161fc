// What the recovery page does with the library's database, over the browser's own.
import { openDatabase } from '../library/tables';
import { type Examined, examine } from './examine';
import { openRawLibrary, type Raw, type Recovered, rawFile, recoveredFile } from './raw';

export interface Recovering {
  /** Looks at the library's database. `answers` rejects where the library itself cannot use it. */
  examine(answers: () => Promise<unknown>): Promise<Examined>;
  /** What can be read, as an export of ours. */
  recover(raw: Raw): Promise<Recovered>;
  /** Every row, as it lies there. */
  dump(raw: Raw): Promise<Blob>;
}

/** Only names and tables are taken of the database that is declared: it is never opened by them. */
export const recovering: Recovering = {
  examine: (answers) => {
    const tables = openDatabase().tables.map(({ name }) => name);
    return examine(openRawLibrary, tables, answers);
  },
  recover: (raw) => recoveredFile(raw, Date.now()),
  dump: rawFile,
};
