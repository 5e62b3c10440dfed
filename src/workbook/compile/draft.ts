import type { BookIndicator, BookPlan } from '../../ledger/book.ts';
import type { Clock, Level } from '../../ledger/terms.ts';
import { masked, spelledIn } from './number.ts';
import type { Item, Outline } from './outline.ts';
import { isPast } from './past.ts';
import { type Promised, promisesIn } from './promise.ts';
import { DECLARED, type Proposed } from './tasks.ts';

/** Words of matters that no group reads of. */
const KEPT = /举报|问责|查处|处分|谈话|提拔|倒查|个人有关事项|家属|党性分析/u;

export const levelOf = (text: string): Level => (KEPT.test(text) ? 'office' : 'system');

/** What the office has to look at in a task's row before it counts. */
export function taskGuesses(task: Proposed, due: string[], year: number): string[] {
  const { item, sentences } = task;
  const { charge } = item;
  const [kept] = KEPT.exec(sentences.join('')) ?? [];
  const who = [
    ...(charge.leader === '' ? [] : [`责任领导“${charge.leader}”`]),
    ...(charge.section === '' ? [] : [`责任科室“${charge.section}”`]),
  ];
  return [
    ...due,
    ...unread(task, year),
    ...(who.length === 0 ? [] : [`方案写明${who.join('、')},请在「人员」「科室」表建好后填入`]),
    ...(kept === undefined ? [] : [`有“${kept}”字样,暂定限知`]),
  ];
}

const FIGURE =
  /(?<![\d.,第〔A-Za-z\-~至到由从])(\d+(?:\.\d+)?)([百千万亿])?余?(?!\d|\.\d|年|月|日|时|点|号|[-~至到]\d)[%‰\p{Script=Han}]{1,3}/gu;
const powers: Record<string, number> = { 百: 100, 千: 1_000, 万: 10_000, 亿: 100_000_000 };

/** The figures of a task's words that nothing was made of. */
function unread({ sentences, promises }: Proposed, year: number): string[] {
  const made = new Set(promises.flatMap(({ low, high }) => [low, high]));
  const left = sentences.flatMap((sentence) =>
    [...masked(sentence).matchAll(FIGURE)]
      .filter(({ 1: digits, 2: scale = '', index }) => {
        return !made.has(Number(digits) * (powers[scale] ?? 1)) && !isPast(sentence, index, year);
      })
      .map(([figure]) => `“${figure}”`),
  );
  const spelled = sentences.flatMap((sentence) =>
    spelledIn(sentence)
      .filter(({ value, at }) => (value === null || !made.has(value)) && !isPast(sentence, at, year))
      .map(({ words }) => `“${words}”`),
  );
  left.push(...spelled);
  return left.length === 0 ? [] : [`原文中的${left.join('、')}没有列为指标,请核对`];
}

export interface Duty {
  code: string;
  item: Item;
  sentence: string;
  promises: Promised[];
}

/** What the organisation itself is to do, a duty for each sentence that promises something. */
export function dutiesOf({ duties }: Outline, year: number): Duty[] {
  return duties
    .flatMap((item) =>
      item.sentences.map((sentence) => ({
        item,
        sentence,
        promises: promisesIn(sentence.replace(DECLARED, ''), year),
      })),
    )
    .filter(({ promises }) => promises.length > 0)
    .map((duty, index) => ({ code: `G${index + 1}`, ...duty }));
}

/** Settings that a bureau can begin with; what the text doesn't say is open. */
export function planOf({ title }: Outline, year: number): BookPlan {
  const [, org = ''] =
    /^(.{2,20}?(?:局|委员会|委|办公室|厅|中心|集团|大学|学院|医院|公司|街道|镇|乡))/u.exec(title) ?? [];
  return {
    ...{ code: `plan-${year}`, title: title || '待明确', org: org || '待明确', year },
    ...{ starts: `${year}-01-01`, ends: `${year}-12-31`, since: null, timeZone: 'Asia/Shanghai' },
    note: '由方案文本整理,责任领导、责任科室和完成时限待明确。',
    ...{ contactName: '待明确', contactPhone: '' },
    ...{ meetingRule: null, meetingTime: '', meetingPlace: '', meetingMinutes: null },
    ...{ authorisedScope: [], authorisedBy: '', authorisedBasis: '', authorisedOn: null },
    ...{ release: 'signed', trialUntil: null, confirmStaff: true },
    closeout: ['request', 'review', 'verify', 'approve'],
    ...{ digestAt: '08:42', quietFrom: '08:30', quietTo: '17:30' },
    ...{ closeDays: 20, timeLeft: 25, completion: 70, red: '红', yellow: '黄', blue: '蓝' },
    ...{ soonDays: 20, verySoonDays: 10, againDays: 5, proposeDays: 10, behindDays: 60, listedDays: 30 },
  };
}

export function measured(promise: Promised): Omit<BookIndicator, 'code'> {
  const { label, unit, comparator, low, high, clock, subject, kind, preset, quota, odd, explicit } = promise;
  return {
    ...{ label, aliases: [], unit, unitAliases: [], comparator, target: low, targetHigh: high, clock },
    ...{ subject, class: quota || preset || odd ? 'monitor' : 'chase', kind, level: null, preset, explicit },
    ...(kind === 'ratio' ? shareOf(promise) : { numerator: '', denominator: '' }),
    ...{ numeratorAliases: [], denominatorAliases: [], denominatorOf: '', parts: [], retired: false },
  };
}

/** Names for a share's two numbers, for the office to correct. */
function shareOf({ clause, label }: Promised): { numerator: string; denominator: string } {
  if (/减少|下降|降低|压减|精简/u.test(clause)) return { numerator: '比上年减少数', denominator: '上年数' };
  if (/增长|提高|提升|上升/u.test(clause)) return { numerator: '比上年增加数', denominator: '上年数' };
  return { numerator: `${label.replace(/(?:占比|比例|比重|率)$/u, '')}达到数`, denominator: '应计总数' };
}

const clockWords: Record<Clock, string> = {
  ...{ week: '每周', month: '每月', quarter: '每季度', half: '每半年' },
  ...{ year: '全年', once: '', closure: '' },
};
const comparators = { '>=': '不少于', '=': '', '<=': '不超过', range: '' };

export function standardOf({ promises, papers }: Proposed): string {
  const figures = promises.map(({ label, clock, comparator, low, high, unit, subject }) => {
    const amount = high === null ? `${low}` : `${low}—${high}`;
    const each = subject === 'person' ? '每人' : '';
    return `${label}${each}${clockWords[clock]}${comparators[comparator]}${amount}${unit}`;
  });
  return [...figures, ...papers].join('\uFF1B');
}
