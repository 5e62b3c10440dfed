import type { TaskFacts } from '../ledger/facts.ts';
import { leads, type Viewer } from '../ledger/rules/audience.ts';
import { type Checked, isComplete } from '../ledger/rules/check.ts';
import { confirmed, figureOf } from '../ledger/rules/figure.ts';
import { type Indicator, isPaper } from '../ledger/rules/indicator.ts';
import { recurs, spokenPeriod } from '../ledger/rules/period.ts';
import { stepsLeft, type TaskInHand } from '../ledger/rules/task.ts';
import { figureWords, standardWord } from './telling.ts';
import { figureWord } from './words.ts';

/** The post that takes a step, never a name. */
function postWord(step: string, { officeLed }: TaskInHand): string {
  if (step === 'review') return '分管领导';
  if (step === 'verify') return officeLed ? '机关纪委' : '整改办';
  return step === 'approve' ? '组长' : '科长';
}

const deeds: Record<string, string> = { request: '申请', review: '审核', verify: '核验', approve: '批准' };

/** `分管领导审核`. */
export const stepWord = (step: string, hand: TaskInHand): string =>
  `${postWord(step, hand)}${deeds[step] ?? step}`;

/** Who answers for the office, which does nothing on a task of its own: `整改办`. */
export const officePost = (hand: TaskInHand): string => postWord('verify', hand);

/** Whose turn it is: `整改办核验`. */
export function turnWord(hand: TaskInHand): string {
  if (hand.held) return '新任科长确认';
  const [step] = stepsLeft(hand);
  return step === undefined ? '' : stepWord(step, hand);
}

/** The post whose turn it is: `整改办`. */
export function turnPost(hand: TaskInHand): string {
  if (hand.held) return '新任科长';
  const [step] = stepsLeft(hand);
  return step === undefined ? '' : postWord(step, hand);
}

/** The way of a request by this person: `科长申请(本次)→分管领导审核→整改办核验→组长批准`. */
export function wayWord(hand: TaskInHand, by: Viewer): string {
  const asked = { ...hand, taken: [{ step: 'request', personId: by.id }] };
  const first = `${leads(hand, by) ? '责任领导' : '科长'}申请(本次)`;
  return [first, ...stepsLeft(asked).map((step) => stepWord(step, hand))].join('→');
}

/** How much of it the asker may know: the whole; of a matter of persons whether it is done; not even its name. */
export type Known = 'whole' | 'done' | 'nameless';

/** One line of the check: `演练 4/4次:达到,缺佐证(名称、日期、存放处)`. */
export function checkLine(task: TaskFacts, checked: Checked, known: Known): string {
  const { short, evidenced, waiting } = checked;
  const open = waiting === 0 || known === 'nameless' ? '' : `(另有${waiting}笔待科长确认)`;
  const proof = evidenced ? '佐证齐' : '缺佐证(名称、日期、存放处)';
  if (known !== 'whole' || checked.indicator.subject === 'person') {
    return `${nameOf(checked, known)}:${short.length === 0 ? '已齐' : '推进中'}${open},${proof}`;
  }
  return `${standing(task, checked)}:${verdict(task, checked)}${open},${proof}`;
}

/** What is only counted is told without a verdict: `隐患 118项(只统计)`. */
export const countedLine = (task: TaskFacts, indicator: Indicator): string =>
  `${indicator.label} ${figureWords(indicator, figureOf(confirmed(task), indicator))}(只统计)`;

/** What of it is missing, as it stands with the request: `督查差1次`, `演练缺佐证`. */
export function missingWords(task: TaskFacts, checked: readonly Checked[]): string[] {
  return checked
    .filter((each) => !isComplete(each))
    .map((each) => {
      const { indicator, short, evidenced } = each;
      const gap = indicator.subject === 'person' ? '推进中' : verdict(task, each);
      const gaps = [...(short.length === 0 ? [] : [gap]), ...(evidenced ? [] : ['缺佐证'])];
      return `${indicator.label}${gaps.join('、')}`;
    });
}

const nameOf = ({ indicator }: Checked, known: Known): string =>
  known === 'nameless' ? '本人事项' : indicator.label;

function standing(task: TaskFacts, { indicator, asked, short }: Checked): string {
  const { label, comparator, kind, target, unit, clock } = indicator;
  const figure = figureOf(confirmed(task), indicator);
  if (isPaper(indicator)) return label;
  if (recurs(clock)) {
    return `${label} ${standardWord(indicator)},${asked.length}期中${asked.length - short.length}期`;
  }
  if (figure.kind === 'number' && kind !== 'limit' && (comparator === '>=' || comparator === '=')) {
    return `${label} ${figureWord(figure.value)}/${figureWord(target)}${unit}`;
  }
  return `${label} ${figureWords(indicator, figure)},${standardWord(indicator)}`;
}

/** So many periods are named. */
const NAMED = 6;

function verdict(task: TaskFacts, { indicator, short }: Checked): string {
  if (short.length === 0) return '达到';
  if (isPaper(indicator)) return '尚未完成';
  if (recurs(indicator.clock)) {
    const named = short.slice(0, NAMED).map(spokenPeriod).join('、');
    return `缺${named}${short.length > NAMED ? `等${short.length}期` : ''}`;
  }
  const figure = figureOf(confirmed(task), indicator);
  const below = figure.kind === 'number' ? indicator.target - figure.value : 0;
  return below > 0 && indicator.comparator !== '<=' ? `差${figureWord(below)}${indicator.unit}` : '未达到';
}
