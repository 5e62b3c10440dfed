import type { Day } from '../../ledger/days.ts';
import { kindsIn, whensIn } from './claims.ts';
import { type Clause, hasKind, isFigure, textIn, trimmed } from './clauses.ts';
import { isAhead, isPastYear, type When } from './dates.ts';
import { namesIn } from './naming.ts';
import type { Token } from './tokens.ts';
import { type Kind, wordsOf } from './words.ts';

/** What stands over the clauses of a message: 5月工作小结:, 以下均为累计数:, 下月计划:. */
export interface Heading {
  /** Its own words. */
  of: readonly Token[];
  whens: readonly When[];
  sense: Kind | null;
  /** What stands under it isn't so yet. */
  plan: boolean;
}

/** Longer words in front of a colon are no heading. */
const LONG = 14;
const PLAN =
  /计划|打算|安排|目标|任务|要求|思路|标准|要点|下一?步|下一?阶段|后续|接下来|今后|即将|(?:未|没)(?:有)?(?:完成|整改|落实)|问题|不足|困难|建议/u;
/** A table's head (完成数/目标) has both. */
const ACTUAL = /完成数|完成量|累计|实际|已完成/u;
const REPORT = /小结|总结|汇报|报告|情况|进展|进度|工作|完成|如下|以下|统计|数据|新增|成效/u;
const SENSED = /^(?:以下|下列|下面|数|数据|数字|情况|完成|所报|报的|的)+$/u;

/**
 * Each clause with the heading that it stands under: words in front of a colon or a line of their own hold until the
 * next such, a time at the head of a sentence (今年以来,…;…) until its full stop.
 */
export function underHeadings(clauses: readonly Clause[], today: Day): Clause[] {
  let over: Heading | null = null;
  let isCoded = false;
  let aside: Heading | null = null;
  return clauses.map((clause, at) => {
    const coded = clause.tokens.some((token) => token.is === 'code');
    const head = clause.opens ? headOf(clause, clauses[at + 1]) : null;
    const found = head && headingOf(head, today);
    const standing: Heading | null = coded && isCoded ? null : over;
    if (clause.starts !== 'item' && clause.opens) aside = null;
    const under = aside ?? standing;
    if (!head) {
      over = standing;
      if (clause.opens && isTime(clause)) aside = headingOf(clause.tokens, today);
      return under ? { ...clause, under } : clause;
    }
    over = found;
    isCoded = head.some((token) => token.is === 'code');
    // 小结 of 5月小结 is nobody's 小结.
    if (found && head.length === clause.tokens.length && head.every(isFrame))
      return { ...clause, tokens: [] };
    // 均 of 以下均为累计数 is said of the figures, not in front of one.
    return found?.sense ? { ...clause, under: found, tokens: behind(clause, head) } : clause;
  });
}

const behind = ({ tokens }: Clause, head: readonly Token[]): Token[] => {
  const rest = trimmed(tokens.slice(head.length));
  return rest.length > 0 ? rest : tokens;
};

/** The words of a clause that stand over the next ones: in front of its first colon, or all of a line without a figure. */
function headOf(clause: Clause, next: Clause | undefined): Token[] | null {
  const { tokens, starts } = clause;
  const colon = tokens.findIndex((token) => token.is === 'break' && token.force === 'colon');
  const isLine = starts === 'line' && next?.starts === 'line';
  const head = colon >= 0 ? tokens.slice(0, colon) : isLine ? tokens : [];
  const counts = head.some(isFigure);
  const isCode = head.every((token) => token.is === 'code' || token.is === 'break');
  if (isCode || head.length > LONG || counts) return null;
  const says = head.every(isMark) && senseOf(kindsIn(head)) !== null;
  if (colon < 0 && !(SHORT.test(textIn(head)) || says || isTime(clause))) return null;
  return head;
}

const FRAME = wordsOf('小结 总结 汇报 报告');
const isFrame = (token: Token): boolean => isMark(token) || hasKind(token, 'light') || FRAME.has(token.text);
/** How a line ends that stands over others. */
const SHORT = /(?:计划|打算|安排|小结|总结|汇报|情况|进展|工作|如下|目标|任务|事项)$/u;

function headingOf(head: readonly Token[], today: Day): Heading | null {
  const kinds = kindsIn(head);
  const text = textIn(head);
  const times = whensIn(head).filter(
    (when) => !when.limit && !when.impossible && (when.clock !== 'year' || when.since),
  );
  const ahead = times.some((when) => isAhead(when, today));
  const named = namesIn(head).some((uses) => uses.some(({ role }) => role === 'label'));
  const isPlan = PLAN.test(text);
  const plan = ahead || (isPlan && !ACTUAL.test(text));
  const isReport = REPORT.test(text) || head.every(isMark);
  const whens = !plan && isReport ? times.filter((when) => !isPastYear(when, today)) : [];
  const sense = !named && head.every(isMark) ? senseOf(kinds) : null;
  return plan || whens.length > 0 || sense !== null ? { of: head, whens, sense, plan } : null;
}

const senseOf = (kinds: ReadonlySet<Kind>): Kind | null =>
  kinds.has('total') ? 'total' : kinds.has('more') ? 'more' : null;

const passing: readonly Kind[] = ['total', 'more', 'each', 'filler', 'light', 'already'];
const isMark = (token: Token): boolean =>
  token.is === 'break' ||
  token.is === 'when' ||
  passing.some((kind) => hasKind(token, kind)) ||
  (token.is === 'word' && token.word.section !== undefined) ||
  SENSED.test(token.text);

/** 今年以来, 截至5月11日, 5月份: nothing but a time. */
const isTime = ({ tokens }: Clause): boolean =>
  tokens.some((token) => token.is === 'when') &&
  tokens.every(
    (token) =>
      token.is === 'when' || hasKind(token, 'filler') || hasKind(token, 'total') || token.is === 'break',
  );
