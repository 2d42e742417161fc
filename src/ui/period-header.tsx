// The head of the digest: which period, how many papers, the way to others, and what kind of period.
import type { ComponentChildren } from 'preact';
import type { PeriodKind } from '../library/api';
import { Icon } from './icon';
import { periodWords } from './words';

const kinds: [PeriodKind, string][] = [
  ['day', 'Day'],
  ['week', 'Week'],
  ['month', 'Month'],
  ['trending', 'Trending'],
];

/** Two lines of fixed height. `older`, `newer`: absent where nothing is that way. `children`: more buttons. */
export function PeriodHeader(props: {
  heading: string;
  /** How many papers, in words. */
  count: string;
  kind: PeriodKind;
  busy: boolean;
  progress: { done: number; of: number } | undefined;
  older: (() => void) | undefined;
  newer: (() => void) | undefined;
  onKind: (kind: PeriodKind) => void;
  children?: ComponentChildren;
}) {
  const { kind, progress } = props;
  const step = (name: string, icon: 'older' | 'newer', go: (() => void) | undefined) => (
    <button type="button" class="square" title={name} disabled={!go} onClick={() => go?.()}>
      <Icon name={icon} />
      <span class="hidden">{name}</span>
    </button>
  );
  return (
    <>
      <div class="bar head">
        <h1 title={props.heading}>{props.heading}</h1>
        <p class="count" role="status">
          {progress ? `Fetching lists, ${progress.done + 1} of ${progress.of}` : props.count}
        </p>
        {progress ? (
          <progress
            class="progress"
            aria-label="Lists fetched"
            max={progress.of}
            value={progress.done}
          />
        ) : (
          props.busy && <div class="progress going" />
        )}
      </div>
      <div class="bar periods">
        {kind !== 'trending' && step(`Previous ${periodWords[kind]}`, 'older', props.older)}
        <fieldset class="kinds">
          <legend class="hidden">Period</legend>
          {kinds.map(([value, word]) => (
            <label key={value}>
              <input
                type="radio"
                name="kind"
                value={value}
                checked={value === kind}
                onChange={() => props.onKind(value)}
              />
              <span>{word}</span>
            </label>
          ))}
        </fieldset>
        {kind !== 'trending' && step(`Next ${periodWords[kind]}`, 'newer', props.newer)}
        {props.children}
      </div>
    </>
  );
}
