// Wakes the Library to bring its lists up to date. What is due is computed from stored times, never from the alarm.
import { browser } from 'wxt/browser';

const name = 'refresh';

/** Calls `refresh` at install, at the browser's start, and every quarter of an hour. */
export function schedule(refresh: () => Promise<void>): void {
  const run = () => void refresh().catch(console.error);
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
