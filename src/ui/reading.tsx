// The reading state of a paper: unread, reading, read. The person alone sets it.
import type { Reading } from '../library/api';

/** A choice named `Reading state`. `about`: the id of the element that names the paper. */
export function ReadingState(props: {
  reading: Reading;
  about?: string;
  small?: boolean;
  onChange: (reading: Reading) => void;
}) {
  return (
    <select
      class={props.small ? 'reading small' : 'reading'}
      aria-label="Reading state"
      aria-describedby={props.about}
      title="How far you are with this paper"
      data-reading={props.reading}
      value={props.reading}
      onChange={({ currentTarget }) => props.onChange(currentTarget.value as Reading)}
    >
      <option value="unread">Unread</option>
      <option value="reading">Reading</option>
      <option value="read">Read</option>
    </select>
  );
}
