import { figureWords, standardWord } from '../chat/telling.ts';
import type { IndicatorRow } from '../ledger/plan.ts';
import { type Checked, check } from '../ledger/rules/check.ts';
import { completionOf } from '../ledger/rules/completion.ts';
import { notUndone } from '../ledger/rules/deed.ts';
import { confirmed, figureOf } from '../ledger/rules/figure.ts';
import { isPaper } from '../ledger/rules/indicator.ts';
import { narrower } from '../ledger/rules/level.ts';
import { recurs, spanOf, spokenPeriods } from '../ledger/rules/period.ts';
import type { Level } from '../ledger/terms.ts';
import { type Dossier, standingEvidence } from '../ledger/views/dossier.ts';

/** How one indicator of a task stands by confirmed figures, as a form puts it. */
export interface Point {
  indicator: IndicatorRow;
  label: string;
  standard: string;
  stands: string;
  /** Null for what is only counted. */
  met: boolean | null;
  /** The same in a word; nothing has happened yet of what is bounded each time. */
  verdict: '达到' | '未达到' | '只统计' | '尚无记录';
  /** Ended periods that still ask for something, as people say them. */
  short: string;
  /** Numbers of the entries that brought its evidence, and of the last one that stated its figure. */
  evidence: number[];
  stated: number | null;
}

/** What informants report is nobody's to read here: neither figures nor words of it stand in any paper. */
export const ofInformants = (words: string): boolean => /举报|检举|控告/.test(words);

/** As much of a dossier as says how its indicators stand. */
export type Known = Pick<Dossier, 'task' | 'frame' | 'evidence' | 'entries'>;

/** A person's matters are told by whether all of them are there, never by figures. */
export function pointsOf(dossier: Known): Point[] {
  const { task, frame } = dossier;
  const settled = confirmed(task);
  const proofs = standingEvidence(dossier);
  const checked = check(task, frame, new Set(proofs.map(({ indicatorId }) => indicatorId)));
  return task.indicators
    .filter(() => !ofInformants(task.title))
    .map((indicator) => {
      const found = checked.find((each) => each.indicator === indicator);
      const isDone = completionOf(settled, indicator, frame) === 1;
      return {
        indicator,
        label: indicator.label,
        // Papers say 标准 in front of it.
        standard: isPaper(indicator) ? '完成' : standardWord(indicator).replace(/^应达/, ''),
        stands: standsWord(dossier, indicator, isDone),
        met: found ? found.short.length === 0 : null,
        verdict: verdictOf(settled, indicator, found),
        short: found && recurs(indicator.clock) ? endedShort(found, dossier) : '',
        evidence: seqsOf(dossier, proofs, indicator.id),
        stated: statedIn(dossier, indicator.code),
      };
    });
}

function standsWord({ task }: Known, indicator: IndicatorRow, isDone: boolean): string {
  const level = indicator.level ?? task.level;
  if (indicator.subject === 'person' || level === 'self') return isDone ? '已齐' : '推进中';
  const settled = confirmed(task);
  const figure = figureOf(settled, indicator);
  if (isPaper(indicator)) return isDone ? '已完成' : '尚未完成';
  if (figure.kind === 'limit' && figure.events.length === 0) return '尚未登记';
  return figureWords(indicator, figure);
}

/** `演练:1次,标准全年至少4次`. */
export const pointWord = ({ indicator, label, stands, standard }: Point): string =>
  `${label}:${stands}${isPaper(indicator) ? '' : `,标准${standard}`}`;

const endedShort = ({ short }: Checked, { frame }: Known): string =>
  spokenPeriods(short.filter((period) => period !== 'once' && spanOf(period).ends < frame.today));

function verdictOf(
  settled: Known['task'],
  indicator: IndicatorRow,
  found: Checked | undefined,
): Point['verdict'] {
  const figure = figureOf(settled, indicator);
  if (figure.kind === 'limit' && figure.events.length === 0) return '尚无记录';
  if (!found) return '只统计';
  return found.short.length === 0 ? '达到' : '未达到';
}

function seqsOf({ entries }: Known, proofs: Known['evidence'], indicatorId: number): number[] {
  const ids = proofs.filter((each) => each.indicatorId === indicatorId).map(({ entryId }) => entryId);
  return entries.filter(({ id }) => ids.includes(id)).map(({ seq }) => seq);
}

/** The number of the last entry that stated the figure and wasn't taken back. */
function statedIn(dossier: Pick<Known, 'entries'>, code: string): number | null {
  return (
    notUndone(dossier.entries).findLast(
      ({ act, detail }) => (act === 'progress' || act === 'correct') && detail.indicator === code,
    )?.seq ?? null
  );
}

/** Whether it may be read in the whole system. */
export const isOpen = (level: Level | null): boolean => level !== 'office' && level !== 'self';

/** The narrowest thing that a paper on this task holds. */
export const levelOf = ({ task }: Pick<Dossier, 'task'>): Level =>
  task.indicators.reduce((narrow, { level }) => narrower(narrow, level ?? narrow), task.level);
