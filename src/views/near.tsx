// What is near a row of the library, as a section that loads itself.
import type { PaperId } from '../paper';
import { Near } from '../ui/related';
import type { Library, Notices } from './reach';
import { useRelated } from './related';

/** Empty until the answer is there, and where there is none: nothing depends on it. */
export function NearOf({ id, ...reach }: { id: PaperId; library: Library; notices: Notices }) {
  const { papers = [] } = useRelated(id, reach);
  return <Near papers={papers} level={3} />;
}
