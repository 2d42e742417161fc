// What a test may do and see: a person with a browser, in the same words for Chromium and Firefox. Types only.

/** An accessible name: the exact text, white space folded, or a pattern. */
export type Name = string | RegExp;

/** One entry of the accessibility tree. Roles are ARIA's (`button`, `region`, `textbox`). */
export interface Item {
  role: string;
  name: string;
  /** Toggle buttons only. */
  pressed?: boolean;
}

/** One rule of axe-core that was broken, with the elements that break it. */
export interface Violation {
  id: string;
  help: string;
  targets: string[];
}

/** Anything with words and controls in it: the panel inside its closed root, a frame, a page, one paper's row. */
export interface View {
  /** `data-state` of the panel's host or of `<html>`; null while there is none. */
  state(): Promise<string | null>;
  /** Waits for a state. @throws Error naming the last state seen */
  untilState(state?: string): Promise<void>;
  /** All text that is rendered, visually hidden text too, white space folded. Text in closed folds is left out. */
  text(): Promise<string>;
  /** Waits until `text()` holds it. @throws Error with the text seen instead */
  untilText(text: Name): Promise<void>;
  /** Roles and names in document order. Chromium's own tree; computed by axe-core in Firefox. */
  tree(): Promise<Item[]>;
  has(role: string, name: Name): Promise<boolean>;
  /** Whether a toggle button is pressed; undefined when there is none of that name. */
  pressed(button: Name): Promise<boolean | undefined>;
  /** Waits for the one control of that name (button, link, tab, fold), scrolls to it and clicks it as a person does. */
  press(control: Name): Promise<void>;
  /** Clicks into a text field and types at the end of its text. */
  type(textbox: Name, text: string): Promise<void>;
  /** Clicks into a text field, selects all and types over it; an empty text deletes. */
  retype(textbox: Name, text: string): Promise<void>;
  /** The text in a field. */
  value(textbox: Name): Promise<string>;
  /** The element with the keyboard focus, or null when it is not in here. */
  focused(): Promise<Item | null>;
  /** Canonical ids of the `data-paper` elements inside, in document order. */
  papers(): Promise<string[]>;
  /** Where the links inside lead, in document order; in closed folds too. */
  links(): Promise<string[]>;
  /** What is cut off at a side or sticks out of it, in words; what ends with an ellipsis is not. */
  overflowing(): Promise<string[]>;
  /** The first part that belongs to one paper: a row of a list. */
  paper(id: string): View;
  /** The first part of a role and name: `part('list', 'Papers')`. */
  part(role: string, name: Name): View;
  /** Runs axe-core on this view, also inside a closed root. An empty list means that it found nothing. */
  axe(): Promise<Violation[]>;
  /** Adds markup inside. For proving that a check can fail. */
  seed(html: string): Promise<void>;
}

/** The one `<paper-margin-panel>` of a page, seen from inside its closed shadow root. */
export interface Panel extends View {
  /** `data-paper`: the canonical id; null while there is no panel. */
  id(): Promise<string | null>;
  /** The note frame, once it is shown and loaded. Its state is `saved` when the last typed text is stored. */
  note(): Promise<View>;
}

/** The badges on the rows of a page, and the box for the note of one of them. */
export interface Badges {
  /** Canonical ids in document order; a paper in two rows is there twice. */
  ids(): Promise<string[]>;
  count(): Promise<number>;
  /** Inside the closed root of one badge. `at`: which one of its paper, from 0. */
  badge(id: string, at?: number): View;
  /** Scrolls as a person does, a screen at a time, until nothing more comes at the end of the page; then back. */
  scrollThrough(): Promise<void>;
  /** The box that a badge's note opens, inside its closed root. */
  box: View;
  /** The note frame in that box, once it is loaded. */
  note(): Promise<View>;
}

/** What stands beside selected and highlighted words. */
export interface Marking extends View {
  /** The frame with a comment, or with the list, once it is loaded. */
  frame(): Promise<View>;
}

/** What web pages and the extension's own pages have in common. */
interface Window {
  url(): Promise<string>;
  reload(): Promise<void>;
  /** Runs a function in the page's main world: the page's view on a web page, `browser.*` on an own page. */
  evaluate<Result, Argument = undefined>(
    inPage: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  /** One key or chord for what has the focus: `Tab`, `Shift+Tab`, `Enter`, `Escape`, `ArrowDown`. */
  key(key: string): Promise<void>;
  /** A PNG file of the viewport. */
  screenshot(path: string): Promise<void>;
  /** CSS pixels. */
  setViewport(width: number, height: number): Promise<void>;
  /** Makes this the active tab. */
  activate(): Promise<void>;
  close(): Promise<void>;
}

/** A web page in a tab. */
export interface Tab extends Window {
  panel: Panel;
  badges: Badges;
  /** The toolbar at selected words, the card of a highlight, the list. */
  marking: Marking;
  /** A trusted click at a place of the window, CSS pixels. */
  click(x: number, y: number): Promise<void>;
  /** How many panels there are. */
  hosts(): Promise<number>;
  goto(url: string): Promise<void>;
  /** Through the history; resolves when the page there is shown, from the back/forward cache too. */
  back(): Promise<void>;
  forward(): Promise<void>;
}

/** `popup.html`, `library.html`, `welcome.html`, `note.html`, in a tab. */
export interface OwnPage extends View, Window {
  /** Presses a button that offers a file. Returns its text. */
  download(button: Name): Promise<string>;
  /** Presses a button that asks for a file, and gives it one with this text. */
  upload(button: Name, text: string): Promise<void>;
  /**
   * Bytes that its scripts hold, buffers and nodes with them.
   * @param collected without what nobody needs any more. Chromium only
   */
  memory(collected: boolean): Promise<number>;
}

export interface ReaderOptions {
  /** The world's proxy. */
  proxy: string;
  /** Leave the page that opens at install; reach it by `welcome()`. Otherwise it is closed. */
  keepWelcome?: boolean;
  /** Leave the extension out: what the browser and the pages do by themselves. */
  bare?: boolean;
  /**
   * The person allowed every optional permission once before. Chromium then does not ask again, in a window that no
   * driver reaches; Firefox is set to take each real click for a yes anyway.
   */
  allowed?: boolean;
  /** The profile's folder, which stays. Without it there is a new one, which goes at the end. Chromium only. */
  profile?: string;
  /** Firefox preferences on top of the usual ones. */
  firefoxPrefs?: Record<string, string | number | boolean>;
}

/** A person with a browser and a profile of their own. */
export interface Reader {
  browser: 'chromium' | 'firefox';
  /** A web page in a new, active tab, once it is loaded. A PDF counts too. */
  open(url: string): Promise<Tab>;
  /** A page of the extension in a new, active tab: `library.html`, `note.html#...`. */
  openOwn(page: string): Promise<OwnPage>;
  /** The popup as it shows over this tab, which stays the active one. */
  openPopup(over?: Tab): Promise<OwnPage>;
  /** The side panel or sidebar, once the browser has opened it. */
  sidePanel(): Promise<View>;
  /**
   * Chooses an entry of the right mouse button's menu: on the link of a text, or on the page. In Firefox a real click in
   * the real menu. Chromium shows its menu to no driver: there the entry is looked for and its event sent, nothing more.
   * @throws Error when the browser offers no such entry there
   */
  chooseInMenu(tab: Tab, entry: 'Save paper', link?: string): Promise<void>;
  /** Presses keys of the browser itself: `Alt+Shift+K`. In Chromium, which takes none from drivers, sends their event. */
  pressShortcut(keys: string): Promise<void>;
  /**
   * What the address bar proposes for a text, the best first. Firefox: its address bar. Chromium: its own page for
   * trying what the address bar would propose.
   * @param done when what is proposed is what the test waits for; proposals come bit by bit
   */
  propose(text: string, done: (proposals: string[]) => boolean): Promise<string[]>;
  /**
   * Takes a proposal for a text, by its place, over the active tab. Firefox: by keys. In Chromium, whose address bar no
   * driver reaches, sends the event that follows.
   */
  takeProposal(text: string, place: number): Promise<void>;
  /** Names of the files in the person's folder of downloads, the finished ones. */
  files(): Promise<string[]>;
  /** The page that opened at install. Needs `keepWelcome`. */
  welcome(): Promise<OwnPage>;
  /** Dark or light, for all pages. */
  dark(on: boolean): Promise<void>;
  /** Runs a function in the main world of every page that is loaded from now on, before the page's own scripts. */
  atStart(inPage: () => void): Promise<void>;
  /** Bytes that the running background holds, without what nobody needs any more. Chromium only. */
  backgroundMemory(): Promise<number>;
  /** Kills the service worker or event page; resolves when it is gone. The next message wakes it. */
  stopBackground(): Promise<void>;
  /** Closes the browser and opens it again on the same profile. Old tabs and pages are gone. */
  restart(): Promise<void>;
  /** Installs the extension in a browser that was started without it (`bare`), while tabs stay open. */
  install(): Promise<void>;
  /** Installs the same version over itself, while tabs stay open. Firefox only. */
  update(): Promise<void>;
  /** From now on the person says no when the browser itself asks for a permission. Firefox only. */
  refusePermissions(): Promise<void>;
  /** Errors that the extension's code caused so far, in pages, own pages and background. */
  consoleErrors(): Promise<string[]>;
  close(): Promise<void>;
}
