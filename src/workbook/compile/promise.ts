import type { BookIndicator } from '../../ledger/book.ts';
import type { Clock } from '../../ledger/terms.ts';
import { labelOf } from './label.ts';
import { type Found, figuresIn, masked } from './number.ts';

/** Something that a sentence promises and that can be counted. */
export interface Promised {
  label: string;
  /** The clause that says it. */
  clause: string;
  low: number;
  high: number | null;
  unit: string;
  comparator: BookIndicator['comparator'];
  clock: Clock;
  subject: BookIndicator['subject'];
  kind: BookIndicator['kind'];
  /** A number fixed before there is a list of what it counts. */
  preset: boolean;
  /** An event that nobody should have to produce. */
  quota: boolean;
  /** The plan says a number; else only how often. */
  explicit: boolean;
}

const CLOCKS: [RegExp, Clock][] = [
  [/每(?:一)?周|按周/gu, 'week'],
  [/每(?:个)?月|按月|逐月/gu, 'month'],
  [/每(?:个)?季度?|按季/gu, 'quarter'],
  [/每(?:个)?半年|每学期/gu, 'half'],
  [/每年度?|全年|年内|本年度|今年(?:内|以内)?|一年内/gu, 'year'],
];

/** What happened before, or is the case anyhow, is no promise. */
const PAST =
  /(?<![较比与同])(?:去年|上年度?)|近年来|近[一二两三\d]+年|以来|此前|曾经?|已(?:经|累计)?(?:建成|完成|查处|发生|办结)|现有|目前/u;
const CHANGE = /增长|提高|提升|减少|下降|降低|压减|精简|上升/u;
const IDLE = /^(?:值班|值守|不间断|热线|专线|在线|全天|制(?![度定])|轮班|开放)/u;
const QUOTA = /举报|问责|查处|处分|处理处罚|立案|曝光|提拔|倒查|违纪|移送|处罚/u;
const FOUND =
  /(?:发现|存在|查摆|反馈|梳理出|未[达按完]\p{Script=Han}{0,3}|滞后|排查出)[^,;]*(?:问题|偏差|隐患|工作|任务|短板|风险)/u;
const LISTING = /梳理|明确|聚焦|围绕|制定|建立|健全|排查|确定|细化|设立|成立|公布|公开|列出|划定|修订/u;
const THINGS = new Set(['项', '个', '条', '类', '处', '种']);
const ACTORS = /(?:领导)?班子成员|(?:党员)?领导干部|[局委厅]领导|分管领导|党[组委]成员|带头/gu;
const OWN =
  /撰写|讲(?:授|\p{Script=Han}{0,2}课)|参加|报告|签订|述职|心得|专题研究|牵头负责|领办|包联|联系指导|工作时间|自学/u;

export const promisesIn = (sentence: string): Promised[] =>
  sentence.split(/(?<=;)/u).flatMap((stretch) => inStretch(stretch));

function inStretch(text: string): Promised[] {
  const figures = figuresIn(text).filter((figure) => isPromised(text, figure));
  const found = figures.map((figure, index) =>
    promiseOf(text, figure, figures[index - 1], figures[index + 1]),
  );
  const said = clausesOf(text).flatMap((clause) => {
    const { from, words } = clause;
    const own = figures.some((figure) => figure.from >= from && figure.from < from + words.length);
    return own ? [] : implied(text, clause);
  });
  return [...found, ...said];
}

function isPromised(text: string, { from, to, unit, said }: Found): boolean {
  const clause = clauseAt(text, from);
  if (PAST.test(clause.words.slice(0, from - clause.from))) return false;
  if (IDLE.test(text.slice(to))) return false;
  if (/元$|^岁$/u.test(unit)) return said !== null;
  if (unit === '个' && /^月/u.test(text.slice(to))) return said !== null;
  return true;
}

function promiseOf(
  text: string,
  figure: Found,
  previous: Found | undefined,
  next: Found | undefined,
): Promised {
  const clause = clauseAt(text, figure.from);
  const pair = next !== undefined && next.from === figure.to;
  const label = pair ? `${labelOf(text, clause, next, figure)}类别` : labelOf(text, clause, figure, previous);
  const { from, low, high, unit } = figure;
  const told = text.slice(clause.from, figure.to) + text.slice(figure.to, clause.from + clause.words.length);
  const object = isObject(text.slice(clause.from, from));
  const isList = THINGS.has(unit) && (object || LISTING.test(clause.words.slice(0, from - clause.from)));
  const ownClock = clockIn(clause.words.slice(0, from - clause.from)) ?? clockAfter(text.slice(figure.to));
  const clock = ownClock ?? (isList ? 'once' : (clockIn(text.slice(0, from)) ?? usual(unit, label, told)));
  const percent = unit === '%' || unit === '‰' || unit === '个百分点';
  return {
    ...{ label, clause: told, low, high, unit, clock },
    comparator: comparatorOf(figure, told, percent),
    subject: subjectOf(text, clause, figure),
    kind: kindOf(unit, clock, isList, figure, label),
    preset: isPreset(told, object, figure) && !QUOTA.test(label),
    quota: QUOTA.test(told) && !percent,
    explicit: true,
  };
}

function comparatorOf({ said }: Found, clause: string, percent: boolean): BookIndicator['comparator'] {
  if (said === 'range' || said === '<=') return said;
  if (percent && /100%/u.test(clause)) return '=';
  if (percent && CHANGE.test(clause)) return '>=';
  return said ?? '=';
}

function kindOf(
  unit: string,
  clock: Clock,
  isList: boolean,
  { said }: Found,
  label: string,
): BookIndicator['kind'] {
  if (unit === '%' || unit === '‰') return 'ratio';
  if (said === '<=' && /分钟|小时|工作日|天/u.test(unit)) return 'limit';
  if (/^[篇份]$/u.test(unit) || (/预案|方案|制度|办法|清单|标准$/u.test(label) && clock === 'once'))
    return 'deliverable';
  return isList && clock === 'once' ? 'level' : 'count';
}

/** 对发现的3类12项问题: what something is done to, not what is done. */
const isObject = (before: string): boolean =>
  /(?:对|针对|将|就)(?!.*(?:开展|组织|进行|实施|举办|召开|完成|查处))[^,;]*$/u.test(before);

/** The clock said last. */
function clockIn(text: string): Clock | null {
  let last: { at: number; clock: Clock } | null = null;
  for (const [form, clock] of CLOCKS) {
    for (const { index } of text.matchAll(form)) {
      const sooner = /[上下前后]$/u.test(text.slice(0, index));
      if (!sooner && (last === null || index > last.at)) last = { at: index, clock };
    }
  }
  return last?.clock ?? null;
}

const clockAfter = (after: string): Clock | null => {
  const [, unit] = /^\/(周|月|季度?|半年|年)/u.exec(after) ?? [];
  return unit === undefined ? null : clockIn(`每${unit}`);
};

/** Events are counted over the year; things are there or not. */
const usual = (unit: string, label: string, clause: string): Clock => {
  if (unit === '%') return /率$/u.test(label) || CHANGE.test(clause) ? 'year' : 'once';
  return THINGS.has(unit) ? 'once' : 'year';
};

interface Clause {
  from: number;
  words: string;
}

function clausesOf(text: string): Clause[] {
  return [...text.matchAll(/[^,;:。!?]+/gu)].map((match) => ({ from: match.index, words: match[0] }));
}

export function clauseAt(text: string, at: number): Clause {
  return (
    clausesOf(text).find(({ from, words }) => at >= from && at < from + words.length) ?? {
      from: 0,
      words: text,
    }
  );
}

function subjectOf(text: string, clause: Clause, { from }: Found): BookIndicator['subject'] {
  const before = clause.words.slice(0, from - clause.from);
  if (/每(?:人|名|位)|人均/u.test(before)) return 'person';
  const near = `${before}${text.slice(from, clause.from + clause.words.length)}`;
  if (/每(?:人|名|位)/u.test(text.slice(0, from))) return 'unclear';
  if (!isActed(text.slice(0, from))) return 'bureau';
  if (/牵头(?:成立|组建|组织|召开|举办|制定)|推动完成|选树|评选/u.test(near)) return 'bureau';
  return OWN.test(near) ? 'person' : 'unclear';
}

/** Whether the leaders themselves are said to act, rather than something to be done to or for them. */
const isActed = (before: string): boolean =>
  [...masked(before).matchAll(ACTORS)].some(
    ({ index }) => !/(?:制定|组织|覆盖|引导|督促|加强|对|与|同|至每位|推动)$/u.test(before.slice(0, index)),
  );

/** A number of problems found that stands in the plan before there is a list of them. */
const isPreset = (clause: string, object: boolean, { said }: Found): boolean =>
  (object && FOUND.test(clause)) || (said === '>=' && /(?:问题|隐患|偏差)[^,]*\d+余/u.test(clause));

/** What is promised without a number: once each time, for everybody, one paper each. */
function implied(text: string, { from, words }: Clause): Promised[] {
  if (PAST.test(words) || masked(words).includes('、每')) return [];
  const clock = clockIn(words);
  const nothing = { from: words.length, to: words.length, unit: '' };
  const label = labelOf(words, { from: 0, words }, nothing, undefined);
  const one = { clause: words, low: 1, high: null, comparator: '=' as const, preset: false, quota: false };
  const subject = isActed(text.slice(0, from + words.length)) ? ('person' as const) : ('bureau' as const);
  const signed = /签订(?:《([^》]{2,20})》|(\p{Script=Han}{0,8}(?:责任书|承诺书)))/u.exec(words);
  if (signed) {
    const paper = signed[1] ?? signed[2] ?? label;
    const each = { ...one, label: paper, unit: '份', clock: clock ?? ('once' as const) };
    return [{ ...each, subject, kind: 'deliverable', explicit: false }];
  }
  const all = /^(.*?)(?:实现)?(?:全覆盖|覆盖(?:所有|全部))/u.exec(words);
  if (all) {
    const name = `${labelOf(all[1] ?? '', { from: 0, words: all[1] ?? '' }, { ...nothing, from: (all[1] ?? '').length, to: (all[1] ?? '').length }, undefined)}覆盖`;
    const each = { ...one, label: name, low: 100, unit: '%', clock: clock ?? ('once' as const) };
    return [{ ...each, subject: 'bureau', kind: 'ratio', explicit: false }];
  }
  if (clock === null || clock === 'year' || !ACTS.test(words)) return [];
  return [{ ...one, label, unit: '次', clock, subject: 'bureau', kind: 'count', explicit: false }];
}

const ACTS = /召开|通报|评估|开展|组织|收集|报告|汇报|梳理|研判|调度|分析|检查|排查/u;
