import { isFigure } from './clauses.ts';
import type { Token } from './tokens.ts';

const TAKEN_BACK = /不对|错|误|不是|更正|[哦噢喔啊呃额]不|改[为成]|应[为该]/u;
/** What was sent before may stand in the ledger. */
const EARLIER = /刚|上一?条|前面|之前|原来|昨|[报写填记发]成/u;

/**
 * 演练+1,不对,是+2: an increment taken back in the message that brings it, so that the second is what is meant. Said
 * of the figure itself (演练+1不对,是+2, 刚才的+1错了,+2), it may stand in the ledger already, which nobody can tell here:
 * then the two become one that is asked about.
 */
export function withoutRetractions(tokens: readonly Token[]): Token[] {
  const first = tokens.find((token) => token.is !== 'break' && token.is !== 'when');
  if (first?.is === 'word' && first.word.verb?.act === 'correct') return [...tokens];
  const kept: Token[] = [];
  for (const token of tokens) {
    const back = isFigure(token) ? retracted(kept) : null;
    const taken = back && kept[back.from];
    if (!back || !taken) kept.push(token);
    else if (back.other) {
      kept[back.from] = doubtful(taken);
      kept.push(token);
    } else {
      const meant = inItsPlace(kept, back.from, token) ?? doubtful(token);
      kept.splice(back.from, kept.length - back.from, meant);
    }
  }
  return withoutDoubled(kept);
}

/** 隐患+7,不对,刚才报过了: taken back, or said before, with nothing in its place. */
const NOTHING =
  /^[,。; ]{0,2}(?:[哦噢喔啊呃额]?不对|[打写说填报弄搞]错了|口误|(?:这个|我)?(?:刚才|刚刚|之前|前面|昨天|上次|上周)?已?经?报过|报重了|重复了)/u;

function withoutDoubled(tokens: Token[]): Token[] {
  const at = tokens.findLastIndex(isFigure);
  const last = tokens[at];
  const behind = tokens.slice(at + 1).map(({ text }) => text);
  const isBare = last?.is === 'figure' && (last.figure.form === 'plus' || last.figure.form === 'plain');
  if (!last || !isBare || !NOTHING.test(behind.join(''))) return tokens;
  return tokens.with(at, doubtful(last));
}

/** The second increment, with the first that it takes the place of. */
function inItsPlace(tokens: readonly Token[], from: number, token: Token): Token | null {
  const first = tokens[from];
  if (first?.is !== 'figure' || token.is !== 'figure') return null;
  const text = (all: readonly Token[]) => all.map((each) => each.text).join('');
  const behind = text(tokens.slice(from + 1));
  if (tokens[from + 1]?.is !== 'break' || /不是\s*$/u.test(behind)) return null;
  if (EARLIER.test(text(tokens.slice(0, from))) || EARLIER.test(behind)) return null;
  // 累计3次,不,4次: the second is said as the first was.
  if (token.figure.form === 'slash' && first.figure.form === 'slash' && PAUSED.test(behind))
    return { ...token, aside: first.aside };
  if (token.figure.form === 'plain' && PAUSED.test(behind))
    return first.figure.form === 'plus'
      ? {
          ...token,
          aside: first.aside,
          figure: { ...token.figure, form: 'plus', instead: first.figure.value },
        }
      : { ...token, aside: first.aside };
  if (first.figure.form !== 'plus' || token.figure.form !== 'plus') return null;
  return { ...token, aside: first.aside, figure: { ...token.figure, instead: first.figure.value } };
}

const doubtful = ({ text, aside }: Token): Token => ({
  is: 'figure',
  figure: { form: 'vague', value: 0, unit: '' },
  text,
  aside,
});

/** 不对, 啊不, 打错了: said for itself, it takes back whatever stood before it. */
const ALONE = /^[\s,;。(:]*(?:[哦噢喔啊呃额]?不对|[哦噢喔啊呃额]不|[打写说填报弄搞]?错了|口误|更正)[\s,:)]/u;

/** 不, 不对, 哦不, 说错了 between two commas, and no other word. */
const PAUSED =
  /^[,。;] ?(?:[哦噢喔啊呃额]?,?不对?|[打写说填报弄搞]错了|口误) ?[,。; ] ?(?:是|应该是|应该|应为|共|累计)?$/u;

/** Where the increment stands that the words at the end take back; `other` where they go on about another thing. */
function retracted(tokens: readonly Token[]): { from: number; other: boolean } | null {
  const from = tokens.findLastIndex(isFigure);
  const figure = tokens[from];
  if (figure?.is !== 'figure') return null;
  const { form, value } = figure.figure;
  // 不是+1,是+2: two figures behind the first.
  const again = form === 'vague' && value === 0;
  const behind = tokens.slice(from + 1);
  const words = behind.map(({ text }) => text).join('');
  if (form === 'plain' || form === 'slash')
    return PAUSED.test(words) && !behind.some(isLabel) ? { from, other: false } : null;
  if (form !== 'plus' && !again) return null;
  if (!(again ? /是/u : TAKEN_BACK).test(words) && !PAUSED.test(words)) return null;
  const label = tokens.slice(0, from).findLast(isLabel);
  const other = behind.some((token) => token.is === 'code' || (isLabel(token) && !isSame(token, label)));
  return other && (again || !ALONE.test(words)) ? null : { from, other };
}

const isLabel = (token: Token): boolean => token.is === 'word' && token.word.uses.length > 0;

const isSame = (one: Token, other: Token | undefined): boolean =>
  one.is === 'word' &&
  other?.is === 'word' &&
  one.word.uses.some((use) => other.word.uses.some(({ indicator }) => indicator === use.indicator));
