// Who may import whom: the layers of src/README.md, held over every file.
import { posix } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files';

/**
 * What each layer may import, besides itself: modules under src (`library/api` is one module, `ui` a whole layer) and
 * packages. `types` may be imported only as types, which are gone at run time.
 */
const rules: Record<string, { values: string[]; types?: string[] }> = {
  paper: { values: [] },
  artefacts: { values: [], types: ['paper'] },
  calendar: { values: [], types: ['library/api'] },
  tex: { values: [] },
  'file-name': { values: ['paper'] },
  'content-script': { values: ['wxt/browser'] },
  anchoring: { values: ['paper'] },
  digest: { values: ['paper', 'tex', 'query', 'ui/words'], types: ['library/api'] },
  query: { values: ['paper'], types: ['library/api'] },
  sites: { values: ['paper'] },
  fit: { values: ['query'] },
  library: {
    values: [
      ...['paper', 'calendar', 'query', 'fit', 'digest', 'file-name'],
      ...['dexie', 'zod', '@rgrove/parse-xml', 'fflate'],
    ],
  },
  backup: { values: ['paper', 'library', 'dexie'] },
  ui: {
    values: ['paper', 'artefacts', 'calendar', 'tex', 'preact', 'marked'],
    types: ['library/api', 'digest/excerpt'],
  },
  page: { values: ['paper', 'artefacts', 'sites', 'ui', 'preact'], types: ['library/api'] },
  highlighting: {
    values: ['paper', 'sites', 'anchoring', 'page', 'ui', 'preact'],
    types: ['library/api'],
  },
  // The bodies of our own pages. Notes are pure text, so their merging may be shared; highlights are painted as in
  // the pages of others.
  views: {
    values: [
      'paper',
      'artefacts',
      'calendar',
      'tex',
      'file-name',
      'digest',
      'query',
      'sites',
      'ui',
      'backup',
      'anchoring',
      'highlighting/paint',
      'highlighting/paint.css',
      'library/notes',
      // Files are written and compared over the database itself, in slices; brought at their first use.
      'library/exchanging',
      'library/tables',
      'rpc/connect',
      'toolbar/side-panel',
      'preact',
      'wxt/browser',
    ],
    types: ['library/api', 'library/files'],
  },
  background: {
    values: ['paper', 'file-name', 'sites', 'backup', 'wxt/browser'],
    types: ['library/api', 'library/tables', 'rpc/message'],
  },
  toolbar: { values: ['paper', 'file-name', 'sites', 'wxt/browser'], types: ['library/api'] },
  'rpc/message': { values: [], types: ['paper', 'library/api'] },
  'rpc/connect': { values: ['wxt/browser'], types: ['paper', 'library/api', 'rpc/message'] },
  'rpc/ask': { values: ['wxt/browser'] },
  'rpc/highlight-wish': { values: ['wxt/browser'] },
  'rpc/serve': { values: ['wxt/browser', 'zod'], types: ['paper', 'library/api', 'rpc/message'] },
};

interface Import {
  from: string;
  typeOnly: boolean;
}

/** Every import, re-export and `import()` of a file. */
function importsOf({ path, text }: SourceFile): Import[] {
  const { module } = parseSync(path, text);
  const onlyTypes = (entries: { isType: boolean }[]) =>
    entries.length > 0 && entries.every(({ isType }) => isType);
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      from: moduleRequest.value,
      typeOnly: onlyTypes(entries),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ from: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      from: text.slice(start, end).replace(/^['"`]|['"`]$/g, ''),
      typeOnly: false,
    })),
  ];
}

/** The rule for a module under src, such as `ui` for `ui/panel`. */
function layerOf(module: string): string | undefined {
  return [module, module.split('/')[0] ?? ''].find((name) => Object.hasOwn(rules, name));
}

const within = (name: string, allowed: string) =>
  name === allowed || name.startsWith(`${allowed}/`);

/** The imports of a file under src that its layer forbids, each as a sentence. */
function violations(file: SourceFile): string[] {
  const module = file.path.replace(/^src\//, '').replace(/\.tsx?$/, '');
  const layer = layerOf(module);
  if (!layer) return [`${file.path} belongs to no layer: give it a rule here and in src/README.md`];
  const { values, types = [] } = rules[layer] ?? { values: [] };
  return importsOf(file)
    .filter(({ from, typeOnly }) => {
      // A folder is imported as its index: `../sites` is the layer sites.
      const target = from.startsWith('.')
        ? posix
            .join('src', posix.dirname(module), from)
            .replace(/^src\//, '')
            .replace(/\?.*$/, '')
        : from;
      if (from.startsWith('.') && within(target, layer)) return false;
      return ![...values, ...(typeOnly ? types : [])].some((allowed) => within(target, allowed));
    })
    .map(
      ({ from, typeOnly }) => `${file.path} may not import ${typeOnly ? 'types of ' : ''}${from}`,
    );
}

describe('a file under src', () => {
  const files = sourceFiles(['src'], ['.ts', '.tsx']);

  it('imports only what its layer may', () => {
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap(violations)).toEqual([]);
  });

  it.each([
    ['src/paper.ts', "import { z } from 'zod/mini';"],
    ['src/sites/arxiv.ts', "import { browser } from 'wxt/browser';"],
    ['src/sites/arxiv.ts', "import { h } from 'preact';"],
    ['src/digest/filters.ts', "import { openLibrary } from '../library';"],
    ['src/digest/document.ts', "import { Icon } from '../ui/icon';"],
    ['src/library/notes.ts', "import { Panel } from '../ui/panel';"],
    ['src/library/exchange/json.ts', "import type { Page } from '../../sites/site';"],
    ['src/ui/panel.tsx', "import { openLibrary } from '../library';"],
    ['src/ui/panel.tsx', "import { defaults } from '../library/api';"],
    ['src/ui/panel.tsx', "export { connect } from '../rpc/connect';"],
    ['src/page/companion.tsx', "import { connect } from '../rpc/connect';"],
    ['src/page/companion.tsx', "const dexie = import('dexie');"],
    ['src/page/companion.tsx', "import '../../entrypoints/background';"],
    ['src/views/day.ts', "import { Dexie } from 'dexie';"],
    ['src/rpc/connect.ts', "import * as z from 'zod/mini';"],
    ['src/rpc/connect.ts', "import { answer } from './serve';"],
    ['src/toolbar/badge.ts', "import { Icon } from '../ui/icon';"],
    ['src/fit/rank.ts', "import type { Paper } from '../paper';"],
    ['src/anchoring/text.ts', "import { browser } from 'wxt/browser';"],
    ['src/query/matches.ts', "import { openLibrary } from '../library';"],
    ['src/page/companion.tsx', "import { paint } from '../highlighting/paint';"],
    ['src/somewhere/else.ts', ''],
  ])('is caught: %s with %s', (path, text) => {
    expect(violations({ path, text })).toHaveLength(1);
  });

  it.each([
    ['src/ui/panel.tsx', "import type { View } from '../library/api';"],
    ['src/ui/panel.tsx', "import { type View } from '../library/api';"],
    ['src/page/companion.tsx', "import css from '../ui/panel.css?inline';"],
    ['src/library/exchange/json.ts', "import { backup } from '../records';"],
  ])('is free: %s with %s', (path, text) => {
    expect(violations({ path, text })).toEqual([]);
  });
});

describe('an entrypoint', () => {
  const files = sourceFiles(['entrypoints'], ['.ts', '.tsx']);

  it('is imported by nobody', () => {
    const importers = sourceFiles(['src', 'tests'], ['.ts', '.tsx', '.mjs']).filter((file) =>
      importsOf(file).some(({ from }) => /(^|\/)entrypoints\//.test(from)),
    );
    expect(importers.map(({ path }) => path)).toEqual([]);
  });

  it('only wires: it stays under 45 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 45);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
