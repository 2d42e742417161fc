// The reader in Firefox: puppeteer-core starts it and installs the extension, the rest is plain WebDriver BiDi.
import { existsSync, rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser } from 'puppeteer-core';
import { firefoxPath } from '../machine/browsers.mjs';
import type { Name, OwnPage, Reader, ReaderOptions, Tab } from './driver.ts';
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
const build = fileURLToPath(new URL('../../.output/firefox-mv3', import.meta.url));

const addon = 'paper-margin@paper-margin.org';
/** Firefox draws it by chance; a fixed one gives the extension's pages fixed addresses. */
const uuid = '0d2f4c1e-7a3b-4c5d-8e6f-9a0b1c2d3e4f';
const own = `moz-extension://${uuid}/`;
const sandbox = 'paper-margin-tests';

/** WebDriver's private code points for keys without a character. */
const keyCodes: Record<string, string> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Backspace: '\uE003',
  Delete: '\uE017',
};

/** Preferences of every run: the world is the only network, nothing calls home, data survives a new installation. */
function preferences({ proxy, firefoxPrefs }: ReaderOptions, downloads: string) {
  const { hostname, port } = new URL(proxy);
  return {
    'network.proxy.type': 1,
    'network.proxy.http': hostname,
    'network.proxy.http_port': Number(port),
    'network.proxy.ssl': hostname,
    'network.proxy.ssl_port': Number(port),
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'network.trr.mode': 5,
    'services.settings.server': 'data:,#remote-settings-dummy/v1',
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'browser.safebrowsing.downloads.enabled': false,
    'browser.region.network.url': '',
    'browser.newtabpage.activity-stream.feeds.system.topstories': false,
    'browser.topsites.contile.enabled': false,
    'browser.ml.enable': false,
    'dom.push.connection.enabled': false,
    'extensions.getAddons.cache.enabled': false,
    'extensions.systemAddon.update.enabled': false,
    'toolkit.telemetry.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'app.normandy.enabled': false,
    'extensions.webextensions.uuids': JSON.stringify({ [addon]: uuid }),
    'extensions.webextensions.keepStorageOnUninstall': true,
    'extensions.webextensions.keepUuidOnUninstall': true,
    // Requests for optional permissions are granted after a real click.
    'extensions.webextOptionalPermissionPrompts': false,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
    'layout.css.prefers-color-scheme.content-override': 1,
    // Nothing has to shimmer for a test, and no process has to wait for tabs that never come.
    'ui.prefersReducedMotion': 1,
    'dom.ipc.processPrelaunch.enabled': false,
    ...firefoxPrefs,
  };
}

/**
 * Run in Firefox's own scope: collects what is logged as an error in any process. WebDriver BiDi tells nothing of the
 * extension's own pages and of its event page.
 */
const collectErrors = `
  globalThis.paperMarginErrors = [];
  Services.ppmm.addMessageListener('paper-margin:error', ({ data }) => { paperMarginErrors.push(data); });
  Services.ppmm.loadProcessScript('data:application/javascript,' + encodeURIComponent(\`
    Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage).addLogEventListener((event) => {
      const { level, filename, arguments: words } = event.wrappedJSObject ?? event;
      if (level === 'error') {
        sendAsyncMessage('paper-margin:error', { text: Array.from(words, String).join(' '), source: String(filename) });
      }
    }, Services.scriptSecurityManager.getSystemPrincipal());
  \`), true);`;

/** Run in Firefox's own scope or in a tab's: presses keys as the keyboard does. `main` is the window that has the focus. */
const pressKeys = `(main, chords) => {
  const processor = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
  if (!processor.beginInputTransactionForTests(main)) throw new Error('The window takes no keys');
  for (const chord of chords) {
    const keys = (chord.length > 1 ? chord.split('+') : [chord]).map((key) => {
      const code = /^[a-z]$/i.test(key) ? 'Key' + key.toUpperCase() : '';
      const keyCode = { Alt: 18, Shift: 16, Control: 17, Enter: 13, Escape: 27, ArrowDown: 40 }[key]
        ?? (code ? code.charCodeAt(3) : 0);
      return new main.KeyboardEvent('', { key, code, keyCode });
    });
    for (const key of keys) processor.keydown(key);
    for (const key of keys.toReversed()) processor.keyup(key);
  }
}`;

/** Run in the sidebar's process: does there what WebDriver BiDi, which knows no sidebar, does in tabs. */
const sidebarScript = `
  let sandbox, shown;
  const verbs = {
    evaluate(expression) {
      if (shown !== content.document) {
        shown = content.document;
        sandbox = new Cu.Sandbox(content, { sandboxPrototype: content, wantComponents: false });
      }
      return Cu.evalInSandbox(expression, sandbox);
    },
    press: (chords) => (${pressKeys})(content, chords),
  };
  addMessageListener('paper-margin:do', async ({ data: { id, verb, argument } }) => {
    try {
      sendAsyncMessage('paper-margin:done', { id, value: await verbs[verb](argument) });
    } catch (error) {
      sendAsyncMessage('paper-margin:done', { id, error: String(error) });
    }
  });`;

/** Run in Firefox's own scope: sends the sidebar's page something to do and waits for the answer. */
const inSidebar = `async (verb, argument) => {
  const panel = SidebarController.isOpen
    && SidebarController.browser.contentDocument.getElementById('webext-panels-browser');
  if (!panel) throw new Error('There is no sidebar');
  if (globalThis.paperMarginSidebar !== panel) {
    globalThis.paperMarginSidebar = panel;
    panel.messageManager.loadFrameScript('data:application/javascript,' + encodeURIComponent(${JSON.stringify(sidebarScript)}), false);
  }
  if (verb === 'click') {
    panel.focus();
    const { left, top } = panel.getBoundingClientRect();
    const [x, y] = argument;
    const main = panel.ownerDocument.defaultView;
    for (const type of ['mousemove', 'mousedown', 'mouseup'])
      main.synthesizeMouseEvent(type, left + x, top + y, { button: 0, clickCount: 1 }, {});
    return '';
  }
  const id = globalThis.paperMarginAsked = (globalThis.paperMarginAsked ?? 0) + 1;
  const { value, error } = await new Promise((done) => {
    const hear = ({ data }) => {
      if (data.id !== id) return;
      panel.messageManager.removeMessageListener('paper-margin:done', hear);
      done(data);
    };
    panel.messageManager.addMessageListener('paper-margin:done', hear);
    panel.messageManager.sendAsyncMessage('paper-margin:do', { id, verb, argument });
  });
  if (error) throw new Error(error);
  return value ?? '';
}`;

/**
 * Run in an own page: remembers the file input that is opened next, and keeps its dialog closed. WebDriver BiDi tells
 * nothing of dialogs there.
 */
const noteFileInput = `(() => {
  const opened = (input) => { globalThis.paperMarginFileInput = input; };
  for (const way of ['click', 'showPicker']) {
    const usual = HTMLInputElement.prototype[way];
    HTMLInputElement.prototype[way] = function () { return this.type === 'file' ? opened(this) : usual.call(this); };
  }
  addEventListener('click', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') {
      event.preventDefault();
      opened(event.target);
    }
  }, true);
})()`;

/**
 * Logged errors, and uncaught ones, whose source is the extension; as JSON. Firefox also complains of every answer that
 * comes after its page was closed or put to sleep: nobody's fault.
 */
const tellErrors = `JSON.stringify([
  ...paperMarginErrors,
  ...Services.console.getMessageArray()
    .filter((it) => it instanceof Ci.nsIScriptError && !(it.flags & Ci.nsIScriptError.warningFlag))
    .map((it) => ({ text: it.errorMessage, source: it.sourceName })),
].filter(({ text, source }) => source.startsWith('${own}') && !/^Promise (resolved|rejected) (after context unloaded|while context is inactive)/.test(text))
.map(({ text, source }) => text + ' (' + source + ')'))`;

/** The little of WebDriver BiDi's answers that is used here. */
interface Answer {
  type?: 'success' | 'exception';
  result: { value?: unknown; sharedId?: string; shadowRoot?: { sharedId: string } };
  exceptionDetails?: { text: string };
  context: string;
  contexts: Context[];
  data: string;
}
interface Context {
  context: string;
  url: string;
  children: Context[] | null;
}
type Send = (method: string, params: object) => Promise<Answer>;

/** What puppeteer-core's BiDi browser has beside its documented type. */
interface Connection {
  send(method: string, params: object): Promise<{ result: Answer }>;
}

/** A browsing context (a tab or a frame) as a realm. */
function makeRealm(send: Send, context: string): Realm {
  const perform = (type: 'pointer' | 'key', actions: object[]) =>
    send('input.performActions', { context, actions: [{ type, id: type, actions }] });
  const press = (value: string) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ];
  return {
    async evaluate(expression) {
      const { type, result, exceptionDetails } = await send('script.evaluate', {
        expression,
        target: { context, sandbox },
        awaitPromise: true,
      });
      if (type === 'exception') throw new Error(exceptionDetails?.text);
      return String(result.value ?? '');
    },
    async openRoot(element) {
      const { result } = await send('script.evaluate', {
        expression: element,
        target: { context, sandbox },
        awaitPromise: false,
        serializationOptions: { includeShadowTree: 'all', maxDomDepth: 0 },
      });
      const root = (result.value as { shadowRoot?: { sharedId: string } } | undefined)?.shadowRoot;
      if (!root) throw new Error('The element has no root yet');
      await send('script.callFunction', {
        functionDeclaration: `(host, root) => { Object.defineProperty(host, 'shadowRoot', { value: root, configurable: true }) }`,
        arguments: [{ sharedId: result.sharedId }, { sharedId: root.sharedId }],
        target: { context, sandbox },
        awaitPromise: false,
      });
    },
    async click(x, y) {
      await perform('pointer', [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]);
    },
    async type(text) {
      await perform(
        'key',
        [...text].flatMap((letter) => press(letter === '\n' ? '\uE007' : letter)),
      );
    },
    async key(chord) {
      const keys = chord.split('+').map((key) => keyCodes[key] ?? key);
      await perform('key', [
        ...keys.map((value) => ({ type: 'keyDown', value })),
        ...keys.toReversed().map((value) => ({ type: 'keyUp', value })),
      ]);
    },
  };
}

/**
 * What Firefox compiles of itself at its first start. A new profile that has it from an earlier one of this process
 * starts in half the time; it holds nothing of pages, extensions or persons.
 */
const compiled = ['startupCache', 'compatibility.ini'];
let warm: string | undefined;

/** Takes it from a profile whose Firefox has ended, unless it is there. */
async function keepCompiled(profile: string): Promise<void> {
  if (warm || !existsSync(join(profile, 'startupCache'))) return;
  const place = await mkdtemp(join(tmpdir(), 'paper-margin-firefox-compiled-'));
  process.once('exit', () => rmSync(place, { recursive: true, force: true, maxRetries: 5 }));
  for (const name of compiled)
    await cp(join(profile, name), join(place, name), { recursive: true });
  warm = place;
}

/** Starts Firefox with the extension and a new profile. */
export async function openFirefox(options: ReaderOptions): Promise<Reader> {
  const home = await mkdtemp(join(tmpdir(), 'paper-margin-firefox-'));
  const remove = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  // Also when the run is interrupted.
  process.once('exit', remove);
  const profile = join(home, 'profile');
  const downloads = join(home, 'downloads');
  await Promise.all([mkdir(profile), mkdir(downloads)]);
  for (const name of warm ? compiled : []) {
    await cp(join(warm as string, name), join(profile, name), { recursive: true });
  }
  /** Of earlier runs of the browser, before a restart. */
  const errors: string[] = [];
  /** Own pages that a test opened; any other welcome page came by itself. */
  const wanted = new Set<string>();
  let browser: Browser | undefined;
  let connection: Connection;
  /** The browser window's own document, where Firefox's internals can be asked. */
  let chrome: string;

  const send: Send = async (method, params) => (await connection.send(method, params)).result;

  async function inChrome<Value = unknown>(expression: string): Promise<Value> {
    const { type, result, exceptionDetails } = await send('script.evaluate', {
      expression,
      target: { context: chrome },
      awaitPromise: true,
    });
    if (type === 'exception') throw new Error(exceptionDetails?.text);
    return result.value as Value;
  }

  async function launch() {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefoxPath(),
      headless: true,
      acceptInsecureCerts: true,
      userDataDir: profile,
      // Only with this do the extension's pages and Firefox's internals admit a driver.
      args: ['--remote-allow-system-access'],
      // Only with this does a release build of Firefox leave its settings server alone.
      env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
      extraPrefsFirefox: preferences(options, downloads),
    });
    connection = (browser as unknown as { connection: Connection }).connection;
    const { contexts } = await send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const [top] = contexts;
    if (!top) throw new Error('Firefox shows no window to its driver');
    chrome = top.context;
    await inChrome(collectErrors);
    if (!options.bare) await browser.installExtension(build);
  }

  const tabs = async () => (await send('browsingContext.getTree', { maxDepth: 0 })).contexts;

  const welcomePage = () =>
    until(
      async () =>
        (await tabs()).find(
          ({ url, context }) => url.startsWith(`${own}welcome.html`) && !wanted.has(context),
        )?.context,
      () => 'The welcome page did not open at install',
    );

  async function shut() {
    const process = browser?.process();
    const late = new Promise<'late'>((done) => setTimeout(done, patience, 'late').unref());
    if ((await Promise.race([browser?.close(), late]).catch(() => 'late')) === 'late')
      process?.kill('SIGKILL');
  }

  async function close() {
    await shut();
    await keepCompiled(profile);
    process.off('exit', remove);
    remove();
  }

  /** Sees the page that opens at install off, where it is not wanted. */
  async function settleIn() {
    const context = await welcomePage();
    if (!options.keepWelcome) await send('browsingContext.close', { context });
  }

  try {
    await launch();
    if (!options.bare) await settleIn();
  } catch (error) {
    await close();
    throw error;
  }

  /** What web pages and own pages have in common. */
  function windowOf(context: string, realm: Realm) {
    return {
      url: () => realm.evaluate('location.href'),
      reload: async () => {
        await send('browsingContext.reload', { context, wait: 'complete' });
      },
      async evaluate(inPage: (argument: never) => unknown, argument?: unknown) {
        const sent = argument === undefined ? 'undefined' : JSON.stringify(argument);
        const { type, result, exceptionDetails } = await send('script.evaluate', {
          expression: `(async () => JSON.stringify((await (${inPage.toString()})(${sent})) ?? null))()`,
          target: { context },
          awaitPromise: true,
        });
        if (type === 'exception') throw new Error(exceptionDetails?.text);
        return JSON.parse(String(result.value)) ?? undefined;
      },
      key: realm.key,
      async screenshot(path: string) {
        await send('browsingContext.activate', { context });
        const { data } = await send('browsingContext.captureScreenshot', { context });
        await writeFile(path, data, 'base64');
      },
      setViewport: async (width: number, height: number) => {
        await send('browsingContext.setViewport', { context, viewport: { width, height } });
      },
      activate: async () => {
        await send('browsingContext.activate', { context });
      },
      close: async () => {
        await send('browsingContext.close', { context });
      },
    } as Pick<
      Tab,
      'url' | 'reload' | 'evaluate' | 'key' | 'screenshot' | 'setViewport' | 'activate' | 'close'
    >;
  }

  /** By tab, so that a popup can be opened over it. */
  const contextOf = new WeakMap<Tab, string>();

  function tabOf(context: string): Tab {
    const realm = makeRealm(send, context);
    const frameOf = async (name: string) => {
      const [tree] = (await send('browsingContext.getTree', { root: context })).contexts;
      const all = (node: Context): Context[] => [node, ...(node.children ?? []).flatMap(all)];
      const frame = tree && all(tree).findLast(({ url }) => url.startsWith(own + name));
      return frame && makeRealm(send, frame.context);
    };
    const noteFrame = () => frameOf('note.html');
    const travel = async (delta: number) => {
      const before = await realm.evaluate('location.href');
      await send('browsingContext.traverseHistory', { context, delta });
      await until(
        async () =>
          (await realm.evaluate(
            `location.href === ${JSON.stringify(before)} ? '' : document.readyState`,
          )) === 'complete' || undefined,
        () => `The history has nothing else than ${before} that way`,
      );
    };
    const tab: Tab = {
      ...windowOf(context, realm),
      panel: makePanel(realm, noteFrame),
      badges: makeBadges(realm, noteFrame),
      marking: makeMarking(realm, () => frameOf('highlight.html')),
      click: realm.click,
      hosts: async () => Number(await realm.evaluate(hostCount)),
      goto: (url) => visit(context, url),
      back: () => travel(-1),
      forward: () => travel(1),
    };
    contextOf.set(tab, context);
    return tab;
  }

  async function visit(context: string, url: string) {
    await send('browsingContext.navigate', { context, url, wait: 'complete' });
  }

  async function newTab(background = false): Promise<string> {
    const { context } = await send('browsingContext.create', { type: 'tab', background });
    wanted.add(context);
    // As large as Playwright makes a page.
    await send('browsingContext.setViewport', { context, viewport: { width: 1280, height: 720 } });
    return context;
  }

  function ownPageOf(context: string): OwnPage {
    const keyless = makeRealm(send, context);
    const realm: Realm = {
      ...keyless,
      // A popup has the keyboard. Standing in for one, a tab behind another gets it late, and loses what came before.
      async type(text) {
        await send('browsingContext.activate', { context });
        await keyless.type(text);
      },
    };
    const view = makeView(async () => realm);
    /** Evaluates in the page's main world. */
    const inPage = async (expression: string) =>
      (await send('script.evaluate', { expression, target: { context }, awaitPromise: false }))
        .result;
    return {
      ...windowOf(context, realm),
      ...view,
      async download(button: Name) {
        const before = new Set(await readdir(downloads));
        await view.press(button);
        return until(
          async () => {
            const now = await readdir(downloads);
            const name = now.find(
              (it) => !before.has(it) && !it.endsWith('.part') && !now.includes(`${it}.part`),
            );
            return (name && (await readFile(join(downloads, name), 'utf8'))) || undefined;
          },
          () => `${button} gave no file`,
        );
      },
      async upload(button: Name, text: string) {
        const path = join(home, 'library.json');
        await writeFile(path, text);
        await inPage(noteFileInput);
        await view.press(button);
        const element = await until(
          async () => (await inPage('globalThis.paperMarginFileInput')).sharedId,
          () => `${button} asks for no file`,
        );
        await send('input.setFiles', { context, element: { sharedId: element }, files: [path] });
      },
      async memory() {
        throw new Error('Firefox does not tell a driver how much memory a page takes');
      },
    };
  }

  async function openOwnIn(context: string, path: string): Promise<OwnPage> {
    // Firefox never reports such a page as loaded.
    await send('browsingContext.navigate', { context, url: own + path, wait: 'none' });
    const realm = makeRealm(send, context);
    await until(
      async () =>
        (await realm.evaluate(`location.href.startsWith('${own}') ? document.readyState : ''`)) ===
          'complete' || undefined,
      () => `${path} does not open`,
    );
    return ownPageOf(context);
  }

  /** The sidebar as a realm. */
  function sidebar(): Realm {
    const ask = (verb: string, argument: unknown) =>
      inChrome<string>(`(${inSidebar})('${verb}', ${JSON.stringify(argument)})`);
    return {
      evaluate: (expression) => ask('evaluate', expression),
      openRoot: async () => {
        throw new Error('The sidebar has no closed roots');
      },
      click: async (x, y) => void (await ask('click', [x, y])),
      type: async (text) => void (await ask('press', [...text])),
      key: async (key) => void (await ask('press', [key])),
    };
  }

  /** Types into the address bar; what it proposes, the best first. */
  const typed = async (text: string) => {
    await inChrome(`gURLBar.focus(); gURLBar.search(${JSON.stringify(`pm ${text}`)})`);
  };
  const proposed = () =>
    inChrome<string>(
      `JSON.stringify(gURLBar.view.visibleResults.map(({ payload }) => payload.title))`,
    ).then((rows) => JSON.parse(rows) as string[]);

  async function propose(text: string, done: (rows: string[]) => boolean): Promise<string[]> {
    let last: string[] = [];
    return until(
      async () => {
        await typed(text);
        // What comes is shown a little later; what does not come is asked for again.
        for (let look = 0; look < 25; look++) {
          last = await proposed();
          if (done(last)) return last;
          await new Promise((wait) => setTimeout(wait, 40));
        }
        return undefined;
      },
      () => `The address bar proposes for ${text}: ${last.join(' | ')}`,
    );
  }

  return {
    browser: 'firefox',
    async open(url) {
      const context = await newTab();
      await visit(context, url);
      return tabOf(context);
    },
    openOwn: async (path) => openOwnIn(await newTab(), path),
    async openPopup(over) {
      const under = over && contextOf.get(over);
      if (under) await send('browsingContext.activate', { context: under });
      return openOwnIn(await newTab(true), 'popup.html');
    },
    async sidePanel() {
      const realm = sidebar();
      await until(
        async () => (await realm.evaluate('location.href')).startsWith(own) || undefined,
        () => 'The browser shows no sidebar',
      );
      return makeView(async () => realm);
    },
    async chooseInMenu(tab, entry, link) {
      const context = contextOf.get(tab);
      if (!context) throw new Error('The tab is not of this reader');
      await tab.activate();
      const [x = 0, y = 0] = await tab.evaluate((text) => {
        const found = [...document.links].find((it) => it.textContent?.trim() === text);
        found?.scrollIntoView({ block: 'center' });
        const { left, top, height } = (found ?? document.body).getBoundingClientRect();
        return found ? [left + 4, top + height / 2] : [2, 2];
      }, link);
      const at = { x: Math.round(x), y: Math.round(y) };
      const click = [
        { type: 'pointerMove', ...at },
        { type: 'pointerDown', button: 2 },
        { type: 'pointerUp', button: 2 },
      ];
      const actions = [{ type: 'pointer', id: 'right', actions: click }];
      await send('input.performActions', { context, actions });
      const menu = `document.getElementById('contentAreaContextMenu')`;
      await until(
        async () => (await inChrome<string>(`${menu}.state`)) === 'open' || undefined,
        () => 'The menu does not open',
      );
      const chosen = await inChrome<boolean>(`(() => {
        const entry = [...${menu}.querySelectorAll('menuitem')]
          .find((it) => it.label === ${JSON.stringify(entry)} && !it.hidden);
        if (entry) ${menu}.activateItem(entry);
        else ${menu}.hidePopup();
        return Boolean(entry);
      })()`);
      if (!chosen) throw new Error(`The menu has no ${entry}`);
    },
    async pressShortcut(keys) {
      await inChrome(`window.focus(); (${pressKeys})(window, ${JSON.stringify([keys])})`);
    },
    propose,
    async takeProposal(text, place) {
      await propose(text, (rows) => rows.length > place);
      const keys = [...Array(place).fill('ArrowDown'), 'Enter'];
      await inChrome(`(${pressKeys})(window, ${JSON.stringify(keys)})`);
    },
    async files() {
      const names = await readdir(downloads);
      return names.filter((name) => !names.includes(`${name}.part`) && !name.endsWith('.part'));
    },
    welcome: async () => ownPageOf(await welcomePage()),
    async dark(on) {
      await inChrome(
        `Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', ${on ? 0 : 1})`,
      );
      // It reaches the pages a little later.
      for (const { context } of await tabs()) {
        const realm = makeRealm(send, context);
        await until(
          async () =>
            (await realm.evaluate(`String(matchMedia('(prefers-color-scheme: dark)').matches)`)) ===
              String(on) || undefined,
          () => 'The pages do not follow the colour scheme',
        );
      }
    },
    async atStart(inPage) {
      await send('script.addPreloadScript', { functionDeclaration: inPage.toString() });
    },
    async backgroundMemory() {
      throw new Error('Firefox does not tell a driver how much memory a background takes');
    },
    async stopBackground() {
      // An event that arrives meanwhile keeps the page alive, as it should; one that arrives after it wakes it again.
      await until(
        async () =>
          (await inChrome<boolean>(`(async () => {
            const { extension } = WebExtensionPolicy.getByID('${addon}');
            await extension.terminateBackground({ ignoreDevToolsAttached: true });
            return extension.backgroundState === 'stopped';
          })()`)) || undefined,
        () => 'The event page does not stop',
      );
    },
    async restart() {
      errors.push(...(JSON.parse(await inChrome<string>(tellErrors)) as string[]));
      await shut();
      await launch();
    },
    async install() {
      await browser?.installExtension(build);
      await settleIn();
    },
    async update() {
      await browser?.installExtension(build);
    },
    async refusePermissions() {
      await inChrome(`Services.obs.addObserver(
        ({ wrappedJSObject }) => wrappedJSObject.resolve(false),
        'webextension-optional-permission-prompt',
      )`);
    },
    async consoleErrors() {
      return [...errors, ...(JSON.parse(await inChrome<string>(tellErrors)) as string[])];
    },
    close,
  };
}
