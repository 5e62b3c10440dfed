import type { Indicator, Posting } from './indicator.ts';
import { always, type Span, spanOf } from './period.ts';

/**
 * What figures are read from: a task's indicators and their postings, or a whole plan's. A ratio finds the indicator
 * that its denominator is among them.
 */
export interface Book {
  indicators: readonly Indicator[];
  postings: readonly Posting[];
}

export type Figure =
  | { kind: 'number'; value: number }
  | { kind: 'ratio'; part: number; whole: number }
  | { kind: 'limit'; events: number[]; within: number };

/** What a posting says: a ratio's numerator and denominator, else the value alone. */
interface Amount {
  part: number;
  value: number;
}

/** Only what the chiefs have confirmed, as bulletins, meeting papers and reports read it. */
export const confirmed = <T extends Book>(book: T): T => ({
  ...book,
  postings: book.postings.filter((posting) => posting.confirmed),
});

/**
 * The indicator's figure over the periods that lie within the span: counts are summed over them, a level is the last
 * one stated by their end. It is one person's figure, or with null everybody's together.
 */
export function figureOf(
  book: Book,
  indicator: Indicator,
  span: Span = always,
  personId: number | null = null,
): Figure {
  const said = book.postings.filter(
    (posting) =>
      posting.indicatorId === indicator.id &&
      (personId === null || posting.personId === personId) &&
      counts(indicator, posting, span),
  );
  if (indicator.kind === 'limit') {
    const events = said.flatMap(({ value }) => value ?? []);
    return { kind: 'limit', events, within: events.filter((each) => isWithin(indicator, each)).length };
  }
  const { part, value } = fold(indicator, said);
  if (indicator.kind !== 'ratio') return { kind: 'number', value };
  const { denominatorOf } = indicator;
  return {
    kind: 'ratio',
    part,
    whole: denominatorOf === null ? value : whole(book, denominatorOf, span, personId),
  };
}

/** A figure as one number: a ratio in percent, a limit as the share within it; null for a limit without events. */
export function measure(figure: Figure): number | null {
  switch (figure.kind) {
    case 'number':
      return figure.value;
    case 'ratio':
      return figure.whole > 0 ? (figure.part * 100) / figure.whole : 0;
    case 'limit':
      return figure.events.length > 0 ? (figure.within * 100) / figure.events.length : null;
  }
}

function isWithin(indicator: Indicator, value: number): boolean {
  return indicator.comparator === '<=' ? value <= indicator.target : value >= indicator.target;
}

function whole(book: Book, code: string, span: Span, personId: number | null): number {
  const indicator = book.indicators.find((each) => each.code === code);
  if (!indicator) return 0;
  const figure = figureOf(book, indicator, span, indicator.subject === 'person' ? personId : null);
  return figure.kind === 'number' ? figure.value : 0;
}

function counts(indicator: Indicator, { period }: Posting, within: Span): boolean {
  const { starts, ends } = spanOf(period);
  if (indicator.kind === 'level') return starts <= within.ends;
  return within.starts <= starts && ends <= within.ends;
}

/**
 * Each person's each period is an account of its own, so that a `set` replaces no other's. A level has one account
 * for all periods, and what is said late of an earlier period doesn't outlive what was said of a later one.
 */
function fold(indicator: Indicator, said: readonly Posting[]): Amount {
  const standing = indicator.kind === 'level';
  const inOrder = standing ? said.toSorted((one, other) => compare(startOf(one), startOf(other))) : said;
  const accounts = new Map<string, Map<string | null, Amount>>();
  for (const posting of inOrder) {
    const owner = `${posting.personId} ${standing ? '' : posting.period}`;
    const account = accounts.get(owner) ?? new Map<string | null, Amount>();
    accounts.set(owner, account);
    post(account, posting);
  }
  return sum([...accounts.values()].flatMap((account) => [...account.values()]));
}

/** A total stated for all parts takes the place of the parts, and a part's total takes the place of theirs. */
function post(account: Map<string | null, Amount>, { op, facet, part, value }: Posting): void {
  if (op === 'add') {
    account.set(facet, sum([account.get(facet) ?? nothing, { part: part ?? 0, value: value ?? 0 }]));
    return;
  }
  const before = facet === null ? sum([...account.values()]) : (account.get(facet) ?? nothing);
  if (facet === null) account.clear();
  else account.delete(null);
  account.set(facet, { part: part ?? before.part, value: value ?? before.value });
}

const nothing: Amount = { part: 0, value: 0 };

const sum = (amounts: readonly Amount[]): Amount => ({
  part: exact(amounts.reduce((total, each) => total + each.part, 0)),
  value: exact(amounts.reduce((total, each) => total + each.value, 0)),
});

/** Figures have four decimals; 0.1 + 0.2 is 0.3. */
export const exact = (value: number): number => Math.round(value * 10_000) / 10_000;

const startOf = (posting: Posting) => spanOf(posting.period).starts;
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
