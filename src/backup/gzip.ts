// Texts in and out of gzip, by the streams of the browser.

/** The text as UTF-8, compressed. */
export async function zipped(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The reverse. Rejects where the bytes are no gzip, or not all of it. */
export function unzipped(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

/** Bytes. Far more than an import takes, so that a small file that grows without end does not fill the disk. */
const largest = 1_000_000_000;

/**
 * A file as it was before it was compressed, or itself where it was not: its first bytes decide. RFC 1952, 2.3.1.
 * @throws Error with a plain sentence, where it is broken or too large
 */
export async function plain(file: Blob, most = largest): Promise<Blob> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return file;
  const pieces: Blob[] = [];
  let size = 0;
  try {
    const stream = file.stream().pipeThrough(new DecompressionStream('gzip'));
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return new Blob(pieces);
      size += value.length;
      if (size > most) {
        await reader.cancel();
        break;
      }
      pieces.push(new Blob([value]));
    }
  } catch {
    throw new Error(
      'This compressed file is broken: a part of it may be missing. Choose another file.',
    );
  }
  throw new Error('This compressed file is too large. Choose another file.');
}

/** A compressed file of texts that come one after the other, so that no more than one of them is in memory. */
export function zippedFile(texts: AsyncIterator<string>): Promise<Blob> {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return new Response(stream.pipeThrough(new CompressionStream('gzip'))).blob();
}

/** SHA-256 of a text, in hexadecimal digits. */
export async function digestOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
