// The View of driver.ts, written once over what each browser can do: evaluate beside the page, click and type.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Badges, Item, Marking, Name, Panel, View } from './driver.ts';
import { type Found, type Kit, makeKit, type SentName, type Step } from './in-page.ts';

/** How long to wait for a state of the page before saying what is there instead, ms. */
export const patience = 30_000;

/** A place that scripts run in: a page's or frame's document, in a world of the driver's own. */
export interface Realm {
  /** Evaluates an expression that gives a string or a promise of one. @throws Error while the page is changing */
  evaluate(expression: string): Promise<string>;
  /**
   * Makes a closed root readable as `shadowRoot` of its host, in the driver's world only.
   * @param host an expression for the host
   */
  openRoot(host: string): Promise<void>;
  /** A trusted click; CSS pixels from the corner of this realm's own viewport. */
  click(x: number, y: number): Promise<void>;
  /** Trusted typing into whatever has the focus. */
  type(text: string): Promise<void>;
  key(key: string): Promise<void>;
  /** The browser's own accessibility tree of an element that an expression gives, where it can be had. */
  tree?(element: string): Promise<Item[]>;
}

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const kitSource = `${axeSource};globalThis.paperMarginKit = (${makeKit.toString()})(axe);'done'`;

/** An expression for the first element that a selector finds. */
const first = (selector: string) => `document.querySelector('${selector}')`;

const panelHost = 'paper-margin-panel';
const badgeHost = 'paper-margin-badge';

/**
 * Asks again until there is an answer other than undefined. Errors count as none: pages change under the question.
 * @throws Error with what `otherwise` tells, after `patience`
 */
export async function until<Value>(
  ask: () => Promise<Value | undefined>,
  otherwise: (lastError: unknown) => string | Promise<string>,
): Promise<Value> {
  const end = Date.now() + patience;
  let failure: unknown;
  // Quick at first, then with longer rests: a question costs the browser more than the answer helps.
  let rest = 20;
  do {
    try {
      const value = await ask();
      if (value !== undefined) return value;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    await new Promise((done) => setTimeout(done, rest));
    rest = Math.min(rest * 1.5, 250);
  } while (Date.now() < end);
  throw new Error(await otherwise(failure));
}

function send(name: Name): SentName {
  return typeof name === 'string' ? { text: name } : { pattern: name.source, flags: name.flags };
}

function fits(text: string, name: Name): boolean {
  return typeof name === 'string' ? text === name : new RegExp(name.source, name.flags).test(text);
}

/** The place that a view shows by default. */
const wholeDocument = 'document';

/** Calls one function of the kit in a realm. Undefined while there is no host. `top`: an expression for it. */
async function ask<Verb extends keyof Kit>(
  realm: Realm,
  top: string,
  verb: Verb,
  ...rest: unknown[]
): Promise<Awaited<ReturnType<Kit[Verb]>> | undefined> {
  const call = `(async () => {
    const top = ${top};
    if (!top) return '{"lacks":"host"}';
    if (!globalThis.paperMarginKit) return '{"lacks":"kit"}';
    const root = top === document ? top : top.shadowRoot;
    if (!root) return '{"lacks":"root"}';
    return JSON.stringify({ done: (await paperMarginKit.${verb}(root, ...${JSON.stringify(rest)})) ?? null });
  })()`;
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = JSON.parse(await realm.evaluate(call)) as { lacks?: string; done: unknown };
    if (!answer.lacks) return answer.done as Awaited<ReturnType<Kit[Verb]>>;
    if (answer.lacks === 'host') return undefined;
    if (answer.lacks === 'kit') await realm.evaluate(kitSource);
    else await realm.openRoot(top);
  }
  throw new Error('The page changes too fast to be read');
}

/**
 * A view of what a realm shows.
 * @param realmNow gives the realm of this moment; frames and pages come and go
 * @param top an expression for the host whose closed root is looked into, or for the document
 * @param steps the way to one part; none for all
 */
export function makeView(
  realmNow: () => Promise<Realm>,
  top = wholeDocument,
  steps: Step[] = [],
): View {
  const call = async <Verb extends keyof Kit>(verb: Verb, ...rest: unknown[]) =>
    ask(await realmNow(), top, verb, ...rest);

  const tree = async (): Promise<Item[]> => {
    const realm = await realmNow();
    if (!realm.tree) return (await ask(realm, top, 'tree', steps)) ?? [];
    // Also where the browser's own tree is used, the root must be open to the driver and be there.
    if ((await ask(realm, top, 'state')) === undefined) return [];
    const root = top === wholeDocument ? top : `${top}.shadowRoot`;
    return realm.tree(`paperMarginKit.part(${root}, ${JSON.stringify(steps)})`);
  };

  const text = async () => (await call('text', steps)) ?? '';

  /** Waits until the control stands still and can be hit, and clicks it. */
  const click = async (verb: 'control' | 'field', name: Name) => {
    let before: Found | undefined;
    await until(
      async () => {
        const found = (await call(verb, steps, send(name))) ?? { missing: 'it is not there' };
        const still =
          'x' in found &&
          before &&
          'x' in before &&
          Math.hypot(found.x - before.x, found.y - before.y) < 1;
        before = found;
        if (!still) return undefined;
        await (await realmNow()).click(found.x, found.y);
        return true;
      },
      (error) =>
        `Cannot click ${name}: ${before && 'missing' in before ? before.missing : (error ?? 'it moves')}`,
    );
  };

  const intoField = async (name: Name, all: boolean) => {
    await until(
      async () => {
        await click('field', name);
        // Where the page moved between the look and the click, a person clicks again after a moment.
        for (let look = 0; look < 20; look++) {
          if (await call('select', steps, send(name), all)) return true;
          await new Promise((done) => setTimeout(done, 50));
        }
        return undefined;
      },
      (error) => `The text field ${name} does not take the focus${error ? `: ${error}` : ''}`,
    );
    return realmNow();
  };

  return {
    state: async () => (await call('state')) ?? null,
    async untilState(state = 'ready') {
      let last: string | null = null;
      await until(
        async () => {
          last = (await call('state')) ?? null;
          return last === state || undefined;
        },
        (error) =>
          `State "${state}" did not come; the last one was ${last ?? 'none'}${error ? ` (${error})` : ''}`,
      );
    },
    text,
    async untilText(wanted) {
      let last = '';
      await until(
        async () => {
          last = await text();
          return (
            (typeof wanted === 'string' ? last.includes(wanted) : fits(last, wanted)) || undefined
          );
        },
        () => `The text ${wanted} did not come; there is: ${last || 'nothing'}`,
      );
    },
    tree,
    has: async (role, name) =>
      (await tree()).some((item) => item.role === role && fits(item.name, name)),
    pressed: async (button) =>
      (await tree()).find(
        ({ role, name, pressed }) =>
          role === 'button' && pressed !== undefined && fits(name, button),
      )?.pressed,
    press: (control) => click('control', control),
    async type(textbox, typed) {
      await (await intoField(textbox, false)).type(typed);
    },
    async retype(textbox, typed) {
      const realm = await intoField(textbox, true);
      await (typed ? realm.type(typed) : realm.key('Delete'));
    },
    async value(textbox) {
      const value = await call('value', steps, send(textbox));
      if (typeof value === 'string') return value;
      throw new Error(`Cannot read ${textbox}: ${value?.missing ?? 'it is not there'}`);
    },
    focused: async () => (await call('focused', steps)) ?? null,
    papers: async () => (await call('papers', steps)) ?? [],
    overflowing: async () => (await call('overflowing', steps)) ?? [],
    links: async () => (await call('links', steps)) ?? [],
    paper: (id) => makeView(realmNow, top, [...steps, { paper: id }]),
    part: (role, name) => makeView(realmNow, top, [...steps, { role, name: send(name) }]),
    async axe() {
      const violations = await call('axe', steps);
      if (!violations) throw new Error('There is nothing to check');
      return violations;
    },
    async seed(html) {
      await call('seed', steps, html);
    },
  };
}

/** Gives the realm of the note frame of a page, or undefined while it is not there. */
type NoteFrame = () => Promise<Realm | undefined>;

/** @throws Error when there is no frame, or when it does not load */
async function noteView(noteFrame: NoteFrame): Promise<View> {
  const view = makeView(() => until(noteFrame, () => 'There is no note frame'));
  // The frame can be used from its first settled state on.
  await until(
    async () => (await view.state()) || undefined,
    (error) => `The note frame does not load${error ? `: ${error}` : ''}`,
  );
  return view;
}

/** The panel of a page. */
export function makePanel(realm: Realm, noteFrame: NoteFrame): Panel {
  return {
    ...makeView(async () => realm, first(panelHost)),
    id: async () =>
      JSON.parse(
        await realm.evaluate(
          `JSON.stringify(${first(panelHost)}?.getAttribute('data-paper') ?? null)`,
        ),
      ),
    note: () => noteView(noteFrame),
  };
}

/** What stands beside highlighted words on a page. `frame`: the frame of highlights. */
export function makeMarking(realm: Realm, frame: NoteFrame): Marking {
  return {
    ...makeView(async () => realm, first('paper-margin-selection')),
    frame: () => noteView(frame),
  };
}

/**
 * Run in a page. Two frames at each step, so that what is near at that place has been told. What comes late at the end
 * is waited for as long as the page itself says that it loads more.
 */
const scrollThrough = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const top = document.scrollingElement;
  for (;;) {
    await frame();
    await frame();
    const before = top.scrollTop;
    top.scrollBy({ top: innerHeight, behavior: 'instant' });
    if (top.scrollTop > before) continue;
    if (!document.querySelector('[data-more]')) break;
  }
  await frame();
  top.scrollTo({ top: 0, behavior: 'instant' });
  await frame();
  await frame();
  return '';
})()`;

/** The badges of a page. */
export function makeBadges(realm: Realm, noteFrame: NoteFrame): Badges {
  const ids = async (): Promise<string[]> =>
    JSON.parse(
      await realm.evaluate(
        `JSON.stringify([...document.querySelectorAll('${badgeHost}')].map((host) => host.dataset.paper))`,
      ),
    );
  return {
    ids,
    count: async () => (await ids()).length,
    badge: (id, at = 0) =>
      makeView(
        async () => realm,
        `document.querySelectorAll('${badgeHost}[data-paper="${id}"]')[${at}]`,
      ),
    scrollThrough: async () => {
      await realm.evaluate(scrollThrough);
    },
    box: makeView(async () => realm, first('paper-margin-note')),
    note: () => noteView(noteFrame),
  };
}

/** How many panels there are; two would be a fault. */
export const hostCount = `String(document.querySelectorAll('${panelHost}').length)`;
