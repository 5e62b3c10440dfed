import { kindsIn } from './claims.ts';
import { hasKind, isAny, textIn } from './clauses.ts';
import { namesIn } from './naming.ts';
import type { Portion } from './portions.ts';
import { type Read, unsure } from './reading.ts';
import type { Token } from './tokens.ts';

const doubted = ({ portion, reading }: Read): Read => ({ portion, reading: unsure(reading) });

const ruledOut = ({ portion, reading }: Read): Read => ({ portion, reading: { ...reading, blocked: 'own' } });

/** 9个县区覆盖了7个: which side of the words between them either is of can't be told, so that one question is asked. */
export function ofWhich(read: readonly Read[]): Read[] {
  return read.map((each, at) => {
    if (isOfWhich(read[at - 1]?.portion, each.portion)) return ruledOut(each);
    return isOfWhich(each.portion, read[at + 1]?.portion) ? doubted(each) : each;
  });
}

const isOfWhich = (whole: Portion | undefined, part: Portion | undefined): boolean =>
  whole?.figure?.form === 'plain' &&
  part?.figure?.form === 'plain' &&
  whole.clause === part.clause &&
  whole.figure.unit === part.figure.unit &&
  whole.figure.value >= part.figure.value &&
  whole.before.length === 0 &&
  whole.after.length > 0 &&
  part.before.length === 0 &&
  !part.listed;

/** 昨天报了隐患12处,实际15处: two figures for one thing, so that it is asked about. */
export function restated(read: readonly Read[]): Read[] {
  return read.map((each, at) => {
    if (isRestated(each.portion, read[at + 1]?.portion)) return ruledOut(each);
    return isRestated(read[at - 1]?.portion, each.portion) ? doubted(each) : each;
  });
}

const isRestated = (said: Portion | undefined, right: Portion | undefined): boolean =>
  said?.figure !== undefined &&
  said.figure.unit === right?.figure?.unit &&
  /(?:报|写|填|记|登记)[的了过]/u.test(textIn(said.before)) &&
  /(?:其实|实际)上?(?:[是为有]|应[是为])?$/u.test(textIn([...said.after, ...right.before]));

/** 发现隐患7处,已立即整改: what came to light was put right at once, so that it is asked about. */
export function putRight(read: readonly Read[]): Read[] {
  return read.map((each, at) => {
    const next = read[at + 1]?.portion;
    const isFound = each.reading.blocked === 'own' && kindsIn(each.portion.before).has('found');
    if (!isFound || !next || next.figure || next.clause.opens || !PUT_RIGHT.test(textIn(next.before)))
      return each;
    return doubted({ ...each, reading: { ...each.reading, blocked: null } });
  });
}

const PUT_RIGHT =
  /^(?:已经?|均|都|全部|当场|现场|立即|立刻|随即|当天|督促|及时){0,4}(?:整改|处理|处置|消除|解决|排除)(?:完毕|到位|完成|了|完)?$/u;

/** 新增隐患6处、整改5处: behind what came up stands how much of it is done, and 已 is of that, not of all there was. */
export function handled(read: readonly Read[]): Read[] {
  return read.map((each, at) => {
    const [front, next] = [read[at - 1]?.portion, read[at + 1]?.portion];
    // 受理新增3件,办结2件: both are counted.
    if (isOfNews(each.portion, next) && !nameTwo(each.portion.before, next?.before ?? []))
      return ruledOut(each);
    const isOpen = kindsIn(each.portion.before).has('already') && isOfNews(front, each.portion);
    return isOpen ? doubted(each) : each;
  });
}

const isOfNews = (news: Portion | undefined, part: Portion | undefined): boolean =>
  news?.figure?.form === 'plain' &&
  part?.figure?.form === 'plain' &&
  part.figure.unit === news.figure.unit &&
  (part.clause === news.clause || !part.clause.opens) &&
  kindsIn(news.before).has('more') &&
  part.before.some((token) => isAny(token, ['settled', 'done'])) &&
  part.before.every((token) => token.is === 'word' && !hasKind(token, 'more') && !hasKind(token, 'total'));

/** Whether some words and others name two figures of one task. */
function nameTwo(some: readonly Token[], others: readonly Token[]): boolean {
  const [front, back] = [namesIn(some).flat(), namesIn(others).flat()];
  return back.some(
    ({ task, indicator }) =>
      indicator &&
      front.some((use) => use.task === task && use.indicator) &&
      front.every((use) => use.indicator !== indicator),
  );
}
