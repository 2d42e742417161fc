// The types of browsers.mjs, for the TypeScript files that import it.
export type Browser = 'chromium' | 'firefox';
export function chromiumPath(): string;
export function firefoxPath(): string;
export function chromiumFlags(): string[];
export function hasBrowser(browser: Browser): boolean;
export function hasBrandedChrome(): boolean;
export function readyBrowsers(wanted: Browser[]): string;
