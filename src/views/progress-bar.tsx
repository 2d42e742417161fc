// How far a work is, and the way to stop it.

/** `done` of `of` in any unit: only the part counts. */
export function ProgressBar(props: {
  name: string;
  done: number;
  of: number;
  /** What is said beside it; else the percentage. */
  says?: string;
  stop?: string;
  onStop: () => void;
}) {
  const part = props.of > 0 ? Math.min(1, props.done / props.of) : 0;
  return (
    <div class="progress">
      <span>{props.name}</span>
      <progress aria-label={props.name} value={part} />
      <span class="count">{props.says ?? `${Math.floor(part * 100)}%`}</span>
      <button type="button" class="plain" onClick={props.onStop}>
        {props.stop ?? 'Cancel'}
      </button>
    </div>
  );
}
