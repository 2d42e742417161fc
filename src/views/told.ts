// What the background tells our pages of backups and of the library's database: read from the extension's storage, and followed.
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { Told } from '../backup/messages';

const names: (keyof Told)[] = ['backup-lost', 'backup-newer', 'backup-folder', 'backup-remind'];

/** What there is to tell; nothing until it was read. */
export function useTold(): Told {
  const [told, setTold] = useState<Told>({});
  useEffect(() => {
    const { local } = browser.storage;
    const read = () => void local.get<Told>(names).then(setTold, () => {});
    local.onChanged.addListener(read);
    read();
    return () => local.onChanged.removeListener(read);
  }, []);
  return told;
}

/** The person has read it. */
export function forget(name: keyof Told): Promise<void> {
  return browser.storage.local.remove(name);
}
