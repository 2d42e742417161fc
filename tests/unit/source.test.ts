// Rules for the text of every source file.
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files';

/** Whether a file starts by saying its one job: a comment in words, not an instruction to a tool. */
function saysItsJob({ text }: SourceFile): boolean {
  const [, said = ''] = /^(?:\/\/|\/\*)([^\n]*)/.exec(text) ?? [];
  return !said.trim().startsWith('@') && (said.match(/[a-z]+/gi) ?? []).length >= 3;
}

/** The ways in which a string becomes markup. */
const markup =
  /\b(?:dangerouslySetInnerHTML|(?:inner|outer)HTML|insertAdjacentHTML|document\.write|setHTMLUnsafe|createContextualFragment)\b/;

describe('every source file', () => {
  it('says its one job in its first line', () => {
    const files = sourceFiles(
      ['src', 'entrypoints', 'tests'],
      ['.ts', '.tsx', '.mjs', '.mts', '.css'],
    );
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !saysItsJob(file)).map(({ path }) => path)).toEqual([]);
  });

  it.each([
    '',
    "import 'x';",
    '// TODO',
    '// @ts-nocheck for this file',
    '\n// Says what it does.',
  ])('is caught when it starts with %j', (text) =>
    expect(saysItsJob({ path: 'src/a.ts', text })).toBe(false),
  );
});

describe('the product', () => {
  it('never turns a string into markup', () => {
    const files = sourceFiles(['src', 'entrypoints'], ['.ts', '.tsx']);
    expect(files.filter(({ text }) => markup.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it.each(['<p dangerouslySetInnerHTML={{ __html: note }} />', 'element.innerHTML = title'])(
    'is caught: %s',
    (text) => expect(text).toMatch(markup),
  );
});
