// The parts of names: which they are, and that they make the same name again.
import { expect, test } from 'vitest';
import { familyName, printName, splitName } from '../../src/library/exchange/names';

test.each([
  ['Jan van der Berg', { given: 'Jan', particle: 'van der', family: 'Berg' }],
  ['María de la Cruz', { given: 'María', particle: 'de la', family: 'Cruz' }],
  ['John A. Doe Jr.', { given: 'John A.', family: 'Doe', suffix: 'Jr.' }],
  ['John Doe III', { given: 'John', family: 'Doe', suffix: 'III' }],
  ['van Gogh', { given: '', particle: 'van', family: 'Gogh' }],
  ['李 明', { given: '明', family: '李' }],
  ['山田 太郎', { given: '太郎', family: '山田' }],
  ['김 철수', { given: '철수', family: '김' }],
  ['李明', { literal: '李明' }],
  ['Plato', { literal: 'Plato' }],
  ['The Kite Collaboration', { literal: 'The Kite Collaboration' }],
  ['Kite Team, Strings, Inc.', { literal: 'Kite Team, Strings, Inc.' }],
])('%s has its parts, and they make the same name again', (name, parts) => {
  expect(splitName(name)).toEqual(parts);
  expect(printName(splitName(name))).toBe(name);
});

test.each([
  ['Berg, Jan van der', 'Jan van der Berg'],
  ['李, 明', '李 明'],
  ['Doe, Jr., John', 'John Doe Jr.'],
  ['John Doe, Jr.', 'John Doe Jr.'],
])('%s is put in order', (name, ordered) => {
  expect(printName(splitName(name))).toBe(ordered);
});

test('a family name has its particle with it', () => {
  expect(familyName('Jan van der Berg')).toBe('van der Berg');
  expect(familyName('Plato')).toBe('Plato');
});
