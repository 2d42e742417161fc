// The bytes of a chosen file as text: which encoding they are in, and what to say where that is a guess. Pure.

/** Letters that Windows-1252 has at places where Latin-1 has control characters: the decoder knows both as one. */
const fallback = 'windows-1252';

/** Of a text of Latin letters, UTF-16 without its mark has a zero at every other place. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const start = bytes.subarray(0, Math.min(200, bytes.length & ~1));
  const zeros = [0, 0];
  for (const [at, byte] of start.entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = start.length * 0.4;
  return odd > 0 && odd > most && even === 0
    ? 'utf-16le'
    : even > 0 && even > most && odd === 0
      ? 'utf-16be'
      : undefined;
}

/** Are most signs beyond ASCII read well, not lost? Letters of UTF-8 have bytes that no text of Latin-1 has in a row. */
function mostlyRead(text: string): boolean {
  let more = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) more += unit === 0xfffd ? -1 : 1;
  }
  return more > 0;
}

/**
 * The text of a file without its byte order mark. UTF-8 and, where it has a mark, UTF-16 or shows by its zeros, UTF-16 are read as such. Bytes
 * that are no UTF-8 are taken for Latin-1 (Windows-1252), which older programs write, and `remark` says so; but where
 * only a few of them are none, as in a file that is cut off inside a letter, those are lost and all others are kept.
 * Source: WHATWG Encoding, https://encoding.spec.whatwg.org/
 */
export function fileText(bytes: Uint8Array): { text: string; remark?: string } {
  const [first, second] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : unmarkedUtf16(bytes);
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    if (mostlyRead(text)) return { text };
    return {
      text: new TextDecoder(fallback).decode(bytes),
      remark:
        'this file is not UTF-8, so it was read as Latin-1 (Windows-1252). Look at the accents of names before you import it; if they are wrong, export it again as UTF-8',
    };
  }
}
