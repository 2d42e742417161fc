// What tests use of two readers that bring no types.
declare module '@citation-js/core' {
  export class Cite {
    constructor(data: string, options?: { forceType?: string });
    data: Record<string, unknown>[];
    format(name: 'bibliography', options: { template: string }): string;
  }
  /** One step of reading: of BibTeX its entries, before they are made CSL. */
  export const plugins: {
    input: {
      data(text: string, type: '@biblatex/text'): { properties: Record<string, unknown> }[];
    };
  };
}

declare module 'yauzl' {
  export interface Entry {
    fileName: string;
  }
  export interface ZipFile {
    on(event: 'entry', heard: (entry: Entry) => void): void;
    on(event: 'end' | 'error', heard: (error: Error) => void): void;
    readEntry(): void;
    openReadStream(
      entry: Entry,
      opened: (error: Error | null, stream: import('node:stream').Readable) => void,
    ): void;
  }
  type Opened = (error: Error | null, zip: ZipFile) => void;
  interface Options {
    lazyEntries: true;
    strictFileNames: true;
  }
  export function fromBuffer(bytes: Buffer, options: Options, opened: Opened): void;
  export class RandomAccessReader {
    _readStreamForRange(from: number, to: number): import('node:stream').Readable;
  }
  export function fromRandomAccessReader(
    reader: RandomAccessReader,
    size: number,
    options: Options,
    opened: Opened,
  ): void;
}
