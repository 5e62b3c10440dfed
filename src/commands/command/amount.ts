import type { Intent, VocabularyIndicator } from '../../chat/intent.ts';
import { figureWord } from '../../chat/words.ts';
import type { TaskFacts } from '../../ledger/facts.ts';
import type { IndicatorRow } from '../../ledger/plan.ts';
import { lacking, Refusal } from '../../ledger/refusal.ts';
import { figureOf } from '../../ledger/rules/figure.ts';
import type { Posting } from '../../ledger/rules/indicator.ts';
import { periodOf, spanOf } from '../../ledger/rules/period.ts';

/** More than most figures of a plan; what is larger, and ten times of what is wanted, is a slip of the finger. */
const MOST = 10_000_000;

/** Which figures a ratio wants, and how they are written. */
export function ratioWord(
  code: string,
  { label, ratio }: Pick<VocabularyIndicator, 'label' | 'ratio'>,
): string {
  const [example, wanted] = ratio?.of
    ? [`${ratio.numeratorAliases[0] ?? label}9件`, ratio.numerator]
    : [`${label} 17/20`, `${ratio?.numerator}和${ratio?.denominator}`];
  return `请报${wanted},如「${code} ${example}」`;
}

/** A ratio wants both its parts; everything else one figure that isn't a percentage. */
export function amountOf(
  task: TaskFacts,
  indicator: IndicatorRow,
  { value, part, percent }: Intent,
): { value: number | null; part: number | null } {
  const figures = [value, part].filter((each) => each !== undefined);
  const most = Math.max(MOST, 10 * indicator.target);
  if (figures.some((each) => !Number.isFinite(each) || each < 0 || each > most)) {
    throw new Refusal(`【${task.code}】${indicator.label}的数不合常理,未记录,请核对后重发。`);
  }
  if (indicator.kind === 'ratio') {
    if (part === undefined || (value === undefined && indicator.denominatorOf === null)) {
      throw lacking('amount', `【${task.code}】${indicator.label}${ratioWord(task.code, indicator)}。`);
    }
    if (value !== undefined && part > value) {
      throw new Refusal(`【${task.code}】${indicator.label}的分子大于分母,未记录,请核对后重发。`);
    }
    return { part, value: value ?? null };
  }
  if (value === undefined) {
    const hint = percent === undefined ? '' : '不按百分比记,';
    throw lacking(
      'amount',
      `【${task.code}】${indicator.label}${hint}请报数,如「${exampleOf(task, indicator)}」。`,
    );
  }
  return { value, part: null };
}

/**
 * 办结 can't be more than 受理, which another indicator counts: asked of what would stand after the act, whichever of the
 * two it changes, in the periods that it touches.
 */
export function refuseIfBeyond(
  task: TaskFacts,
  indicator: IndicatorRow,
  after: readonly Posting[],
  periods: readonly string[],
): void {
  for (const ratio of task.indicators) {
    const own = ratio.code === indicator.code;
    if (ratio.denominatorOf === null || !(own || ratio.denominatorOf === indicator.code)) continue;
    const whole = task.indicators.find(({ code }) => code === ratio.denominatorOf);
    for (const period of periods) {
      const span = spanOf(periodOf(ratio.clock, spanOf(period).starts));
      const [was, is] = [figureOf(task, ratio, span), figureOf({ ...task, postings: after }, ratio, span)];
      if (was.kind !== 'ratio' || is.kind !== 'ratio') continue;
      // What stood too high before may come down step by step.
      if (is.part - is.whole <= Math.max(0, was.part - was.whole)) continue;
      const first = own
        ? `先报${whole?.label ?? '分母'}数`
        : `先写「更正 ${task.code} ${ratio.label}累计数」`;
      throw new Refusal(
        `【${task.code}】${ratio.label}的分子${figureWord(is.part)}多于${whole?.label ?? '分母'}${figureWord(is.whole)},未记录。请核对,或${first}。`,
      );
    }
  }
}

/** How a figure of a task is written. */
export function exampleOf(task: TaskFacts, indicator = task.indicators[0]): string {
  if (!indicator) return `${task.code} 进展说明`;
  return indicator.kind === 'level'
    ? `${task.code} ${indicator.label}${figureWord(indicator.target)}${indicator.unit}`
    : `${task.code} ${indicator.label}+1`;
}
