// The form of a topic: its query with what that finds, its name, and when it notifies.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { QueryProblem, Topic, TopicNotice, TopicPreview } from '../library/api';
import { absUrl } from '../paper';
import { readable } from '../tex';
import { counted } from './words';

/** What the person says of a topic. */
export type TopicDraft = Pick<Topic, 'name' | 'query' | 'notice'>;

/** What a query finds, and the query that it was worked out for. */
export interface Found extends TopicPreview {
  query: string;
}

/** `9` -> `09:00` */
export const clock = (hour: number) => `${`${hour}`.padStart(2, '0')}:00`;

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** The query with the wrong place marked. For the eye: the sentence beside it says the same. */
function Marked({ query, problem }: { query: string; problem: QueryProblem }) {
  const end = problem.at + problem.length;
  return (
    <code class="marked" aria-hidden="true">
      {query.slice(0, problem.at)}
      <mark>{query.slice(problem.at, end) || ' '}</mark>
      {query.slice(end)}
    </code>
  );
}

function Help() {
  const way = (query: string, what: string) => (
    <li>
      <code>{query}</code> <span>{what}</span>
    </li>
  );
  return (
    <details class="help">
      <summary>How to write it</summary>
      <ul>
        {way('sparse attention', 'both words, anywhere')}
        {way('"mixture of experts"', 'these words in a row')}
        {way('llama OR qwen', 'one of them')}
        {way('quant*', 'words that begin so')}
        {way('-survey', 'without this word')}
        {way('author:hinton', 'a name among the authors')}
        {way('org:nvidia', 'the organization')}
        {way('keyword:robotics', 'a keyword of Hugging Face')}
      </ul>
    </details>
  );
}

/** What the query finds, in a sentence; nothing for no query and for one that cannot be read. */
function sum({ query, problem, total }: Found): string {
  if (!query.trim() || problem) return '';
  return total > 0
    ? `${counted(total, 'paper')} of the last 30 days`
    : 'No paper of the last 30 days matches. New ones will show up as they come.';
}

/** What the query finds; it keeps its place while the next answer is on its way. */
function Preview({ found }: { found: Found | undefined }) {
  return (
    <div class="found">
      <p role="status" class="muted">
        {found && sum(found)}
      </p>
      {found && found.papers.length > 0 && (
        <ul aria-label="Papers that match">
          {found.papers.map(({ id, paper }) => (
            <li key={id}>
              <a href={absUrl({ id })} target="_blank" rel="noopener noreferrer">
                {readable(paper.title)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The choice of a notification. `hour` and `upvotes` are kept while another way is chosen. */
function NoticeChoice({
  notice,
  onChange,
}: {
  notice: TopicNotice;
  onChange: (notice: TopicNotice) => void;
}) {
  const name = useId();
  const [hour, setHour] = useState(notice.when === 'daily' ? notice.hour : 9);
  const [upvotes, setUpvotes] = useState(notice.when === 'upvotes' ? `${notice.upvotes}` : '50');
  const many = (typed: string) => Math.max(1, Math.floor(Number(typed)) || 50);
  const way = (when: TopicNotice['when'], label: string, value: TopicNotice) => (
    <label>
      <input
        type="radio"
        name={name}
        checked={notice.when === when}
        onChange={() => onChange(value)}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <fieldset>
      <legend>Notify me of new papers</legend>
      <div class="way">{way('never', 'Never', { when: 'never' })}</div>
      <div class="way">
        {way('daily', 'Once a day, at', { when: 'daily', hour })}
        <select
          aria-label="Hour of the notification"
          value={`${hour}`}
          onChange={({ currentTarget: { value } }) => {
            setHour(Number(value));
            onChange({ when: 'daily', hour: Number(value) });
          }}
        >
          {hours.map((one) => (
            <option key={one} value={one}>
              {clock(one)}
            </option>
          ))}
        </select>
      </div>
      <div class="way">
        {way('upvotes', 'When a paper has', {
          when: 'upvotes',
          upvotes: many(upvotes),
        })}
        <input
          type="number"
          aria-label="Upvotes that a paper must have"
          min="1"
          max="100000"
          step="1"
          value={upvotes}
          onInput={({ currentTarget: { value } }) => {
            setUpvotes(value);
            onChange({ when: 'upvotes', upvotes: many(value) });
          }}
          onBlur={() => setUpvotes(`${many(upvotes)}`)}
        />
        <span>upvotes</span>
      </div>
    </fieldset>
  );
}

/**
 * The form. Without `topic` it makes a new one. `onQuery` is called with the query at first and at every change, and
 * `found` is what it finds. `onSave` is called in the click itself.
 */
export function TopicEditor(props: {
  topic?: Topic;
  found: Found | undefined;
  onQuery: (query: string) => void;
  onSave: (draft: TopicDraft) => void;
  onCancel: () => void;
}) {
  const { topic, found, onQuery } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState(topic?.query ?? '');
  // A name that is the query follows the query.
  const [name, setName] = useState(topic && topic.name !== topic.query ? topic.name : '');
  const [notice, setNotice] = useState<TopicNotice>(topic?.notice ?? { when: 'never' });
  const [missing, setMissing] = useState(false);
  const problem = found?.query === query ? found.problem : undefined;
  const empty = 'Write what the topic is to find.';
  const says = problem?.says ?? (missing ? empty : '');
  // Why it cannot be kept yet: said at once of what is wrong, and of an empty field when it is tried.
  const unready = problem?.says ?? (query.trim() ? undefined : empty);

  useLayoutEffect(() => {
    onQuery(query);
    setMissing(false);
  }, [query, onQuery]);
  useLayoutEffect(() => field.current?.focus(), []);

  return (
    <form
      class="topic-editor"
      aria-label={topic ? `Edit the topic ${topic.name}` : 'New topic'}
      onSubmit={(event) => {
        event.preventDefault();
        if (unready) {
          setMissing(!query.trim());
          field.current?.focus();
          return;
        }
        const called = name.trim() || query.trim().slice(0, 200);
        props.onSave({ name: called, query: query.trim(), notice });
      }}
    >
      <label for={`${id}-query`}>Papers about</label>
      <input
        ref={field}
        id={`${id}-query`}
        type="text"
        value={query}
        maxLength={2_000}
        placeholder="llama"
        spellcheck={false}
        autocomplete="off"
        aria-invalid={says !== ''}
        aria-describedby={`${id}-problem`}
        onInput={({ currentTarget: { value } }) => setQuery(value)}
      />
      <div class="problem" id={`${id}-problem`} aria-live="polite">
        {problem && <Marked query={query} problem={problem} />}
        {says && <p>{says}</p>}
      </div>
      <Preview found={found} />
      <Help />
      <label for={`${id}-name`}>Name</label>
      <input
        id={`${id}-name`}
        type="text"
        value={name}
        maxLength={200}
        placeholder={query.trim() || 'The same as above'}
        autocomplete="off"
        onInput={({ currentTarget: { value } }) => setName(value)}
      />
      <NoticeChoice notice={notice} onChange={setNotice} />
      <div class="foot">
        <button
          type="submit"
          class="plain main"
          aria-disabled={unready !== undefined}
          title={unready}
          aria-describedby={unready && `${id}-problem`}
        >
          {topic ? 'Save' : 'Add topic'}
        </button>
        <button type="button" class="plain" onClick={props.onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
