// A frame of our own in someone else's page: only there stands what the person typed.

/** `focused`: it takes the focus as soon as it is there, and says so by `onReady`. */
export function Frame(props: {
  title: string;
  url: string;
  focused: boolean;
  onReady?: () => void;
}) {
  return (
    <iframe
      title={props.title}
      src={props.url}
      referrerpolicy="no-referrer"
      onLoad={({ currentTarget }) => {
        if (props.focused) currentTarget.focus();
        props.onReady?.();
      }}
    />
  );
}
