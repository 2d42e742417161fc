// Days in the words of the interface: whatever text stands where a day should be, something is shown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, dayOfWeek, passedOver, period, periodHeading, rankAndDay } from '../../src/ui/words';

describe('a day', () => {
  it('is written out', () => {
    expect(day('2026-08-21')).toBe('Aug 21, 2026');
    expect(dayOfWeek('2024-02-29')).toBe('Thursday, Feb 29, 2024');
  });

  it('of which only the month or the year is known is no more than that', () => {
    expect(day('2022-03')).toBe('March 2022');
    expect(day('2022')).toBe('2022');
    expect(day('2022-13')).toBe('2022-13');
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

describe('a period', () => {
  it.each([
    ['2026-08-21', 'Friday, Aug 21, 2026'],
    ['2026-W34', 'Week 34, 2026 · Aug 17 – 23'],
    ['2026-W36', 'Week 36, 2026 · Aug 31 – Sep 6'],
    // ISO weeks belong to the year of their Thursday.
    ['2020-W53', 'Week 53, 2020 · Dec 28 – Jan 3'],
    ['2026-W01', 'Week 1, 2026 · Dec 29 – Jan 4'],
    ['2026-08', 'August 2026'],
    ['trending', 'Trending'],
  ])('named %s is headed %s', (name, words) => {
    expect(periodHeading(name)).toBe(words);
  });

  it.each([
    ['2026-W34', '2026-W33', 'No papers in Week 34, 2026 yet. This is Week 33, 2026.'],
    ['2026-W33', '2026-W32', 'No papers in Week 33, 2026. This is Week 32, 2026.'],
    ['2026-08', '2026-07', 'No papers in August 2026 yet. This is July 2026.'],
    ['2026-07', '2026-06', 'No papers in July 2026. This is June 2026.'],
  ])('that may still get papers is “yet”: %s', (asked, shown, words) => {
    expect(passedOver(asked, shown, Date.parse('2026-08-23T23:59:59Z'))).toBe(words);
  });

  it('never throws', () => {
    const almost = fc.stringMatching(/^\d{4}-(W?\d{2}|\d\d-\d\d)$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost), (text) => {
        expect(typeof period(text)).toBe('string');
        expect(typeof periodHeading(text)).toBe('string');
        expect(typeof passedOver(text, text, 0)).toBe('string');
      }),
    );
  });
});
