// The privacy choice as popup and options page show it.
import { useEffect, useState } from 'preact/hooks';
import type { Choice } from '../library/api';
import type { Said } from '../ui/controls';
import { choose } from './choose';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';

/** The choice in force, and the way to change it. */
export function useChoice(
  { library, notices }: { library: Library; notices: Notices },
  say: (said: Said) => void,
) {
  const [choice, setChoice] = useState<Choice>();
  useEffect(() => {
    const gone = new AbortController();
    const read = () =>
      void library.settings().then(
        (settings) => setChoice(settings.choice),
        () => {},
      );
    notices((change) => change.all && read(), gone.signal);
    read();
    return () => gone.abort();
  }, [library, notices]);

  const change = (wish: Choice) => {
    const before = choice;
    setChoice(wish);
    choose(wish, library).then(
      (inForce) => {
        setChoice(inForce);
        if (inForce !== wish)
          say({ text: 'Not allowed in the browser: papers are looked up only when you ask.' });
      },
      (cause) => {
        setChoice(before);
        say({ text: sentence(cause) });
      },
    );
  };
  return { choice, change };
}
