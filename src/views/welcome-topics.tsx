// The topics that the welcome page offers, and the person's own words as one.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Topic } from '../library/api';
import { Icon } from '../ui/icon';
import type { Library } from './reach';
import { sentence } from './sentence';
import { suggestedTopics } from './suggested-topics';

type Chip = Pick<Topic, 'id' | 'name' | 'query'>;

/** What a press led to, for all to hear. */
function outcome(followed: Topic[]): string {
  if (followed.length === 0) return 'You follow no topics now.';
  return `You follow ${followed.map(({ name }) => name).join(', ')}.`;
}

/** A section: each topic is a button, pressed while it is followed. */
export function PickTopics({ library }: { library: Library }) {
  const [followed, setFollowed] = useState<Topic[]>([]);
  /** Topics of the person's own words. One that is dropped keeps its button, for a second thought. */
  const [own, setOwn] = useState<Chip[]>([]);
  const [text, setText] = useState('');
  const [said, setSaid] = useState<{ text: string; failed: boolean }>();

  const take = useCallback((topics: Topic[]) => {
    setFollowed(topics);
    setOwn((before) => [
      ...before,
      ...topics.filter(({ id }) => ![...suggestedTopics, ...before].some((one) => one.id === id)),
    ]);
  }, []);

  useEffect(() => {
    library.topics().then(take, () => {});
  }, [library, take]);

  const change = async (call: Promise<Topic[]>): Promise<boolean> => {
    try {
      const topics = await call;
      take(topics);
      setSaid({ text: outcome(topics), failed: false });
      return true;
    } catch (cause) {
      setSaid({ text: sentence(cause), failed: true });
      return false;
    }
  };

  const put = ({ id, name, query }: Chip) =>
    library.putTopic({ id, name, query, notice: { when: 'never' }, createdAt: Date.now() });

  const isFollowed = ({ id }: Chip) => followed.some((topic) => topic.id === id);

  const toggle = (chip: Chip) =>
    void change(isFollowed(chip) ? library.removeTopic(chip.id) : put(chip));

  const add = async () => {
    const words = text.trim();
    if (!words) return;
    const same = (one: Chip) => one.name.toLowerCase() === words.toLowerCase();
    const known = [...suggestedTopics, ...own].find(same);
    if (known && isFollowed(known)) setText('');
    else if (await change(put(known ?? { id: crypto.randomUUID(), name: words, query: words })))
      setText('');
  };

  return (
    <section class="card" aria-labelledby="topics">
      <h2 id="topics">What do you follow?</h2>
      <p>
        Papers on your topics come first in the list of the day. Pick some, or skip this: you can
        add and change topics at any time in the popup.
      </p>
      <div class="chips">
        {[...suggestedTopics, ...own].map((chip) => (
          <button
            type="button"
            class="chip"
            key={chip.id}
            aria-pressed={isFollowed(chip)}
            onClick={() => toggle(chip)}
          >
            {chip.name}
          </button>
        ))}
      </div>
      <form
        class="own"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <label for="own-topic">In your own words</label>
        <input
          id="own-topic"
          type="text"
          maxLength={200}
          placeholder="quantization"
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit" class="plain">
          <Icon name="star" />
          Follow
        </button>
      </form>
      <p class={said?.failed ? 'warn outcome' : 'muted outcome'} role="status">
        {said?.text ??
          'Topics are matched in this browser. No notifications, unless you turn them on.'}
      </p>
    </section>
  );
}
