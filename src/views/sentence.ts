// A failure as the sentence that a person reads.

/** The message of an error, or a plain sentence for anything else that was thrown. */
export function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'Something went wrong. Try again.';
}
