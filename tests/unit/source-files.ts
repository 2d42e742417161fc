// The source files of this project as data, for the tests that hold rules over all of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the project's root, with `/`, such as `src/paper.ts` */
  path: string;
  text: string;
}

/** All files under these folders whose name ends in one of these endings, such as `.ts`. */
export function sourceFiles(folders: string[], endings: string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter(
        (entry) =>
          entry.isFile() &&
          endings.some((ending) => entry.name.endsWith(ending)) &&
          !entry.parentPath.split(sep).includes('node_modules'),
      ),
    )
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return {
        path: relative(root, file).split(sep).join('/'),
        text: readFileSync(file, 'utf8'),
      };
    });
}
