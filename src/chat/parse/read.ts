import type { Day } from '../../ledger/days.ts';
import type { Intent, Understood } from '../intent.ts';
import { type Command, commandIn } from './commands.ts';
import { isCorrection, readCorrection } from './corrections.ts';
import type { Clause, Item } from './items.ts';
import { type Context, namesIn } from './naming.ts';
import { bareDecision, carryOut } from './orders.ts';
import { planCommand } from './planCommands.ts';
import { report } from './walk.ts';

/** What was understood of an item, and the words in it that speak of no task. */
export interface ItemRead {
  understood: Understood[];
  stray: Clause[];
}

/** An item is a correction, a command, or a report; a command takes what follows it as its reason. */
export function readItem(item: Item, context: Context, today: Day): ItemRead {
  const plan = forPlan(item, context, today);
  if (plan) return plan;
  if (isCorrection(item)) return { understood: readCorrection(item, context, today), stray: [] };
  const command = commandIn(item, today);
  if (command) {
    const before = report(beforeCommand(item, command), context, today, 'figures').understood;
    return {
      understood: [...before, ...withIndicator(carryOut(command, item, context, today), before)],
      stray: [],
    };
  }
  const decided = bareDecision(item, context);
  if (decided) return { understood: decided, stray: [] };
  return report(item, context, today, 'all');
}

function beforeCommand(item: Item, { clause, before, earlier }: Command): Item {
  return { ...item, clauses: [...earlier, ...(before.length > 0 ? [{ ...clause, tokens: before }] : [])] };
}

/** Evidence that follows one figure is that figure's. */
function withIndicator(understood: Understood[], before: readonly Understood[]): Understood[] {
  const indicators = new Set(
    before.flatMap((each) => ('act' in each && each.act === 'progress' ? [each.indicator] : [])),
  );
  const [only] = indicators;
  return understood.map((each) =>
    'act' in each && each.act === 'evidence' && only !== undefined && indicators.size === 1
      ? ({ ...each, indicator: only } satisfies Intent)
      : each,
  );
}

/** A command that names no task; a clause with one of the speaker's own figures in it is none. */
function forPlan(item: Item, context: Context, today: Day): ItemRead | null {
  for (const [index, whole] of item.clauses.entries()) {
    // 暂缓通报 4.3.2数据还在核: a code behind the command belongs to its reason.
    const clause =
      item.codes.length === 0 ? whole : { ...whole, tokens: whole.tokens.slice(0, whole.before) };
    if (clause.tokens.length === 0) continue;
    const understood = planCommand(clause, item.clauses.slice(index + 1), today, item.codes.length > 0);
    const [first] = understood ?? [];
    const meets = first && 'act' in first && first.act === 'meeting' && first.about !== undefined;
    if (!understood || (hasOwnFigure(clause, context) && !meets)) continue;
    const before = report({ ...item, clauses: item.clauses.slice(0, index) }, context, today, 'figures');
    return { understood: [...before.understood, ...understood], stray: [] };
  }
  return null;
}

const hasOwnFigure = ({ tokens }: Clause, { speaker }: Context): boolean =>
  tokens.some((token) => token.is === 'figure' && token.figure.form !== 'other') &&
  namesIn(tokens).some((uses) => uses.some((use) => use.role === 'label' && speaker.owns(use)));
