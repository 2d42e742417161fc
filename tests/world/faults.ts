// The ways in which a service of the replica world can fail, and what they do to a real answer.
import { type Answer, asText } from './answer.ts';

/**
 * - `{ status }`: this answer instead of the real one, with exactly these headers and this body
 * - `hang`: no answer ever; `reset`: the connection is reset; `cut`: it breaks off in the middle of the body
 * - `truncate`: half of the body, ended as if it were all; `html`: a web page with status 200
 * - `wrong-types`: the JSON keeps its keys and ids, every other value has another type
 * - `wrong-shape`: the JSON is an object where a list belongs, and a list where an object belongs
 * - `hostile`: every string of the JSON (every text of the Atom feed's entries) is an attack, ids stay
 * - `{ delay }`: the real answer after so many ms
 */
export type Fault =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'hang'
  | 'reset'
  | 'cut'
  | 'truncate'
  | 'html'
  | 'wrong-types'
  | 'wrong-shape'
  | 'hostile'
  | { delay: number };

/** Hugging Face's own 429: the quota is used up for `seconds` more. */
export function quotaUsedUp(seconds: number): Fault {
  return {
    status: 429,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ratelimit: `"api";r=0;t=${seconds}`,
      'ratelimit-policy': '"fixed window";"api";q=500;w=300',
    },
    body: '{"error":"We had to rate limit you."}',
  };
}

/** The 429 of the network edge in front of Hugging Face: no header tells when to come back. */
export const busyAtTheEdge: Fault = {
  status: 429,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>429 Too Many Requests</h1></body></html>',
};

/** What export.arxiv.org says to one who asks too often. */
export const arxivRateExceeded: Fault = {
  status: 429,
  headers: { 'content-type': 'text/plain' },
  body: 'Rate exceeded.',
};

/** The other thing it says then: a success without papers. */
export const arxivEmptyFeed: Fault = {
  status: 200,
  headers: { 'content-type': 'application/atom+xml; charset=UTF-8' },
  body: `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made-up-empty-feed</id>
  <title>arXiv Query</title>
  <opensearch:itemsPerPage>0</opensearch:itemsPerPage>
  <opensearch:totalResults>0</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
</feed>`,
};

/** Hostile text that gets to run sets `data-attacked` on the root element of its document. */
const attack = "document.documentElement.dataset.attacked='1'";

const attacks = [
  `<img src=x onerror="${attack}">`,
  `"><script>${attack}</script>`,
  `javascript:${attack}//`,
  'left \u202Ethgir\u202C and \u2066isolated',
  'zero\u0000byte and lone \uD800 half',
  `</title><svg onload="${attack}">`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to look like a template
  '{{constructor.constructor("return 1")()}} ${7*7} %s %n',
  'e\u0301'.repeat(4_000),
];

/** The answer as the fault leaves it. Faults of the connection itself (hang, reset, cut) are not for here. */
export function spoil(answer: Answer, fault: Fault): Answer {
  if (typeof fault === 'object') {
    if ('delay' in fault) return answer;
    return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' };
  }
  if (fault === 'truncate') {
    const whole = Buffer.from(answer.body);
    return { ...answer, body: whole.subarray(0, Math.floor(whole.length / 2)) };
  }
  if (fault === 'html') {
    return {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!DOCTYPE html><title>Just a moment</title><p>Checking your browser.',
    };
  }
  if (fault === 'hostile' && answer.headers['content-type']?.startsWith('application/atom+xml')) {
    return { ...answer, body: poisonXml(String(answer.body)) };
  }
  const value = jsonOf(answer);
  if (value === undefined) return answer;
  if (fault === 'wrong-types') return { ...answer, body: JSON.stringify(mistype(value)) };
  if (fault === 'wrong-shape') {
    return { ...answer, body: JSON.stringify(Array.isArray(value) ? { ...value } : [value]) };
  }
  if (fault === 'hostile') return { ...answer, body: JSON.stringify(poison(value)) };
  return answer;
}

function jsonOf(answer: Answer): unknown {
  if (!answer.headers['content-type']?.startsWith('application/json')) return undefined;
  return JSON.parse(String(answer.body));
}

/** Ids keep their value, or nothing could be found in the answer at all. */
function isId(key: string, value: unknown): boolean {
  return key === 'id' && typeof value === 'string' && /^\d{4}\.\d{4,5}$/.test(value);
}

/** Objects and the outermost list stay, so that ids can still be read; every other value changes its type. */
function mistype(value: unknown, key = ''): unknown {
  if (isId(key, value)) return value;
  if (Array.isArray(value)) {
    const inside = value.map((one) => mistype(one));
    return key === '' ? inside : { ...inside };
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, mistype(one, name)]),
    );
  }
  if (typeof value === 'number') return 'many';
  if (typeof value === 'string') return [value];
  if (typeof value === 'boolean') return 'perhaps';
  return value;
}

function poison(value: unknown): unknown {
  let turn = 0;
  const walk = (one: unknown, key: string): unknown => {
    if (isId(key, one)) return one;
    if (Array.isArray(one)) return one.map((inner) => walk(inner, ''));
    if (typeof one === 'string') return attacks[turn++ % attacks.length];
    if (typeof one === 'object' && one !== null) {
      const entries = Object.entries(one).map(([name, inner]) => [name, walk(inner, name)]);
      const object = Object.fromEntries(entries);
      // An own property of this name, as a parser of JSON makes it.
      Object.defineProperty(object, '__proto__', { value: { polluted: true }, enumerable: true });
      return object;
    }
    return one;
  };
  return walk(value, '');
}

/** Attacks in the texts of an Atom feed; those that XML cannot hold are left out, so that it can still be read. */
function poisonXml(feed: string): string {
  const possible = attacks.filter((text) => text.isWellFormed());
  let turn = 0;
  return feed.replace(
    /(<(title|summary|name|arxiv:comment|arxiv:doi)>)[^<]*/g,
    (_whole, tag: string) => tag + asText(possible[turn++ % possible.length] ?? ''),
  );
}
