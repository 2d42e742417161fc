// A file for the person, by the browser's own way of keeping files. Needs no permission.

/** Hands a text or a file to the browser as a file of the person's; the address is given back once the browser had time to read it. */
export function download(name: string, text: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
