// Days in the words of the interface: whatever text stands where a day should be, something is shown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, dayOfWeek, passedOver, rankAndDay } from '../../src/ui/words';

describe('a day', () => {
  it('is written out', () => {
    expect(day('2026-08-21')).toBe('Aug 21, 2026');
    expect(dayOfWeek('2024-02-29')).toBe('Thursday, Feb 29, 2024');
  });

  it.each(['2026-99-99', 'soon', ''])(
    'that the calendar does not have, "%s", is shown as its text',
    (none) => {
      expect(day(none)).toBe(none);
      expect(dayOfWeek(none)).toBe(none);
      expect(rankAndDay(1, none)).toBe(`#1 on ${none}`);
      expect(passedOver(none, none, 0)).toContain(`This is ${none}.`);
    },
  );

  it('never throws', () => {
    const almost = fc.stringMatching(/^[+-]?\d{1,6}-\d\d-\d\d$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost), (text) => {
        expect(typeof day(text)).toBe('string');
        expect(typeof dayOfWeek(text)).toBe('string');
      }),
    );
  });
});
