// Pages for tests, as text becomes them in a browser, without a browser.
import { Window } from 'happy-dom';
import { recognise, recogniseList } from '../../src/sites';
import type { List, Page, Row } from '../../src/sites/site';

const { DOMParser } = new Window();

export function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html') as unknown as Document;
}

/** The document while the parser has come no further than this. */
export function loading(html: string): Document {
  const document = parse(html);
  Object.defineProperty(document, 'readyState', { value: 'loading' });
  return document;
}

export function pageOf(url: string): Page {
  const page = recognise(url);
  if (!page) throw new Error(`${url} is no page of a paper`);
  return page;
}

export function listOf(url: string): List {
  const list = recogniseList(url);
  if (!list) throw new Error(`${url} is no list`);
  return list;
}

/** The rows of a document, in its order. */
export function rowsOf(document: Document, list: List): Row[] {
  return [...document.querySelectorAll(list.selector)]
    .map((element) => list.row(element))
    .filter((row) => row !== null);
}
