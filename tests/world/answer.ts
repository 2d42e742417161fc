// What a site of the replica world is asked and answers. Types, and the few shapes that every site uses.
import type { IncomingHttpHeaders } from 'node:http';

export interface Asked {
  host: string;
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Answers one request of its hosts. Never throws on what a browser can send. */
export type Site = (asked: Asked) => Answer;

/** An HTML page. */
export function page(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body };
}

/** A redirect. */
export function redirect(location: string, status = 301): Answer {
  return { status, headers: { location, 'content-type': 'text/html; charset=utf-8' }, body: '' };
}

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** Text made safe for HTML and XML text and attributes. */
export function asText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
