// A failure of our own side, as an error that a surface can show and decide by.
import type { Failure } from './api';

/** An error whose message is a plain sentence for the person. */
export function failure(code: Failure['code'], message: string): Error & Failure {
  return Object.assign(new Error(message), { code });
}
