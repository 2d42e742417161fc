// A file for the person, by the browser's own way of keeping files. Needs no permission.

/** Hands the text to the browser as a file; the address is given back once the browser had time to read it. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
