import type { BookIndicator } from '../../ledger/book.ts';
import type { Clock } from '../../ledger/terms.ts';
import { clauseAt, clausesOf, clockAfter, clockIn, oddPeriod } from './clause.ts';
import { deadlinesIn } from './deadline.ts';
import { implied } from './implied.ts';
import { labelOf } from './label.ts';
import { type Found, figuresIn } from './number.ts';
import { isPast } from './past.ts';
import { subjectOf } from './subject.ts';

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
  /** Its period is one that the ledger has no clock for. */
  odd: boolean;
  /** The plan says a number; else only how often. */
  explicit: boolean;
  /** What the words don't say and was taken for granted, for the office to look at. */
  guesses: string[];
}

const CHANGE = /增长|提高|提升|减少|下降|降低|压减|精简|上升/u;
const IDLE = /^(?:值班|值守|不间断|热线|专线|在线|全天|制(?![度定])|轮班|开放)/u;
const QUOTA = /举报|问责|查处|处分|处理处罚|立案|曝光|提拔|倒查|违纪|移送|处罚/u;
const FOUND =
  /(?:发现|存在|查摆|反馈|梳理出|未[达按完]\p{Script=Han}{0,3}|滞后|排查出)[^,;]*(?:问题|偏差|隐患|工作|任务|短板|风险)/u;
const LISTING = /梳理|明确|聚焦|围绕|制定|建立|健全|排查|确定|细化|设立|成立|公布|公开|列出|划定|修订/u;
const THINGS = new Set(['项', '个', '条', '类', '处', '种']);

/** What a sentence of a plan for `year` promises. */
export const promisesIn = (sentence: string, year: number): Promised[] =>
  sentence.split(/(?<=;)/u).flatMap((stretch) => inStretch(stretch, year));

function inStretch(text: string, year: number): Promised[] {
  const figures = figuresIn(text).filter((figure) => isPromised(text, figure, year));
  const found = figures.map((figure, index) =>
    promiseOf(text, figure, figures[index - 1], figures[index + 1], year),
  );
  const said = clausesOf(text).flatMap((clause) => {
    const { from, words } = clause;
    const own = figures.some((figure) => figure.from >= from && figure.from < from + words.length);
    return own ? [] : implied(text, clause, year);
  });
  return [...found, ...said];
}

const MOVED = '(?:提高|提升|增加|增长|扩大|上升|压缩|压减|缩短|减少|下降|降低|精简|[提升增降减])(?:到|至|为)';
/** 由300吨提升至800吨: where it stood is no promise. */
const LEFT_BEHIND = new RegExp(`^(?:的|左右)?${MOVED}`, 'u');

function isPromised(text: string, { from, to, unit, said }: Found, year: number): boolean {
  const clause = clauseAt(text, from);
  if (isPast(text, from, year) || LEFT_BEHIND.test(text.slice(to))) return false;
  if (IDLE.test(text.slice(to))) return false;
  if (/元$|^岁$/u.test(unit)) return said !== null;
  if (unit === '个' && /^月/u.test(text.slice(to))) return said !== null;
  return clause.words.length > 0;
}

function promiseOf(
  text: string,
  figure: Found,
  previous: Found | undefined,
  next: Found | undefined,
  year: number,
): Promised {
  const clause = clauseAt(text, figure.from);
  const pair = next !== undefined && next.from === figure.to;
  const label = pair ? `${labelOf(text, clause, next, figure)}类别` : labelOf(text, clause, figure, previous);
  const { from, low, high, unit } = figure;
  const told = text.slice(clause.from, figure.to) + text.slice(figure.to, clause.from + clause.words.length);
  const object = isObject(text.slice(clause.from, from));
  const isList = THINGS.has(unit) && (object || LISTING.test(clause.words.slice(0, from - clause.from)));
  const before = clause.words.slice(0, from - clause.from);
  const odd = oddPeriod(before);
  const dated = deadlinesIn(before, year).length > 0 && !/年底|年末/u.test(before);
  const ownClock = clockIn(before) ?? clockAfter(text.slice(figure.to)) ?? (dated ? 'once' : null);
  const clock = ownClock ?? (isList ? 'once' : inherited(text.slice(0, from), unit, label, told));
  const percent = unit === '%' || unit === '‰' || unit === '个百分点';
  const subject = subjectOf(text, clause, figure);
  const comparator = comparatorOf(figure, told, percent);
  const preset = isPreset(told, object, figure) && !QUOTA.test(label);
  const quota = QUOTA.test(told) && !percent;
  const open = ownClock === null && clockIn(text.slice(0, from)) === null;
  const guesses = [
    ...(odd !== null ? [`周期是“${odd}”,台账没有这种周期,暂只统计`] : []),
    ...(odd === null && open ? [`没有写明周期,暂按${clock === 'once' ? '一次' : '全年'}`] : []),
    ...(subject === 'unclear' ? ['没有写明是每人还是合计'] : []),
    ...(dated && /其中/u.test(text.slice(0, from))
      ? ['是其中到某日的阶段数,可改用「节点」登记,删去本行']
      : []),
    ...(percent ? ['分子、分母的名称是暂拟的'] : []),
    ...(label === unit ? ['没有认出是什么数'] : []),
    ...(comparator === figure.said || comparator === '=' ? [] : ['没有写明是否至少,暂按不少于']),
    ...(preset ? ['清单形成前先定的数,暂只统计'] : []),
    ...(quota ? ['不宜下达的数,暂只统计'] : []),
  ];
  return {
    ...{ label, clause: told, low, high, unit, clock, comparator, subject, guesses, preset, quota },
    kind: kindOf(unit, clock, isList, figure, label),
    odd: odd !== null,
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

const EVENTS = /^(?:次|场次?|期|轮|遍|篇|份|堂|批次|人次|课时|学时)$/u;

/** The clock of the clauses before, if it goes on: a year for all, a shorter one for events under a heading 每季度…; else what is usual: events are counted over the year, things are there or not. */
function inherited(before: string, unit: string, label: string, clause: string): Clock {
  const [, heading = ''] = /^(.{0,12}?每[^,;。\d]{0,4})/u.exec(before) ?? [];
  const last = clockIn(before);
  const said = last === 'year' || (EVENTS.test(unit) && clockIn(heading) === last) ? last : null;
  if (unit === '%') return said === 'year' || /[率度]$/u.test(label) || CHANGE.test(clause) ? 'year' : 'once';
  return said ?? (THINGS.has(unit) && !BUILT.test(clause) ? 'once' : 'year');
}

const BUILT = /完成|建成|新建|改建|新增|打造|培育|整治/u;

/** A number of problems found that stands in the plan before there is a list of them. */
const isPreset = (clause: string, object: boolean, { said }: Found): boolean =>
  (object && FOUND.test(clause)) || (said === '>=' && /(?:问题|隐患|偏差)[^,]*\d+余/u.test(clause));
