// The topics that a person follows: the list, adding, changing, removing with a way back.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Topic, TopicNotice } from '../library/api';
import { Notice, type Said } from '../ui/controls';
import { Icon } from '../ui/icon';
import { clock, type Found, type TopicDraft, TopicEditor } from '../ui/topic-editor';
import { counted } from '../ui/words';
import { useTopics } from './followed-topics';
import { allowNotifying, useNotifying } from './notifying';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';
import { suggestedTopics } from './suggested-topics';

/** After the last key a preview waits this long, ms. */
const calm = 150;

const refusal = 'The browser does not let Paper Margin notify you.';

function told(notice: TopicNotice): string {
  switch (notice.when) {
    case 'never':
      return '';
    case 'daily':
      return `Notifies at ${clock(notice.hour)}`;
    case 'upvotes':
      return `Notifies at ${counted(notice.upvotes, 'upvote')}`;
  }
}

interface Props {
  library: Library;
  notices: Notices;
  say: (said: Said) => void;
  /** Leads away from here, where that is possible. */
  onClose?: () => void;
}

/** How many papers each topic finds, by its id; worked out again when a query or the stored lists change. */
function useCounts({ library, notices, say }: Props, topics: Topic[] | undefined) {
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  const queries = JSON.stringify(topics?.map(({ id, query }) => [id, query]) ?? []);
  useEffect(() => {
    const asked: [id: string, query: string][] = JSON.parse(queries);
    const gone = new AbortController();
    let turn = 0;
    const count = async () => {
      const mine = ++turn;
      const current = () => mine === turn && !gone.signal.aborted;
      try {
        const found = await Promise.all(asked.map(([, query]) => library.previewTopic(query)));
        if (current()) setCounts(new Map(asked.map(([id], at) => [id, found[at]?.total ?? 0])));
      } catch (cause) {
        if (current()) say({ text: sentence(cause) });
      }
    };
    notices(({ periods, all }) => {
      if (periods || all) void count();
    }, gone.signal);
    void count();
    return () => gone.abort();
  }, [library, notices, say, queries]);
  return counts;
}

/** What a query finds, worked out when nobody typed for a moment. */
function useFound(library: Library) {
  const [found, setFound] = useState<Found>();
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const look = useCallback(
    (query: string) => {
      const mine = ++turn.current;
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () =>
          void library.previewTopic(query).then(
            (preview) => mine === turn.current && setFound({ ...preview, query }),
            () => {},
          ),
        calm,
      );
    },
    [library],
  );
  useEffect(
    () => () => {
      turn.current++;
      clearTimeout(timer.current);
    },
    [],
  );
  return { found, look };
}

function Editor(props: {
  library: Library;
  topic?: Topic;
  onSave: (draft: TopicDraft) => void;
  onCancel: () => void;
}) {
  const { library, topic, onSave, onCancel } = props;
  const { found, look } = useFound(library);
  return (
    <TopicEditor
      {...(topic && { topic })}
      found={found}
      onQuery={look}
      onSave={onSave}
      onCancel={onCancel}
    />
  );
}

function Row({
  topic,
  count,
  onEdit,
  onRemove,
}: {
  topic: Topic;
  count: number | undefined;
  onEdit: () => void;
  onRemove: () => void;
}) {
  const { name, query, notice } = topic;
  const when = told(notice);
  return (
    <>
      <div class="what">
        <h3>{name}</h3>
        {query !== name && <code>{query}</code>}
        <p class="muted">
          {count === undefined ? '\u00a0' : `${counted(count, 'paper')} in 30 days`}
          {count !== undefined && when && ' · '}
          {when}
        </p>
      </div>
      <button type="button" class="square" title="Edit" onClick={onEdit}>
        <Icon name="edit" />
        <span class="hidden">Edit {name}</span>
      </button>
      <button type="button" class="square" title="Remove" onClick={onRemove}>
        <Icon name="close" />
        <span class="hidden">Remove {name}</span>
      </button>
    </>
  );
}

/** The list with its editor. A surface gives it a heading, or a way to close it, which brings one along. */
export function Topics(props: Props) {
  const { library, say, onClose } = props;
  const failed = useCallback((cause: unknown) => say({ text: sentence(cause) }), [say]);
  const { topics, setTopics } = useTopics(props, failed);
  const counts = useCounts(props, topics);
  const allowed = useNotifying();
  /** The topic that is edited; `new` for one that is not stored yet. */
  const [edited, setEdited] = useState<string>();
  /** What gets the focus when it is drawn: the editor that had it is gone. */
  const focus = useRef<string>(undefined);
  const page = useRef<HTMLDivElement>(null);
  // One that was removed elsewhere is edited no more.
  const open = topics?.some(({ id }) => id === edited) ? edited : edited === 'new' && edited;
  useLayoutEffect(() => {
    if (open || !focus.current) return;
    const { current } = page;
    const row = [...(current?.querySelectorAll<HTMLElement>('[data-topic]') ?? [])].find(
      ({ dataset }) => dataset.topic === focus.current,
    );
    const target = row?.querySelector('button') ?? current?.querySelector<HTMLElement>('.add');
    focus.current = undefined;
    target?.focus();
  });

  const close = (then: string) => {
    focus.current = then;
    setEdited(undefined);
  };

  const store = async (work: Promise<Topic[]>): Promise<boolean> => {
    try {
      setTopics(await work);
      return true;
    } catch (cause) {
      say({ text: sentence(cause) });
      return false;
    }
  };

  const put = async (topic: Topic) => {
    // Both in the click: the browser asks only in answer to the person, and its question may close a popup.
    const asked = topic.notice.when === 'never' ? true : allowNotifying();
    if (await store(library.putTopic(topic))) close(topic.id);
    if (!(await asked)) {
      say({ text: `${refusal} The topic is kept, and its papers stand first in the digest.` });
    }
  };

  const add = (draft: TopicDraft, id: string = crypto.randomUUID()) =>
    void put({ ...draft, id, createdAt: Date.now() });

  const remove = async ({ id, name }: Topic) => {
    focus.current = 'add';
    if (!(await store(library.removeTopic(id)))) return;
    const undo = () => {
      void store(library.restoreTopic(id));
      say({ text: `“${name}” is back.` });
    };
    say({ text: `Removed “${name}”.`, undo });
  };

  const silent = allowed === false && topics?.some(({ notice }) => notice.when !== 'never');
  return (
    <div class="topics" ref={page} aria-busy={!topics}>
      {onClose && (
        <div class="head">
          <h2>Topics</h2>
          <button type="button" class="square" onClick={onClose}>
            <Icon name="close" />
            <span class="hidden">Close topics</span>
          </button>
        </div>
      )}
      {silent && (
        <Notice
          tone="warn"
          action="Allow"
          onAction={() =>
            void allowNotifying().then((yes) => {
              if (!yes) say({ text: refusal });
            })
          }
        >
          {refusal}
        </Notice>
      )}
      {topics && topics.length > 0 && (
        <ul aria-label="Topics">
          {topics.map((topic) => (
            <li key={topic.id} data-topic={topic.id}>
              {open === topic.id ? (
                <Editor
                  library={library}
                  topic={topic}
                  onSave={(draft) => void put({ ...topic, ...draft })}
                  onCancel={() => close(topic.id)}
                />
              ) : (
                <Row
                  topic={topic}
                  count={counts.get(topic.id)}
                  onEdit={() => setEdited(topic.id)}
                  onRemove={() => void remove(topic)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {topics?.length === 0 && !open && (
        <div class="begin">
          <p class="muted">You follow no topic yet. Begin with one of these, or add your own.</p>
          <ul aria-label="Suggestions">
            {suggestedTopics.map(({ id, name, query }) => (
              <li key={id}>
                <button
                  type="button"
                  class="plain"
                  onClick={() => add({ name, query, notice: { when: 'never' } }, id)}
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {topics && open === 'new' && (
        <Editor library={library} onSave={(draft) => add(draft)} onCancel={() => close('add')} />
      )}
      {topics && !open && (
        <button type="button" class="plain add" onClick={() => setEdited('new')}>
          Add a topic
        </button>
      )}
    </div>
  );
}
