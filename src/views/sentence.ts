// A failure as the sentence that a person reads.

/** The message of an error, or a plain sentence for anything else that was thrown. */
export function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'Something went wrong. Try again.';
}

/** Why a whole view has nothing to show. */
export interface Failed {
  text: string;
  /** The library's database cannot be used: the recovery page has more to say. */
  storage: boolean;
}

/** The same, and whether it is the storage that failed. */
export function failedBy(cause: unknown): Failed {
  const { code } = (cause ?? {}) as { code?: string };
  return { text: sentence(cause), storage: code === 'storage' };
}
