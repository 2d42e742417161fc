// What a person wants of one thing until it is stored: shown at once, sent in order, taken back where it fails.
import type { Failure } from '../library/api';

export interface Wish<Value> {
  /** What they want and is not stored yet. */
  pending(): Value | undefined;
  /** They want this now. Never rejects. */
  want(value: Value): Promise<void>;
}

/**
 * One call at a time, however often the person changes their mind: the newest wish is stored last.
 * @param store stores a wish; false where that failed. Must not reject
 * @param show called whenever `pending` changed
 */
export function wish<Value>(
  store: (value: Value) => Promise<boolean>,
  show: () => void,
): Wish<Value> {
  let wanted: Value | undefined;
  let storing = false;
  return {
    pending: () => wanted,
    async want(value) {
      wanted = value;
      show();
      if (storing) return;
      storing = true;
      while (wanted !== undefined) {
        const now: Value = wanted;
        const stored = await store(now);
        if (!stored || wanted === now) wanted = undefined;
      }
      storing = false;
      show();
    },
  };
}

/** What went wrong, as a code and a sentence that can be shown. */
export function failureOf(cause: unknown): Failure {
  const { code, message } = (cause ?? {}) as Partial<Failure>;
  if (typeof code === 'string' && message) return { code, message };
  return { code: 'unexpected', message: 'Paper Margin ran into a problem. Try again.' };
}
