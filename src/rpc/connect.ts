// A surface's end of the message boundary: the Library as an object whose verbs are messages to the background.
import { browser } from 'wxt/browser';
import type { Change, Failure, OwnVerbs, PageVerbs } from '../library/api';
import type { Answer, Call, Notice, Verb } from './message';

/** A call that did not succeed: an Error with a plain sentence and a code to decide by. */
function failed({ code, message }: Failure): Error & Failure {
  return Object.assign(new Error(message), { code });
}

/** The answer, or undefined where none came. @throws Failure when this page can never get one again */
async function send(message: Call): Promise<Answer | undefined> {
  try {
    return await browser.runtime.sendMessage(message);
  } catch (cause) {
    // After an update an old page's runtime has no id: its messages throw, synchronously in Chrome.
    if (browser.runtime?.id && !/context invalidated/i.test(String(cause))) return undefined;
    throw failed({
      code: 'updated',
      message: 'Paper Margin was updated. Reload this page to go on.',
    });
  }
}

async function call(verb: Verb, args: unknown[]): Promise<unknown> {
  const message: Call = { to: 'paper-margin', verb, args };
  // A background that is stopped takes its open calls with it. Each verb may be called twice, and the next call wakes it.
  const answer = (await send(message)) ?? (await send(message));
  if (answer && 'done' in answer) return answer.done;
  throw failed(
    answer?.failed ?? { code: 'unexpected', message: 'Paper Margin did not answer. Try again.' },
  );
}

/**
 * The verbs of the Library, each one message. Content scripts are given only `PageVerbs` by the background.
 * @throws Failure from every verb
 */
export function connect<Verbs extends PageVerbs = OwnVerbs>(): Verbs {
  return new Proxy(
    {},
    {
      get:
        (_, verb) =>
        (...args: unknown[]) =>
          call(verb as Verb, args),
    },
  ) as Verbs;
}

/** Calls `seen` with every change that the background tells, until `signal` aborts. */
export function onChange(seen: (change: Change) => void, signal: AbortSignal): void {
  const listener = (message: unknown) => {
    const notice = message as Partial<Notice> | null;
    if (notice?.from === 'paper-margin' && notice.change) seen(notice.change);
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener('abort', () => browser.runtime?.onMessage?.removeListener(listener), {
    once: true,
  });
}

/** Lets the popup know that this page has a content script of ours that still works. */
export function answerPresence(): void {
  browser.runtime.onMessage.addListener((message: unknown, _sender, reply) => {
    if ((message as { to?: string } | null)?.to === 'paper-margin-page') reply(true);
  });
}
