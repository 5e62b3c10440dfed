import type { Token } from './tokens.ts';

const TAKEN_BACK = /不对|错|误|不是|更正/u;

/**
 * 演练+1 不对,是+2: an increment taken back in the message that brings it. Whether it stands in the ledger already
 * nobody can tell, so the two figures become one that is asked about.
 */
export function withoutRetractions(tokens: readonly Token[]): Token[] {
  const first = tokens.find((token) => token.is !== 'break' && token.is !== 'when');
  if (first?.is === 'word' && first.word.verb?.act === 'correct') return [...tokens];
  const kept: Token[] = [];
  for (const token of tokens) {
    const from = isFigure(token) ? retracted(kept) : -1;
    if (from === -1) kept.push(token);
    else kept.splice(from, kept.length - from, doubtful(token));
  }
  return kept;
}

const isFigure = (token: Token): boolean => token.is === 'figure' && token.figure.form !== 'other';

const doubtful = ({ text, aside }: Token): Token => ({
  is: 'figure',
  figure: { form: 'vague', value: 0, unit: '' },
  text,
  aside,
});

/** Where the increment stands that the words at the end take back; another label ends what belongs to it. */
function retracted(tokens: readonly Token[]): number {
  const from = tokens.findLastIndex(isFigure);
  const figure = tokens[from];
  if (figure?.is !== 'figure') return -1;
  const { form, value } = figure.figure;
  // 不是+1,是+2: two figures behind the first.
  const again = form === 'vague' && value === 0;
  if (form !== 'plus' && !again) return -1;
  const behind = tokens.slice(from + 1);
  const label = tokens.slice(0, from).findLast(isLabel)?.text;
  const other = behind.some((token) => token.is === 'code' || (isLabel(token) && token.text !== label));
  const words = behind.map(({ text }) => text).join('');
  return !other && (again ? /是/u : TAKEN_BACK).test(words) ? from : -1;
}

const isLabel = (token: Token): boolean => token.is === 'word' && token.word.uses.length > 0;
