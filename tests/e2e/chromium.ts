// The reader in Chromium: Playwright for pages and input, CDP for what Playwright does not see (closed roots, the worker).
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type BrowserContext,
  type CDPSession,
  chromium,
  type Frame,
  type Page,
} from '@playwright/test';
import { chromiumFlags, chromiumPath } from '../machine/browsers.mjs';
import type { Item, Name, OwnPage, Reader, ReaderOptions, Tab } from './driver.ts';
import { hostCount, makePanel, makeView, panelHost, patience, type Realm, until } from './view.ts';

/** The production build under test. */
const build = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));

/** Roles of Chromium's tree that only lay out, and its names for those that ARIA calls otherwise. */
const layoutOnly =
  /^(none|generic|StaticText|InlineTextBox|LineBreak|LabelText|ListMarker|RootWebArea)$/;
const ariaNames: Record<string, string> = {
  image: 'img',
  DisclosureTriangle: 'button',
  Iframe: 'iframe',
};

/** Chromium's rule: the id of an unpacked extension comes from its manifest's key, else from its path. */
async function extensionId(): Promise<string> {
  const { key } = JSON.parse(await readFile(join(build, 'manifest.json'), 'utf8')) as {
    key?: string;
  };
  const seed = key ? Buffer.from(key, 'base64') : await realpath(build);
  const digest = createHash('sha256').update(seed).digest('hex').slice(0, 32);
  return digest.replace(/./g, (digit) => 'abcdefghijklmnop'.charAt(Number.parseInt(digit, 16)));
}

interface Evaluated {
  result: { value?: string; objectId?: string };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

/** A document of a page as a realm. `frame` is the page's main frame, or a frame with a process of its own. */
function makeRealm(page: Page, frame: Frame): Realm {
  const isMain = frame === page.mainFrame();
  let opened: Promise<CDPSession> | undefined;
  const session = () => {
    opened ??= page.context().newCDPSession(isMain ? page : frame);
    return opened;
  };

  /** The driver's world in the document of this moment. Asking for the same name again gives the same world. */
  async function world(): Promise<{ cdp: CDPSession; contextId: number; frameId: string }> {
    const cdp = await session();
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const frameId = frameTree.frame.id;
    const { executionContextId } = await cdp.send('Page.createIsolatedWorld', {
      frameId,
      worldName: 'paper-margin-tests',
    });
    return { cdp, contextId: executionContextId, frameId };
  }

  async function run(
    expression: string,
  ): Promise<{ cdp: CDPSession; contextId: number; value: Evaluated['result'] }> {
    const { cdp, contextId } = await world();
    const { result, exceptionDetails } = (await cdp.send('Runtime.evaluate', {
      expression,
      contextId,
      awaitPromise: true,
    })) as Evaluated;
    if (exceptionDetails)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return { cdp, contextId, value: result };
  }

  return {
    evaluate: async (expression) => (await run(expression)).value.value ?? '',
    async openRoot() {
      const { cdp, contextId, value } = await run(`document.querySelector('${panelHost}')`);
      const host = { objectId: value.objectId as string };
      const { node } = await cdp.send('DOM.describeNode', { ...host, depth: 1, pierce: true });
      const [root] = node.shadowRoots ?? [];
      if (!root) throw new Error('The panel has no root yet');
      const { object } = await cdp.send('DOM.resolveNode', {
        backendNodeId: root.backendNodeId,
        executionContextId: contextId,
      });
      await cdp.send('Runtime.callFunctionOn', {
        ...host,
        functionDeclaration: `function (root) { Object.defineProperty(this, 'shadowRoot', { value: root, configurable: true }) }`,
        arguments: [{ objectId: object.objectId as string }],
      });
    },
    async click(x, y) {
      let corner = { x: 0, y: 0 };
      if (!isMain) {
        const { frameId } = await world();
        const outer = await page.context().newCDPSession(page);
        try {
          const { backendNodeId } = await outer.send('DOM.getFrameOwner', { frameId });
          await outer.send('DOM.scrollIntoViewIfNeeded', { backendNodeId });
          const { quads } = await outer.send('DOM.getContentQuads', { backendNodeId });
          const [left = 0, top = 0] = quads[0] ?? [];
          corner = { x: left, y: top };
        } finally {
          await outer.detach();
        }
      }
      await page.mouse.click(corner.x + x, corner.y + y);
    },
    type: (text) => page.keyboard.type(text),
    key: (key) => page.keyboard.press(key),
    async tree(element) {
      const { cdp, value } = await run(element);
      if (!value.objectId) return [];
      const { node } = await cdp.send('DOM.describeNode', {
        objectId: value.objectId,
        depth: 2,
        pierce: true,
      });
      // Chromium's query gives nothing for a host itself, so the elements of its root are asked one by one.
      const inside = node.shadowRoots?.[0]?.children?.filter(({ nodeType }) => nodeType === 1);
      const asked = (inside ?? [node]).map(({ backendNodeId }) =>
        cdp.send('Accessibility.queryAXTree', { backendNodeId }),
      );
      const nodes = (await Promise.all(asked)).flatMap((answer) => answer.nodes);
      return nodes.flatMap(({ ignored, role, name, properties }): Item[] => {
        const called = String(role?.value ?? 'none');
        if (ignored || layoutOnly.test(called)) return [];
        const item: Item = {
          role: ariaNames[called] ?? called,
          name: String(name?.value ?? '')
            .replace(/\s+/g, ' ')
            .trim(),
        };
        const pressed = properties?.find((property) => property.name === 'pressed');
        if (pressed) item.pressed = String(pressed.value.value) === 'true';
        return [item];
      });
    },
  };
}

/** Starts Chromium with the extension and a new profile. */
export async function openChromium(options: ReaderOptions): Promise<Reader> {
  const profile = await mkdtemp(join(tmpdir(), 'paper-margin-chromium-'));
  const remove = () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  // Also when the run is interrupted.
  process.once('exit', remove);
  const id = await extensionId();
  const own = `chrome-extension://${id}/`;
  const errors: string[] = [];
  const realms = new WeakMap<Frame, Realm>();
  let colours: 'light' | 'dark' = 'light';
  let context: BrowserContext;

  async function launch() {
    context = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      headless: true,
      args: [
        ...chromiumFlags(),
        ...(options.bare
          ? ['--enable-unsafe-extension-debugging']
          : [`--disable-extensions-except=${build}`, `--load-extension=${build}`]),
        `--proxy-server=${options.proxy}`,
        '--ignore-certificate-errors',
        // Nothing has to shimmer for a test: painting it costs more than all else.
        '--force-prefers-reduced-motion',
        '--disable-gpu',
      ],
      ignoreDefaultArgs: [
        '--disable-back-forward-cache',
        ...(options.bare ? ['--disable-extensions'] : []),
      ],
      colorScheme: colours,
    });
    context.on('console', (message) => {
      const { url } = message.location();
      if (message.type() === 'error' && url.startsWith(own))
        errors.push(`${message.text()} (${url})`);
    });
    // A page may be gone before it is reached.
    context.on('page', (page) => void page.emulateMedia({ colorScheme: colours }).catch(() => {}));
    await watchWorkers();
    context.on('weberror', (error) => {
      const { stack = '', message } = error.error();
      if (stack.includes(own) || error.page()?.url().startsWith(own)) errors.push(stack || message);
    });
  }

  async function browserSession(): Promise<CDPSession> {
    const browser = context.browser();
    if (!browser) throw new Error('Chromium gives no session of the whole browser');
    return browser.newBrowserCDPSession();
  }

  /** Playwright tells what a service worker logs, but not what it throws. */
  async function watchWorkers() {
    const cdp = await browserSession();
    cdp.on('Target.targetCreated', ({ targetInfo: { type, url, targetId } }) => {
      if (type !== 'service_worker' || !url.startsWith(own)) return;
      const enable = async () => {
        const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
        await cdp.send('Target.sendMessageToTarget', {
          sessionId,
          message: '{"id":1,"method":"Runtime.enable"}',
        });
      };
      // A worker may be gone before it is reached.
      enable().catch(() => {});
    });
    cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { method, params } = JSON.parse(message);
      if (method !== 'Runtime.exceptionThrown') return;
      const { text, exception } = params.exceptionDetails as NonNullable<
        Evaluated['exceptionDetails']
      >;
      errors.push(exception?.description ?? text);
    });
    await cdp.send('Target.setDiscoverTargets', {
      discover: true,
      filter: [{ type: 'service_worker' }],
    });
  }

  const pageOf = (start: string) =>
    context.pages().find((page) => page.url().startsWith(own + start));

  const welcomePage = () =>
    until(
      async () => pageOf('welcome.html'),
      () => 'The welcome page did not open at install',
    );

  /** Sees the page that opens at install off, where it is not wanted. */
  async function settleIn() {
    const welcome = await welcomePage();
    if (!options.keepWelcome) await welcome.close();
  }

  try {
    await launch();
    if (!options.bare) await settleIn();
  } catch (error) {
    await close();
    throw error;
  }

  function realmOf(page: Page, frame: Frame): Realm {
    const known = realms.get(frame);
    if (known) return known;
    const realm = makeRealm(page, frame);
    realms.set(frame, realm);
    return realm;
  }

  /** What web pages and own pages have in common. */
  function windowOf(page: Page) {
    return {
      url: async () => page.url(),
      reload: async () => {
        await page.reload();
      },
      evaluate: (inPage: (argument: never) => unknown, argument?: unknown) =>
        page.evaluate(inPage as (argument: unknown) => unknown, argument),
      key: (key: string) => page.keyboard.press(key),
      screenshot: async (path: string) => {
        await page.screenshot({ path });
      },
      setViewport: (width: number, height: number) => page.setViewportSize({ width, height }),
      activate: () => page.bringToFront(),
      close: () => page.close(),
    } as Pick<
      Tab,
      'url' | 'reload' | 'evaluate' | 'key' | 'screenshot' | 'setViewport' | 'activate' | 'close'
    >;
  }

  /** By tab, so that a popup can be opened over it. */
  const pages = new WeakMap<Tab, Page>();

  function tabOf(page: Page): Tab {
    const realm = realmOf(page, page.mainFrame());
    const noteFrame = async () => {
      const frame = page.frames().findLast((it) => it.url().includes('/note.html'));
      return frame && realmOf(page, frame);
    };
    const travel = async (step: 'goBack' | 'goForward') => {
      // A page from the back/forward cache fires no load event.
      await page[step]({ waitUntil: 'commit' });
      await page.waitForFunction(() => document.readyState === 'complete');
    };
    const tab: Tab = {
      ...windowOf(page),
      panel: makePanel(realm, noteFrame),
      hosts: async () => Number(await realm.evaluate(hostCount)),
      goto: async (url) => {
        await page.goto(url);
      },
      back: () => travel('goBack'),
      forward: () => travel('goForward'),
    };
    pages.set(tab, page);
    return tab;
  }

  async function targetOf(page: Page): Promise<string> {
    const cdp = await context.newCDPSession(page);
    const { targetInfo } = await cdp.send('Target.getTargetInfo');
    await cdp.detach();
    return targetInfo.targetId;
  }

  function ownPageOf(page: Page): OwnPage {
    const realm = realmOf(page, page.mainFrame());
    const view = makeView(async () => realm);
    return {
      ...windowOf(page),
      ...view,
      async download(button: Name) {
        const [download] = await Promise.all([
          page.waitForEvent('download', { timeout: patience }),
          view.press(button),
        ]);
        return readFile(await download.path(), 'utf8');
      },
      async upload(button: Name, text: string) {
        const [chooser] = await Promise.all([
          page.waitForEvent('filechooser', { timeout: patience }),
          view.press(button),
        ]);
        await chooser.setFiles({
          name: 'library.json',
          mimeType: 'application/json',
          buffer: Buffer.from(text),
        });
      },
    };
  }

  async function close() {
    await context?.close();
    process.off('exit', remove);
    remove();
  }

  return {
    browser: 'chromium',
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return tabOf(page);
    },
    async openOwn(path) {
      const page = await context.newPage();
      await page.goto(own + path);
      return ownPageOf(page);
    },
    async openPopup(over) {
      if (over) await pages.get(over)?.bringToFront();
      const cdp = await browserSession();
      const { targetId } = await cdp.send('Target.createTarget', {
        url: `${own}popup.html`,
        background: true,
      });
      await cdp.detach();
      const page = await until(
        async () => {
          for (const it of context.pages()) if ((await targetOf(it)) === targetId) return it;
          return undefined;
        },
        () => 'The popup did not open',
      );
      return ownPageOf(page);
    },
    welcome: async () => ownPageOf(await welcomePage()),
    async dark(on) {
      colours = on ? 'dark' : 'light';
      for (const page of context.pages()) await page.emulateMedia({ colorScheme: colours });
    },
    async atStart(inPage) {
      await context.addInitScript(inPage);
    },
    async stopBackground() {
      const cdp = await browserSession();
      const workers = async () =>
        (await cdp.send('Target.getTargets')).targetInfos.filter(
          ({ type, url }) => type === 'service_worker' && url.startsWith(own),
        );
      // A worker that is woken again at once keeps its id: only its own session tells that it died in between.
      const died = new Set<string>();
      cdp.on('Target.receivedMessageFromTarget', ({ message, targetId }) => {
        if (targetId && JSON.parse(message).method === 'Inspector.targetCrashed')
          died.add(targetId);
      });
      const running = (await workers()).map(({ targetId }) => targetId);
      for (const targetId of running) {
        const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
        const message = '{"id":1,"method":"Inspector.enable"}';
        await cdp.send('Target.sendMessageToTarget', { sessionId, message });
        await cdp.send('Target.closeTarget', { targetId });
      }
      await until(
        async () => {
          const left = (await workers()).map(({ targetId }) => targetId);
          return running.every((id) => died.has(id) || !left.includes(id)) || undefined;
        },
        () => 'The service worker does not stop',
      );
      await cdp.detach();
    },
    async restart() {
      await context.close();
      await launch();
    },
    async install() {
      const cdp = await browserSession();
      await cdp.send('Extensions.loadUnpacked', { path: build });
      await cdp.detach();
      await settleIn();
    },
    async update() {
      throw new Error('Chromium unloads an extension that reloads itself in a test; use restart()');
    },
    async refusePermissions() {
      throw new Error('No driver reaches the window in which Chromium asks');
    },
    consoleErrors: async () => [...errors],
    close,
  };
}
