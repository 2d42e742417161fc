// Firefox asks the person itself before ids may be sent: no answer and "no" both count as "Only when I ask".
import { papers } from '../world/papers.ts';
import { expect, test } from './fixtures.ts';

test('a permission that the person refuses, or leaves open, lets nothing be sent', async ({
  newReader,
  world,
}) => {
  const reader = await newReader({
    keepWelcome: true,
    firefoxPrefs: { 'extensions.webextOptionalPermissionPrompts': true },
  });
  const welcome = await reader.welcome();
  await welcome.activate();
  await welcome.press('Look up automatically');
  const asked = () => world.requests.filter(({ path }) => path.startsWith('/api/papers/'));

  const meanwhile = await reader.open(`https://arxiv.org/abs/${papers.plain}`);
  await meanwhile.panel.untilState('ready');
  expect(await meanwhile.panel.has('button', 'Look up')).toBe(true);
  await welcome.activate();
  await reader.refusePermissions();
  await welcome.press('Look up automatically');
  await welcome.untilText('Papers are looked up only when you ask.');
  await welcome.untilText('You did not allow it when the browser asked.');

  const later = await reader.open(`https://arxiv.org/abs/${papers.neverDaily}`);
  await later.panel.untilState('ready');
  expect(await later.panel.has('button', 'Look up')).toBe(true);
  expect(asked()).toEqual([]);
  expect(await reader.consoleErrors()).toEqual([]);
});
