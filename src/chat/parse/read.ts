import type { Day } from '../../ledger/days.ts';
import type { Intent, Understood, VocabularyTask } from '../intent.ts';
import { type Command, commandIn } from './commands.ts';
import { isCorrection, readCorrection } from './corrections.ts';
import type { Clause, Item } from './items.ts';
import { type Context, namesIn } from './naming.ts';
import { bareDecision, carryOut } from './orders.ts';
import { planCommand } from './planCommands.ts';
import { type Report, report } from './walk.ts';

/**
 * What was understood of an item: a command of the plan, a correction, a command on tasks, or a report. A command
 * takes what follows it as its reason.
 */
export function readItem(item: Item, context: Context, today: Day, last: VocabularyTask[]): Report {
  const figures = (clauses: Clause[]) => report({ ...item, clauses }, context, today, 'figures', last).understood;
  const only = (understood: Understood[]): Report => ({ understood, stray: [], last: [] });
  const plan = forPlan(item, context, today);
  if (plan) return only([...figures(item.clauses.slice(0, plan.at)), ...plan.understood]);
  if (isCorrection(item)) return only(readCorrection(item, context, today));
  const command = commandIn(item, today);
  if (command) {
    const before = figures(beforeCommand(command));
    return only([...before, ...withIndicator(carryOut(command, item, context, today), before)]);
  }
  const decided = bareDecision(item, context);
  return decided ? only(decided) : report(item, context, today, 'all', last);
}

const beforeCommand = ({ clause, before, earlier }: Command): Clause[] => [
  ...earlier,
  ...(before.length > 0 ? [{ ...clause, tokens: before }] : []),
];

/** Evidence that follows one figure is that figure's. */
function withIndicator(understood: Understood[], before: readonly Understood[]): Understood[] {
  const figures = before.flatMap((each) => ('act' in each && each.act === 'progress' ? [each.indicator] : []));
  const [only] = figures;
  return understood.map((each) =>
    'act' in each && each.act === 'evidence' && only !== undefined && new Set(figures).size === 1
      ? ({ ...each, indicator: only } satisfies Intent)
      : each,
  );
}

/** A command that names no task; a clause with one of the speaker's own figures in it is none. */
function forPlan(item: Item, context: Context, today: Day): { at: number; understood: Understood[] } | null {
  const isCoded = item.codes.length > 0;
  for (const [at, whole] of item.clauses.entries()) {
    // 暂缓通报 4.3.2数据还在核: a code behind the command belongs to its reason.
    const clause = isCoded ? { ...whole, tokens: whole.tokens.slice(0, whole.before) } : whole;
    if (clause.tokens.length === 0) continue;
    const understood = planCommand(clause, item.clauses.slice(at + 1), today, isCoded);
    const isHeld = understood?.some((each) => 'act' in each && each.act === 'meeting' && 'about' in each && each.about === '已召开');
    if (understood && (isHeld || !hasOwnFigure(clause, context))) return { at, understood };
  }
  return null;
}

const hasOwnFigure = ({ tokens }: Clause, { speaker }: Context): boolean =>
  tokens.some((token) => token.is === 'figure' && token.figure.form !== 'other') &&
  namesIn(tokens).some((uses) => uses.some((use) => use.role === 'label' && speaker.owns(use)));

/** Whether a line is about no task at all, though a task was spoken of before it. */
export const isForPlan = (clause: Clause, context: Context, today: Day): boolean =>
  planCommand(clause, [], today, false) !== null && !hasOwnFigure(clause, context);
