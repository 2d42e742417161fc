// Stops an end-to-end run at once, with what to do, when there is nothing built to test.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @throws Error when a production build is missing */
export default function requireBuilds(): void {
  for (const build of ['chrome-mv3', 'firefox-mv3']) {
    const manifest = fileURLToPath(
      new URL(`../../.output/${build}/manifest.json`, import.meta.url),
    );
    if (!existsSync(manifest)) {
      throw new Error(`.output/${build} is missing. Run "npm run build" first.`);
    }
  }
}
