import type { Day } from '../../ledger/days.ts';
import { kindsIn, whensIn } from './claims.ts';
import { hasKind, isAny, textIn } from './clauses.ts';
import { isAhead, isSingleDay, type When } from './dates.ts';
import { namesIn } from './naming.ts';
import { type Portion, tokensIn } from './portions.ts';
import type { Token } from './tokens.ts';
import { type Kind, wordsOf } from './words.ts';

/** What only says that something took place: 4月29日完成, 时间4月29日, 4月29日 二小. */
const happening: readonly Kind[] = ['filler', 'light', 'done', 'held', 'issued', 'past'];
const HAPPENED =
  /^ *(?:[补开搞办做讲去]完?|时间|日期|属于?|是|为|于|的事情?|的|\p{Script=Han}{0,6}(?:中学|小学|幼儿园|职校|[一二三四五六七八九十\d]{1,3}[中小]))$/u;

/** Nothing but when it was. */
const isDate = ({ figure, before }: Portion): boolean =>
  !figure &&
  before.some((token) => token.is === 'when') &&
  before.every((token) => token.is === 'when' || isAny(token, happening) || HAPPENED.test(token.text));

/** 覆盖学校34所: whom it reached. */
const REACHED = /^(?:覆盖|涉及|惠及|服务|受益|参与|参加)/u;

/** Without a figure of ours: 参加300人. */
const isUnnamed = (portion: Portion): boolean =>
  portion.figure === undefined ||
  namesIn(tokensIn(portion)).length === 0 ||
  REACHED.test(textIn(portion.before)) ||
  kindsIn(portion.before).has('found');

/** 排查3次(4、5、6月各一次): the several times of its parts are those of the whole. */
function partsDated(portions: readonly Portion[], at: number): When[] {
  const whole = portions[at];
  const whens: When[] = [];
  for (let next = at + 1; whole?.figure && !whole.within; next += 1) {
    const part = portions[next];
    if (!part?.within || part.clause !== whole.clause) break;
    whens.push(...whensIn(tokensIn(part)).filter(({ clock }) => clock !== 'year'));
  }
  const isLong = (when: When) => !isSingleDay(when) && when.period === undefined;
  return whens.length > 1 || whens.some(isLong) ? whens : [];
}

/** 演练+1,9月2日,督查+1,9月8日: each figure with a day behind it; else whose parts have theirs. */
export function eachDated(portions: readonly Portion[]): ReadonlyMap<Portion, readonly When[]> {
  const dated = new Map<Portion, readonly When[]>();
  const parts = new Map<Portion, readonly When[]>();
  const figured = portions.filter((portion) => portion.figure);
  for (const [at, portion] of portions.entries()) {
    const next = portions[at + 1];
    if (portion.figure && next && isDate(next) && whensIn(tokensIn(portion)).length === 0)
      dated.set(portion, whensIn(next.before));
    const within = partsDated(portions, at);
    if (within.length > 0 && whensIn(tokensIn(portion)).length === 0) parts.set(portion, within);
  }
  return figured.length > 1 && dated.size === figured.length ? dated : parts;
}

/**
 * 都是本月的, 记入3月, or only 4月9日: a time said at the end for all the figures before it. Only a day may have words
 * behind it (党课1次,6月30日,机关支部).
 */
export function namedBehind(portions: readonly Portion[], today: Day): When[] {
  const last = portions.at(-1);
  if (!last) return [];
  const tokens = last.figure ? last.after : last.before;
  const kinds = kindsIn(tokens);
  const only = isDate(last);
  const [at = -1, ...others] = portions.flatMap((portion, index) => (isDate(portion) ? [index] : []));
  const [day, ...more] = whensIn(portions[at]?.before ?? []);
  const alone = others.length + more.length === 0 && portions.slice(at + 1).every(isUnnamed);
  if (!only && day && alone && portions.slice(0, at).some(({ figure }) => figure))
    if (!day.limit && !isAhead(day, today)) return [day];
  const ofAll = kinds.has('each') && /[是为属]/u.test(textIn(tokens));
  const whens = kinds.has('book') || ofAll || only ? whensIn(tokens) : [];
  return whens.filter((when) => !when.limit && !isAhead(when, today));
}

const ABOVE = wordsOf('以上 数 数据 数字 的');

/** 以上均为累计数, 都是新增: how all the figures before it are meant. */
export function sensedBehind(portions: readonly Portion[]): Kind | null {
  const last = portions.at(-1);
  if (!last || portions.length < 2) return null;
  const aside = last.after.filter((token) => token.aside && token.is !== 'break');
  const all = last.after.findIndex((token) => hasKind(token, 'each'));
  const tail = all === -1 ? [] : last.after.slice(all);
  const words = !last.figure ? last.before : tail.length > 0 ? tail : aside;
  const kinds = kindsIn(words);
  const [sense, ...more] = (['total', 'more'] as const).filter((kind) => kinds.has(kind));
  const isAlone = words.every((token) => token.is !== 'text' || ABOVE.has(token.text));
  return sense && more.length === 0 && kinds.has('each') && isAlone ? sense : null;
}

const predicate: readonly Kind[] = [
  ...(['each', 'already', 'past', 'ongoing', 'future'] as const),
  ...(['not', 'done', 'held', 'issued', 'light'] as const),
];
/** Stages before the end, and states that are denied or waited for. */
const STAGE = wordsOf('开工 新开工 动工 破土 奠基 封顶 立项 选址');
const STATE = wordsOf(
  '签约 投产 入驻 落地 开业 揭牌 投用 投入使用 验收 启用 交付 交工 竣工 使用 公示 开学 招生 印刷',
);
const WAITS = /^待|未完|没.*完成/u;
/** 下次5月 is told of another one. */
const OTHER = /^下/u;

/** Nothing but a state that isn't the end, or a time to come: 均在建, 已排好, 未完成, 待验收, 下周. */
export function isUndone({ before, clause }: Portion, today: Day): boolean {
  const denies = before.some((token) => hasKind(token, 'not'));
  const isTold = (token: Token) =>
    token.is === 'break' ||
    (denies && hasKind(token, 'settled')) ||
    (token.is === 'when' ? isAhead(token.when, today) : isAny(token, predicate) && !OTHER.test(token.text)) ||
    STAGE.has(token.text) ||
    STATE.has(token.text) ||
    WAITS.test(token.text);
  const ends = before.some(
    (token) => isAny(token, ['done', 'held', 'issued', 'settled', 'light']) || STATE.has(token.text),
  );
  const states = before.some(
    (token) =>
      token.is === 'when' ||
      isAny(token, ['ongoing', 'future']) ||
      STAGE.has(token.text) ||
      WAITS.test(token.text) ||
      (ends && denies),
  );
  return states && before.length === clause.tokens.length && before.every(isTold);
}

const ended: readonly Kind[] = ['already', 'past', 'done', 'held', 'issued'];

/** 累计3次, 17/20, 4月9日1次: so much there is, whatever is said behind it. */
export const isStanding = (portion: Portion, today: Day): boolean =>
  ['slash', 'reached'].includes(portion.figure?.form ?? '') ||
  // 第三期,6月20日办 names which one.
  (portion.figure?.form === 'ordinal' && tokensIn(portion).some((token) => isAny(token, ended))) ||
  portion.before.some((token) => isAny(token, ['total', 'already'])) ||
  whensIn(tokensIn(portion)).some((when) => isSingleDay(when) && when.to <= today && !when.limit);
