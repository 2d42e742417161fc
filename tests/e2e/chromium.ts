// The reader in Chromium: Playwright for pages and input, CDP for what Playwright does not see (closed roots, the worker).
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type BrowserContext,
  type CDPSession,
  chromium,
  type Frame,
  type Page,
  type Worker,
} from '@playwright/test';
import { chromiumFlags, chromiumPath } from '../machine/browsers.mjs';
import type { Item, Name, OwnPage, Reader, ReaderOptions, Tab, View } from './driver.ts';
import {
  hostCount,
  makeBadges,
  makeMarking,
  makePanel,
  makeView,
  patience,
  type Realm,
  until,
} from './view.ts';

/** The production build under test. */
const build = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));

/**
 * Switched off at every start. The popups of the address bar are pages with a process of their own that Chromium draws
 * beforehand, which costs a fifth of a test, and no test sees them. The last switch of its kind wins, so what Playwright
 * switches off stands here too.
 */
const withoutFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
];

/** In the extension's worker: the events can be sent, which is not documented. */
interface Sent {
  dispatch(...sent: unknown[]): void;
}
declare const chrome: {
  commands: { getAll(): Promise<{ name: string; shortcut: string }[]>; onCommand: Sent };
  contextMenus: { update(id: string, change: object): Promise<void>; onClicked: Sent };
  omnibox: Record<'onInputChanged' | 'onInputEntered', Sent>;
  tabs: { query(which: object): Promise<{ id?: number; url?: string }[]> };
};

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

/** The little of a DevTools session that a realm needs. */
type Session = Pick<CDPSession, 'send'>;

/** Bytes on the heap of a page or worker, with buffers and nodes. */
async function memoryOf(session: Session, collected: boolean): Promise<number> {
  if (collected) await session.send('HeapProfiler.collectGarbage');
  const usage = await session.send('Runtime.getHeapUsage');
  return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
}

/** A document as a realm: what a session of its own shows, and how its input gets there. */
function makeRealm(
  open: () => Promise<Session>,
  input: Pick<Realm, 'click' | 'type' | 'key'>,
): Realm {
  let opened: Promise<Session> | undefined;
  const session = () => {
    opened ??= open();
    return opened;
  };

  /** The driver's world in the document of this moment. Asking for the same name again gives the same world. */
  async function world(): Promise<{ cdp: Session; contextId: number }> {
    const cdp = await session();
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const frameId = frameTree.frame.id;
    const { executionContextId } = await cdp.send('Page.createIsolatedWorld', {
      frameId,
      worldName: 'paper-margin-tests',
    });
    return { cdp, contextId: executionContextId };
  }

  async function run(
    expression: string,
  ): Promise<{ cdp: Session; contextId: number; value: Evaluated['result'] }> {
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
    async openRoot(element) {
      const { cdp, contextId, value } = await run(element);
      const host = { objectId: value.objectId as string };
      const { node } = await cdp.send('DOM.describeNode', { ...host, depth: 1, pierce: true });
      const [root] = node.shadowRoots ?? [];
      if (!root) throw new Error('The element has no root yet');
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
    ...input,
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

/** Starts Chromium with the extension. */
export async function openChromium(options: ReaderOptions): Promise<Reader> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'paper-margin-chromium-')));
  const used = existsSync(join(profile, 'Default'));
  const remove = () =>
    !options.profile && rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  // Also when the run is interrupted.
  process.once('exit', remove);
  const downloads = join(profile, 'downloads');
  const id = await extensionId();
  const own = `chrome-extension://${id}/`;
  const errors: string[] = [];
  const realms = new WeakMap<Frame, Realm>();
  let colours: 'light' | 'dark' = 'light';
  let context: BrowserContext;

  /** Preferences of a person who allowed every optional permission once before, and has a folder of downloads. */
  async function writePreferences() {
    const manifest = JSON.parse(await readFile(join(build, 'manifest.json'), 'utf8'));
    const allowed = {
      api: manifest.optional_permissions,
      explicit_host: manifest.optional_host_permissions,
      manifest_permissions: [],
      scriptable_host: [],
    };
    await Promise.all([mkdir(downloads), mkdir(join(profile, 'Default'))]);
    await writeFile(
      join(profile, 'Default', 'Preferences'),
      JSON.stringify({
        download: { default_directory: downloads },
        extensions: { settings: { [id]: { runtime_granted_permissions: allowed } } },
      }),
    );
  }

  /** Files go where a person's go: Playwright would give them names of its own. */
  async function keepNames() {
    const cdp = await browserSession();
    await cdp.send('Browser.setDownloadBehavior', { behavior: 'default' });
  }

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
        `--disable-features=${withoutFeatures.join()}`,
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
    if (options.allowed) await writePreferences();
    await launch();
    if (options.allowed) await keepNames();
    if (!options.bare && !used) await settleIn();
  } catch (error) {
    await close();
    throw error;
  }

  function realmOf(page: Page, frame: Frame): Realm {
    const known = realms.get(frame);
    if (known) return known;
    const isMain = frame === page.mainFrame();
    const session = () => context.newCDPSession(isMain ? page : frame);
    /** Where a frame of a process of its own begins in the page. */
    const corner = async () => {
      if (isMain) return [0, 0] as const;
      const [inner, outer] = await Promise.all([session(), context.newCDPSession(page)]);
      try {
        const { frameTree } = await inner.send('Page.getFrameTree');
        const frameId = frameTree.frame.id;
        const { backendNodeId } = await outer.send('DOM.getFrameOwner', { frameId });
        await outer.send('DOM.scrollIntoViewIfNeeded', { backendNodeId });
        const { quads } = await outer.send('DOM.getContentQuads', { backendNodeId });
        const [left = 0, top = 0] = quads[0] ?? [];
        return [left, top] as const;
      } finally {
        await Promise.all([inner.detach(), outer.detach()]);
      }
    };
    const realm = makeRealm(session, {
      async click(x, y) {
        const [left, top] = await corner();
        await page.mouse.click(left + x, top + y);
      },
      type: (text) => page.keyboard.type(text),
      key: (key) => page.keyboard.press(key),
    });
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
    const frameOf = async (name: string) => {
      const frame = page.frames().findLast((it) => it.url().includes(`/${name}`));
      return frame && realmOf(page, frame);
    };
    const noteFrame = () => frameOf('note.html');
    const travel = async (step: 'goBack' | 'goForward') => {
      // A page from the back/forward cache fires no load event.
      await page[step]({ waitUntil: 'commit' });
      await page.waitForFunction(() => document.readyState === 'complete');
    };
    const tab: Tab = {
      ...windowOf(page),
      panel: makePanel(realm, noteFrame),
      badges: makeBadges(realm, noteFrame),
      marking: makeMarking(realm, () => frameOf('highlight.html')),
      click: realm.click,
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
      async memory(collected: boolean) {
        const cdp = await context.newCDPSession(page);
        try {
          return await memoryOf(cdp, collected);
        } finally {
          await cdp.detach();
        }
      },
    };
  }

  /** A session of what Playwright does not know. */
  async function attach(cdp: CDPSession, targetId: string): Promise<Session> {
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
    const answers = new Map<number, (answer: { result?: unknown; error?: object }) => void>();
    let last = 0;
    cdp.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      const answer = JSON.parse(event.message);
      answers.get(answer.id)?.(answer);
      answers.delete(answer.id);
    });
    return {
      async send(method: string, params: object = {}) {
        const id = ++last;
        const answered = new Promise<{ result?: unknown; error?: object }>((done) => {
          answers.set(id, done);
        });
        const message = JSON.stringify({ id, method, params });
        await cdp.send('Target.sendMessageToTarget', { sessionId, message });
        const { result, error } = await answered;
        if (error) throw new Error(JSON.stringify(error));
        return result;
      },
    } as Session;
  }

  /** The side panel: a page that Playwright does not know, reached through the browser's own session. */
  async function openSidePanelView(): Promise<View> {
    const cdp = await browserSession();
    const targetId = await until(
      async () =>
        (await cdp.send('Target.getTargets')).targetInfos.find(
          ({ url, attached }) => url === `${own}sidepanel.html` && !attached,
        )?.targetId,
      () => 'The browser shows no side panel',
    );
    const session = await attach(cdp, targetId);
    const mouse = { button: 'left', clickCount: 1 } as const;
    const realm = makeRealm(async () => session, {
      async click(x, y) {
        await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
        await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', x, y, ...mouse });
        await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', x, y, ...mouse });
      },
      type: async (text) => {
        await session.send('Input.insertText', { text });
      },
      async key(key) {
        await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key });
        await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
      },
    });
    return makeView(async () => realm);
  }

  /** The extension's own background: for the events of what Chromium shows to no driver. */
  async function background(): Promise<Worker> {
    const [running] = context.serviceWorkers();
    return running ?? context.waitForEvent('serviceworker', { timeout: patience });
  }

  /** The tab as the browser tells an extension. */
  const activeTab = async () =>
    (await background()).evaluate(
      async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0],
    );

  /** Chromium's page about what its address bar would propose; each question is asked on it anew. */
  async function proposals(
    text: string,
    done: (proposals: string[]) => boolean,
  ): Promise<string[]> {
    const page = await context.newPage();
    try {
      await page.goto('chrome://chrome-urls/#internal-debug-pages');
      const enable = page.getByRole('button', { name: 'Enable internal debugging pages' });
      const disable = page.getByRole('button', { name: 'Disable internal debugging pages' });
      await enable.or(disable).waitFor();
      if (await enable.isVisible()) await enable.click();
      await page.goto('chrome://omnibox/');
      await page.locator('#input-text').pressSequentially(text);
      // It keeps answers that came before the last one, out of sight.
      const rows = page.locator('omnibox-output .contents').filter({ visible: true });
      const shown = () => rows.allInnerTexts();
      return await until(
        async () => {
          const found = await shown();
          return done(found) ? found : undefined;
        },
        async () => `The address bar proposes for ${text}: ${(await shown()).join(' | ')}`,
      );
    } finally {
      await page.close();
    }
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
    sidePanel: openSidePanelView,
    async chooseInMenu(tab, _entry, link) {
      await tab.activate();
      const linkUrl =
        link === undefined
          ? undefined
          : await tab.evaluate(
              (text) => [...document.links].find((it) => it.textContent?.trim() === text)?.href,
              link,
            );
      if (link !== undefined && !linkUrl) throw new Error(`The page has no link ${link}`);
      await (await background()).evaluate(
        async ({ sent, over }) => {
          // Fails where the browser has no such entry.
          await chrome.contextMenus.update(sent.menuItemId, {});
          chrome.contextMenus.onClicked.dispatch(sent, over);
        },
        {
          sent: {
            menuItemId: linkUrl ? 'save-link' : 'save-page',
            editable: false,
            pageUrl: await tab.url(),
            ...(linkUrl && { linkUrl }),
          },
          over: await activeTab(),
        },
      );
    },
    async pressShortcut(keys) {
      await (await background()).evaluate(
        async ({ keys, over }) => {
          const command = (await chrome.commands.getAll()).find((it) => it.shortcut === keys);
          if (!command) throw new Error(`Nothing is on ${keys}`);
          chrome.commands.onCommand.dispatch(command.name, over);
        },
        { keys, over: await activeTab() },
      );
    },
    propose: (text, done) => proposals(`pm ${text}`, done),
    async takeProposal(text, place) {
      await (await background()).evaluate(
        async ({ text, place }) => {
          const picked = await new Promise<string>((done) => {
            if (place === 0) done(text);
            chrome.omnibox.onInputChanged.dispatch(text, (rows: { content: string }[]) =>
              done(rows[place - 1]?.content ?? ''),
            );
          });
          chrome.omnibox.onInputEntered.dispatch(picked, 'currentTab');
        },
        { text, place },
      );
    },
    async files() {
      const names = await readdir(downloads);
      return names.filter((name) => !name.endsWith('.crdownload') && !name.startsWith('.'));
    },
    welcome: async () => ownPageOf(await welcomePage()),
    async dark(on) {
      colours = on ? 'dark' : 'light';
      for (const page of context.pages()) await page.emulateMedia({ colorScheme: colours });
    },
    async atStart(inPage) {
      await context.addInitScript(inPage);
    },
    async backgroundMemory() {
      const cdp = await browserSession();
      try {
        const { targetInfos } = await cdp.send('Target.getTargets');
        const worker = targetInfos.find(
          ({ type, url }) => type === 'service_worker' && url.startsWith(own),
        );
        if (!worker) throw new Error('The background does not run');
        return await memoryOf(await attach(cdp, worker.targetId), true);
      } finally {
        await cdp.detach();
      }
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
