// What is built: the manifest of both browsers, generated from the registry of sites.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'wxt';
import { hosts, optionalHosts } from './src/sites';

/** The hosts that the extension needs to work, one install warning line in all. */
const required = hosts();

/** Those that a person may turn on; they add nothing to the warning. */
const optional = optionalHosts();

/** Instead of WXT's own, of which we use little. */
const contentScript = fileURLToPath(new URL('src/content-script.ts', import.meta.url));

/** What is shown in the pages of others, in frames that those cannot read. */
const frames = ['note.html', 'highlight.html', 'related.html'];

/** What pages share is in few files: browsers need some 3 ms for each file of an extension, however small it is. */
const shared = {
  name: 'shared',
  minShareCount: 2,
  entriesAware: true,
  entriesAwareMergeThreshold: 40_000,
};

/** What reads databases is brought at its first use, so it must not lie in a file with what a page needs at once. */
const database = {
  name: 'database',
  test: /[\\/]node_modules[\\/]dexie[\\/]|[\\/]src[\\/]library[\\/]tables\.ts$/,
  priority: 1,
};

/** Without a display, development builds only; with one, in the browsers that the machine was found to have. */
const headless =
  process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
const { PAPER_MARGIN_CHROMIUM: chrome, PAPER_MARGIN_FIREFOX: firefox } = process.env;

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  publicDir: 'assets/public',
  targetBrowsers: ['chrome', 'firefox'],
  webExt: {
    disabled: headless,
    binaries: { ...(chrome && { chrome }), ...(firefox && { firefox }) },
    chromiumArgs: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    startUrls: ['https://arxiv.org/abs/1706.03762'],
  },
  experimental: { escapeUnicode: true },
  vite: () => ({
    resolve: { alias: { 'wxt/utils/content-script-context': contentScript } },
    build: {
      modulePreload: { polyfill: false },
      target: ['chrome148', 'firefox142'],
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  }),
  hooks: {
    'vite:build:extendConfig': (_entrypoints, { build }) => {
      // Only pages share: every other script is one file.
      const output = !build?.lib && build?.rollupOptions?.output;
      if (output && !Array.isArray(output)) {
        output.codeSplitting = {
          groups: [database, shared],
          includeDependenciesRecursively: false,
        };
      }
    },
  },
  manifest: ({ browser }) => ({
    name: 'Paper Margin',
    description:
      'Trending marks, code, models and your own notes beside machine-learning papers on arXiv and Hugging Face.',
    permissions: ['storage', 'unlimitedStorage', 'alarms', 'scripting', 'contextMenus'],
    host_permissions: required,
    optional_permissions: ['downloads', 'notifications'],
    optional_host_permissions: optional,
    omnibox: { keyword: 'pm' },
    // Margin, keep, jot, yellow: not f, n and p, arXiv's own access keys, which some browsers press with the same modifiers; not
    // w, x and z, which Chromium gives to nobody; and none of b, e, f, h, p, s, t and v, which open Firefox's menus.
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+M' } },
      'save-paper': {
        suggested_key: { default: 'Alt+Shift+K' },
        description: 'Save the paper of this tab',
      },
      'note-paper': {
        suggested_key: { default: 'Alt+Shift+J' },
        description: 'Write a note on the paper of this tab',
      },
      'highlight-selection': {
        suggested_key: { default: 'Alt+Shift+Y' },
        description: 'Highlight the selected words',
      },
    },
    incognito: 'not_allowed',
    content_security_policy: {
      extension_pages: "script-src 'self'; object-src 'none'; base-uri 'none'",
    },
    web_accessible_resources: [
      browser === 'firefox'
        ? { resources: frames, matches: [...required, ...optional] }
        : {
            resources: frames,
            matches: [...required, ...optional],
            use_dynamic_url: true,
          },
    ],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'paper-margin@paper-margin.org',
              strict_min_version: '142.0',
              data_collection_permissions: {
                required: ['none'],
                optional: ['browsingActivity', 'searchTerms'],
              },
            },
          },
        }
      : { minimum_chrome_version: '148', message_serialization: 'structured_clone' }),
  }),
});
