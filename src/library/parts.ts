// The parts of what a query finds, as a person sees them and as terms to add to the query.
import { parseQuery } from '../query/language';
import { wordsOf } from '../query/words';
import type { Facet, Facets } from './api';
import type { Counted } from './search';
import { readWritten } from './search/terms';

/** Of each kind at most so many parts; of organizations, which are words in long texts, fewer. */
const most = { each: 500, organizations: 20 };

const byPapers = (a: Facet, b: Facet) =>
  b.papers - a.papers || (a.label < b.label ? -1 : Number(a.label > b.label));

/** A phrase of the query language; quotation marks cannot stand in one. */
const quoted = (text: string) => `"${text.replace(/["“”„]/g, ' ')}"`;

/** What is counted under one name however it is written: the name is the spelling that most papers have. */
function byName(counts: Map<string, number>): Map<string, { name: string; papers: number }> {
  const known = new Map<string, { name: string; papers: number; spelled: number }>();
  for (const [value, papers] of counts) {
    const { folded, name } = readWritten(value);
    const before = known.get(folded);
    known.set(folded, {
      ...(before && before.spelled >= papers ? before : { name, spelled: papers }),
      papers: (before?.papers ?? 0) + papers,
    });
  }
  return known;
}

/** The organizations with the most papers. One finds the papers of others whose names have its name within. */
function organizationsOf(counts: Map<string, number>): Facet[] {
  const text = (name: string) =>
    ` ${wordsOf(name)
      .map(({ word }) => word)
      .join(' ')} `;
  const names = [...counts].map(([name, papers]) => ({ name, papers, text: text(name) }));
  const spelled = new Map<string, { name: string; papers: number }>();
  for (const { name, papers, text } of names.sort((a, b) => b.papers - a.papers)) {
    if (text.trim() && !spelled.has(text)) spelled.set(text, { name, papers });
  }
  return [...spelled]
    .slice(0, most.organizations)
    .map(([text, { name }]) => ({
      term: `org:${quoted(name)}`,
      label: name,
      papers: names.reduce((sum, one) => sum + (one.text.includes(text) ? one.papers : 0), 0),
    }))
    .sort(byPapers);
}

/** The parts of what was counted. Each says how many papers are left with its term. */
export async function partsOf({ facts, within, indexing }: Counted): Promise<Facets> {
  const tags = [...byName(facts.tag).values()].map(
    ({ name, papers }): Facet => ({
      term: `tag:"${name.replace(/["“”„]/g, '')}"`,
      label: name,
      papers,
    }),
  );

  const named = byName(facts.cat);
  const archives = new Set([...named.keys()].flatMap((name) => /^(.+?)\./.exec(name)?.[1] ?? []));
  const categories: Facet[] = [];
  for (const [folded, { name, papers }] of named) {
    const term = `cat:${name}`;
    const read = parseQuery(term);
    if ('problem' in read) continue;
    // An archive finds the papers of all its categories, each once.
    const all = archives.has(folded) ? await within(read.query) : papers;
    categories.push({ term, label: name, papers: all });
  }

  const years = new Map<string, number>();
  for (const [date, papers] of facts.date) {
    const year = /^[1-9]\d{3}(?=-|$)/.exec(date)?.[0];
    if (year) years.set(year, (years.get(year) ?? 0) + papers);
  }
  const plain = (field: 'is' | 'has') =>
    [...facts[field]]
      .map(([value, papers]): Facet => ({ term: `${field}:${value}`, label: value, papers }))
      .sort(byPapers);
  return {
    tags: tags.sort(byPapers).slice(0, most.each),
    states: plain('is'),
    years: [...years]
      .map(([year, papers]) => ({
        term: `after:${year} before:${Number(year) + 1}`,
        label: year,
        papers,
      }))
      .sort((a, b) => Number(b.label) - Number(a.label)),
    categories: categories.sort(byPapers).slice(0, most.each),
    organizations: organizationsOf(facts.organization),
    has: plain('has'),
    ...(indexing && { indexing }),
  };
}
