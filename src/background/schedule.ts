// Wakes the Library to bring its lists up to date. What is due is computed from stored times, never from the alarm.
import { browser } from 'wxt/browser';

const name = 'refresh';

/** Browsers stop a background some 30 s after its last event, and a call of theirs counts as one, ms. */
const breath = 20_000;

/**
 * Calls `refresh` at install, at the browser's start, and every quarter of an hour. The background is kept while it
 * works: the index of a large import would else take a step a quarter of an hour.
 */
export function schedule(refresh: () => Promise<void>): void {
  const run = () => {
    const alive = setInterval(() => void browser.runtime.getPlatformInfo(), breath);
    void refresh()
      .catch(console.error)
      .finally(() => clearInterval(alive));
  };
  browser.runtime.onInstalled.addListener(run);
  browser.runtime.onStartup.addListener(run);
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) run();
  });
  // Alarms may be gone after a restart or an update, so every start looks.
  void browser.alarms.get(name).then((alarm) => {
    if (!alarm) void browser.alarms.create(name, { delayInMinutes: 1, periodInMinutes: 15 });
  });
}
