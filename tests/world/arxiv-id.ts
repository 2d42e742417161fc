// arXiv's own reading of ids in its URLs, written apart from the extension's, so that the two can disagree.

export interface ArxivId {
  id: string;
  version?: number;
}

/** Reads the part of a path after `/abs/`. Null where arXiv says 404 for its form. */
export function readId(text: string): ArxivId | null {
  const cleaned = text
    .replace(/^\/+/, '')
    .replace(/^arxiv:/i, '')
    .replace(/\.(pdf|ps\.gz|ps|gz)$/i, '')
    .replace(/\/{2,}/g, '/');
  const modern = /^(\d{2})(\d{2})\.(\d{4,5})(?:v([1-9]\d*))?(?:\/.*)?$/i.exec(cleaned);
  if (modern) {
    const [, year = '', month = '', number = '', version] = modern;
    const since = Number(year + month);
    if (since < 704 || Number(month) < 1 || Number(month) > 12) return null;
    const digits = since < 1501 ? 4 : 5;
    const padded = String(Number(number)).padStart(digits, '0');
    if (padded.length > digits || Number(number) === 0) return null;
    return withVersion(`${year}${month}.${padded}`, version);
  }
  const old =
    /^([a-z]+(?:-{1,2}[a-z]{2,})?)(?:\.[a-z-]{2,})?\/(\d{2})(\d{2})(\d{3})(?:v([1-9]\d*))?(?:\/.*)?$/i.exec(
      cleaned,
    );
  if (!old) return null;
  const [, archive = '', year = '', month = '', number = '', version] = old;
  const time = Number(`${Number(year) >= 91 ? 19 : 20}${year}${month}`);
  if (Number(month) < 1 || Number(month) > 12 || time < 199107 || time > 200703 || number === '000')
    return null;
  return withVersion(`${hyphenated(archive.toLowerCase())}/${year}${month}${number}`, version);
}

/** `2601.90001v2` */
export function printId({ id, version }: ArxivId): string {
  return version === undefined ? id : `${id}v${version}`;
}

function withVersion(id: string, version: string | undefined): ArxivId {
  return version === undefined ? { id } : { id, version: Number(version) };
}

function hyphenated(archive: string): string {
  return archive
    .replace('--', '-')
    .replace(
      /^(hep|astro|quant|cond|math|nucl|alg|dg|chao|solv|q)(th|ph|ex|lat|mat|geom|ga|dyn|int|bio|alg)$/,
      '$1-$2',
    );
}
