import type { Day } from '../../ledger/days.ts';
import type { VocabularyTask } from '../intent.ts';
import { blocks, kindsIn, lasts, whensIn } from './claims.ts';
import { hasKind, isAny, textIn } from './clauses.ts';
import { isAhead } from './dates.ts';
import { namesIn } from './naming.ts';
import { type Portion, tokensIn } from './portions.ts';
import type { Token } from './tokens.ts';
import { wordsOf } from './words.ts';

/** Whether a figure is none by the words of its own portion: denied, planned, found, asked for, compared. */
export function isForbidden(portion: Portion, today: Day): boolean {
  const tokens = outside(portion);
  const said = textIn(portion.before);
  const isBracketed = !portion.within && isPlan(portion, today);
  return (
    isFound(portion) ||
    WAITS.test(said) ||
    (WAITING.test(said) && /^\p{Script=Han}{0,2}[后完]再/u.test(textIn(portion.after))) ||
    ELSEWHERE.test(said) ||
    APART.test(said) ||
    MONEY.test(said) ||
    isDifference(portion) ||
    isNext(portion) ||
    isBracketed ||
    isArranged(portion) ||
    blocks(tokens) ||
    lasts(tokens, today) ||
    isOrigin(portion) ||
    portion.clause.asks
  );
}

/** 负面清单梳理出10类: of a list, what came to light is how many stand on it. */
export const isSortedOut = (portion: Portion, { indicators }: VocabularyTask, today: Day): boolean =>
  portion.before.some(({ text }) => SORTED.has(text)) &&
  namesIn(tokensIn(portion)).some((uses) =>
    uses.some(({ indicator }) => indicator?.kind === 'level' && indicators.includes(indicator)),
  ) &&
  !isForbidden({ ...portion, before: portion.before.filter(({ text }) => !SORTED.has(text)) }, today);

const SORTED = wordsOf('梳理出 排查出 查出 摸排出');

/** Words in brackets behind a figure tell of something else. */
export const outside = (portion: Portion): Token[] =>
  portion.within || portion.number?.aside
    ? tokensIn(portion)
    : tokensIn(portion).filter((token) => !token.aside);

/** 演练+1(计划), (未完成), (下周): a bracket right behind a figure that says it isn't so yet. */
function isPlan({ after }: Portion, today: Day): boolean {
  const aside = after.filter((token) => token.aside);
  return blocks(aside) || kindsIn(aside).has('unsure') || whensIn(aside).some((when) => isAhead(when, today));
}

/** 第三家在公示: which one comes next, and how far it is. */
const isNext = ({ figure, after }: Portion): boolean =>
  figure?.form === 'ordinal' && /^(?:还|正|仍|已)?在\p{Script=Han}/u.test(textIn(after));

/** 同比增加10人次: how it compares with another time. */
const isDifference = ({ before, figure }: Portion): boolean =>
  figure?.form !== 'percent' &&
  before.some((token) => hasKind(token, 'compared')) &&
  /[增减多少]\p{Script=Han}?$/u.test(textIn(before));

/** 省里今年评标兵100名: not ours, unless it is what they asked for. */
const ELSEWHERE = /^(?:省里|省厅|市里|外省|外市)(?!要求|部署|安排|布置|下达|文件|下发)/u;

/** 等雨停了再演练1次: it waits for something. */
const WAITS = /(?:^|[,。;])(?:还?要|得)?等.{1,12}(?:再|才|方可)/u;
/** 等督查2次后再报. */
const WAITING = /(?:^|[,。;])等/u;
/** 离12天还差5天: what is to be reached. */
const APART = /(?:距离?|离)$/u;

/** 经费+3万演练+1: money, though no 元 says so. */
const MONEY = /(?:经费|资金|投资|投入|预算|拨款|金额|费用|支出)(?:约|共|已|达|增加|新增|追加)?$/u;

/** 新增2场安排: so many are arranged. */
const isArranged = ({ after }: Portion): boolean => /^的?安排$/u.test(textIn(after).trim());

/** 新排查隐患30项: what came to light is not what was put right. */
export const isFound = ({ before, figure }: Portion): boolean =>
  figure !== undefined &&
  figure.unit !== '次' &&
  /排查(?:了|出了?)?(?:安全|各类)?隐患|隐患排查$/u.test(textIn(before).trim());

const isLight = (token: Token): boolean => isAny(token, ['filler', 'light']);

/** 由1200个 增加到…: the first of the two is where it came from. */
export function isOrigin({ before }: Portion): boolean {
  const from = before.findLastIndex((token) => hasKind(token, 'from'));
  return (
    from !== -1 &&
    before.slice(from + 1).every((token) => isLight(token) || !['text', 'word'].includes(token.is))
  );
}
