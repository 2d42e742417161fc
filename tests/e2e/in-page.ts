// What the drivers run inside a page, in a world of their own beside the page's: finding, reading and checking by axe-core.
import type axeCore from 'axe-core';
import type { Item, Violation } from './driver.ts';

/** A name as it travels into the page. */
export type SentName = { text: string } | { pattern: string; flags: string };

/** One step from a view to a part of it: a paper's own element, or the element of a role and name. */
export type Step = { paper: string } | { role: string; name: SentName };

/** Where to click, or why not. */
export type Found = { x: number; y: number } | { missing: string };

/** A node of axe-core's flattened tree. */
interface FlatNode {
  props: { nodeType: number };
  actualNode: Element;
  children?: FlatNode[];
}

/** The parts of axe-core that its own types leave out. */
interface AxeParts {
  utils: { getNodeFromTree(element: Element): FlatNode };
  commons: {
    dom: { isVisibleToScreenReaders(node: FlatNode): boolean };
    aria: { getRole(node: FlatNode): string | null };
    text: { accessibleTextVirtual(node: FlatNode): string };
  };
}

/** What the functions work on: the panel's root or a document. */
type Root = ShadowRoot | Document;

/**
 * The functions that a driver calls by name, each with the root, the steps to a part (none: all of it) and arguments.
 * It is sent as source: it must use nothing from outside itself.
 * @param axe axe-core of the same world
 */
export function makeKit(axe: typeof axeCore) {
  const { utils, commons } = axe as unknown as AxeParts;
  const fold = (text: string) => text.replace(/\s+/g, ' ').trim();
  const fits = (text: string, name: SentName) =>
    'text' in name
      ? fold(text) === fold(name.text)
      : new RegExp(name.pattern, name.flags).test(fold(text));
  const shown = (name: SentName) =>
    'text' in name ? `"${name.text}"` : `/${name.pattern}/${name.flags}`;

  /** The element that stands for a part: by no steps the host of a root or the root element of a document. */
  function part(root: Root, steps: Step[]): Element | null {
    const [last] = steps.slice(-1);
    if (!last) return 'host' in root ? root.host : root.documentElement;
    const before = steps.slice(0, -1);
    if ('paper' in last) {
      const around = before.length > 0 ? part(root, before) : root;
      return around?.querySelector(`[data-paper="${CSS.escape(last.paper)}"]`) ?? null;
    }
    const fitting = entries(root, before).find(
      ({ item }) => item.role === last.role && fits(item.name, last.name),
    );
    return fitting?.element ?? null;
  }

  /** The accessible name: axe-core's, but for two kinds of elements that browsers name otherwise. */
  function nameOf(node: FlatNode, role: string): string {
    const element = node.actualNode;
    if (!element.hasAttribute('aria-label') && !element.hasAttribute('aria-labelledby')) {
      // Not by all its content.
      if (role === 'listitem') return '';
      // By its label's words, without the placeholder of a field that stands inside the label.
      const { labels } = element as HTMLInputElement;
      const words = [...(labels ?? [])].flatMap((label) =>
        [...label.childNodes]
          .filter((child) => !child.contains(element))
          .map((child) => child.textContent),
      );
      if (words.length > 0) return fold(words.join(' '));
    }
    return fold(commons.text.accessibleTextVirtual(node));
  }

  /** Elements with a role and a name, as assistive technology gets them, in document order. */
  function entries(root: Root, steps: Step[]) {
    const found: { element: Element; item: Item }[] = [];
    const top = part(root, steps);
    const whole = part(root, []);
    if (!top || !whole) return found;
    const walk = (node: FlatNode) => {
      if (node.props.nodeType !== 1) return;
      const element = node.actualNode;
      if (commons.dom.isVisibleToScreenReaders(node)) {
        const role = element.localName === 'summary' ? 'button' : commons.aria.getRole(node);
        if (role && role !== 'none' && role !== 'presentation') {
          const item: Item = { role, name: nameOf(node, role) };
          const pressed = element.getAttribute('aria-pressed');
          if (pressed !== null) item.pressed = pressed === 'true';
          found.push({ element, item });
        }
      }
      for (const child of node.children ?? []) walk(child);
    };
    // A part's roles depend on what is around it.
    axe.setup(whole);
    try {
      walk(utils.getNodeFromTree(top));
    } finally {
      axe.teardown();
    }
    return found;
  }

  function one(
    root: Root,
    steps: Step[],
    roles: string[],
    name: SentName,
  ): Element | { missing: string } {
    const all = entries(root, steps);
    const fitting = all.filter(({ item }) => roles.includes(item.role) && fits(item.name, name));
    const [only] = fitting;
    if (only && fitting.length === 1) return only.element;
    const there = all
      .filter(({ item }) => roles.includes(item.role))
      .map(({ item }) => `${item.role} "${item.name}"`);
    return {
      missing: `${fitting.length} controls are named ${shown(name)}; there are: ${there.join(', ') || 'none'}`,
    };
  }

  const pressable = ['button', 'link', 'menuitem', 'tab', 'checkbox', 'radio', 'switch', 'option'];
  const fields = ['textbox', 'searchbox', 'combobox'];
  const field = (root: Root, steps: Step[], name: SentName) =>
    one(root, steps, fields, name) as HTMLTextAreaElement | { missing: string };

  function point(root: Root, element: Element): Found {
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const box = [...element.getClientRects()].find(({ width, height }) => width > 0 && height > 0);
    if (!box) return { missing: 'the control has no size' };
    const at = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const hit = root.elementFromPoint(at.x, at.y);
    if (hit && (element.contains(hit) || hit.contains(element))) return at;
    return {
      missing: `the control is covered by ${hit ? `<${hit.localName}>` : 'something else'}`,
    };
  }

  return {
    part,

    state(root: Root): string | null {
      return part(root, [])?.getAttribute('data-state') ?? null;
    },

    text(root: Root, steps: Step[]): string {
      const top = part(root, steps);
      const words: string[] = [];
      const walk = (node: Node) => {
        if (node.nodeType === 3) words.push(node.nodeValue ?? '');
        if (node.nodeType !== 1 && node.nodeType !== 11 && node !== root) return;
        if (node.nodeType === 1) {
          const element = node as Element;
          if (
            /^(style|script|template|noscript)$/.test(element.localName) ||
            !element.checkVisibility()
          )
            return;
        }
        const block =
          node.nodeType === 1 && !getComputedStyle(node as Element).display.startsWith('inline');
        if (block) words.push(' ');
        for (const child of node.childNodes) walk(child);
        if (block) words.push(' ');
      };
      if (top) walk(top === part(root, []) ? root : top);
      return fold(words.join(''));
    },

    tree(root: Root, steps: Step[]): Item[] {
      return entries(root, steps).map(({ item }) => item);
    },

    focused(root: Root, steps: Step[]): Item | null {
      return (
        entries(root, steps).find(({ element }) => element === root.activeElement)?.item ?? null
      );
    },

    control(root: Root, steps: Step[], name: SentName): Found {
      const element = one(root, steps, pressable, name);
      if ('missing' in element) return element;
      return element.matches(':disabled')
        ? { missing: 'the control is disabled' }
        : point(root, element);
    },

    field(root: Root, steps: Step[], name: SentName): Found {
      const element = field(root, steps, name);
      return 'missing' in element ? element : point(root, element);
    },

    /** Puts the caret at the end, or selects all. */
    select(root: Root, steps: Step[], name: SentName, all: boolean): boolean {
      const element = field(root, steps, name);
      if ('missing' in element || root.activeElement !== element) return false;
      element.setSelectionRange(all ? 0 : element.value.length, element.value.length);
      return true;
    },

    value(root: Root, steps: Step[], name: SentName): string | { missing: string } {
      const element = field(root, steps, name);
      return 'missing' in element ? element : element.value;
    },

    papers(root: Root, steps: Step[]): string[] {
      const top = steps.length > 0 ? part(root, steps) : root;
      return [...(top?.querySelectorAll('[data-paper]') ?? [])].map(
        (it) => it.getAttribute('data-paper') ?? '',
      );
    },

    overflowing(root: Root, steps: Step[]): string[] {
      const top = part(root, steps);
      if (!top) return ['There is nothing to measure'];
      const found: string[] = [];
      const edges = top.getBoundingClientRect();
      const walk = (element: Element) => {
        const { overflowX, textOverflow, position, display } = getComputedStyle(element);
        const { left, right, width, height } = element.getBoundingClientRect();
        // Words for screen readers alone are one pixel large on purpose.
        const drawn =
          element.checkVisibility() && !(position === 'absolute' && width <= 1 && height <= 1);
        if (!drawn && display !== 'contents') return;
        const out = width > 0 && (left < edges.left - 0.5 || right > edges.right + 0.5);
        const cut = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
        if (textOverflow === 'ellipsis' && cut) return;
        if (out || cut)
          found.push(
            `<${element.localName} class="${element.className}"> ${fold(element.textContent)}`,
          );
        else for (const child of element.children) walk(child);
      };
      for (const child of (top === part(root, []) ? root : top).children)
        if (!/^(style|head|script)$/.test(child.localName)) walk(child);
      return found;
    },

    links(root: Root, steps: Step[]): string[] {
      const top = steps.length > 0 ? part(root, steps) : root;
      return [...(top?.querySelectorAll('a') ?? [])].map(({ href }) => href);
    },

    seed(root: Root, steps: Step[], html: string): void {
      const top = steps.length > 0 ? part(root, steps) : 'body' in root ? root.body : root;
      const made = document.implementation.createHTMLDocument();
      made.body.innerHTML = html;
      top?.append(...made.body.childNodes);
    },

    async axe(root: Root, steps: Step[]): Promise<Violation[]> {
      const top = part(root, steps);
      if (!top) return [{ id: 'absent', help: 'There is nothing to check', targets: [] }];
      // The page around a frame answers for landmarks and headings of the whole.
      const ofWholePages = ['region', 'landmark-one-main', 'page-has-heading-one', 'bypass'];
      const rules =
        window.top === window
          ? {}
          : Object.fromEntries(ofWholePages.map((rule) => [rule, { enabled: false }]));
      const whole = top === document.documentElement;
      const { violations, passes } = await axe.run(whole ? document : top, {
        iframes: false,
        rules,
        resultTypes: ['violations', 'passes'],
      });
      // A run that saw no element would pass whatever is there.
      if (passes.length === 0 && violations.length === 0) {
        return [{ id: 'nothing-checked', help: 'axe-core saw no element', targets: [] }];
      }
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        targets: nodes.map(
          ({ target, failureSummary }) => `${target.flat().join(' ')}: ${failureSummary ?? ''}`,
        ),
      }));
    },
  };
}

export type Kit = ReturnType<typeof makeKit>;
