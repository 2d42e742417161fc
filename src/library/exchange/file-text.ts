// The bytes of a chosen file as text: which encoding they are in, and what to say where that is a guess. Pure.

/** Letters that Windows-1252 has at places where Latin-1 has control characters: the decoder knows both as one. */
const fallback = 'windows-1252';

/**
 * The text of a file without its byte order mark. UTF-8 and, where it has a mark, UTF-16 are read as such. Bytes that
 * are no UTF-8 are taken for Latin-1 (Windows-1252), which older programs write, and `remark` says so.
 * Source: WHATWG Encoding, https://encoding.spec.whatwg.org/
 */
export function fileText(bytes: Uint8Array): { text: string; remark?: string } {
  const [first, second] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return {
      text: new TextDecoder(fallback).decode(bytes),
      remark:
        'this file is not UTF-8, so it was read as Latin-1 (Windows-1252). Look at the accents of names before you import it; if they are wrong, export it again as UTF-8',
    };
  }
}
