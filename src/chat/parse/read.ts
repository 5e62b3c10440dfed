import type { Intent, Understood, VocabularyTask } from '../intent.ts';
import { appointed } from './appointments.ts';
import { whensIn } from './claims.ts';
import { type Clause, textIn } from './clauses.ts';
import { type Command, commandIn } from './commands.ts';
import { isCorrection, readCorrection } from './corrections.ts';
import type { Item } from './items.ts';
import { type Context, namesIn } from './naming.ts';
import { bareDecision, carryOut } from './orders.ts';
import { heldAs, planCommand } from './planCommands.ts';
import { type Report, report } from './report.ts';

/**
 * What was understood of an item: a command of the plan, a correction, a command on tasks, or a report. A command
 * takes what follows it as its reason; the figures in front of it are reported. `last` is who was spoken of before.
 */
export function readItem(item: Item, context: Context, last: VocabularyTask[]): Report {
  const only = (understood: Understood[]): Report => ({ understood, stray: [], last: [] });
  const figures = (clauses: Clause[]) => report({ ...item, clauses }, context, last, 'figures').understood;
  if (item.clauses.some(({ tokens }) => whensIn(tokens).some((when) => when.impossible === true)))
    return only([{ ask: 'date' }]);
  const plan = forPlan(item, context);
  if (plan) return only([...figures(item.clauses.slice(0, plan.at)), appointing(plan.intent, item, context)]);
  if (isCorrection(item)) return only(readCorrection(item, context));
  const command = commandIn(item, context.scene.today);
  if (command) {
    const before = figures(inFrontOf(command));
    return only([...before, ...withIndicator(carryOut(command, item, context), before)]);
  }
  const decided = bareDecision(item, context);
  return decided ? only(decided) : report(item, context, last, 'all');
}

/** Who is appointed and from when stands anywhere in the item. */
function appointing(intent: Intent, { clauses }: Item, { scene, people }: Context): Intent {
  if (intent.act !== 'deputy' && intent.act !== 'handover') return intent;
  const tokens = clauses.flatMap((clause) => clause.tokens);
  return { ...intent, ...appointed(intent.act, tokens, people, scene.today) };
}

const inFrontOf = ({ clause, before, earlier }: Command): Clause[] => [
  ...earlier,
  ...(before.length > 0 ? [{ ...clause, tokens: before }] : []),
];

/** Evidence that follows one figure is that figure's. */
function withIndicator(understood: Understood[], before: readonly Understood[]): Understood[] {
  const figures = new Set(
    before.flatMap((each) => ('act' in each && each.act === 'progress' ? [each.indicator] : [])),
  );
  const [only] = figures;
  if (only === undefined || figures.size > 1) return understood;
  return understood.map((each) =>
    'act' in each && each.act === 'evidence' ? { ...each, indicator: only } : each,
  );
}

/** A command that names no task, and where; a clause with one of the speaker's own figures in it is none. */
function forPlan(item: Item, context: Context): { at: number; intent: Intent } | null {
  const isCoded = item.codes.length > 0;
  for (const [at, whole] of item.clauses.entries()) {
    // 暂缓通报 4.3.2数据还在核: a code behind the command belongs to its reason.
    const clause = isCoded ? { ...whole, tokens: whole.tokens.slice(0, whole.before) } : whole;
    const intent = clause.tokens.length === 0 ? null : planCommand(clause, context.scene.today, isCoded);
    if (intent?.about === '已召开') {
      const words = item.clauses.slice(at).map(({ tokens }) => textIn(tokens));
      return { at, intent: { ...intent, ...heldAs(words.join(',')) } };
    }
    if (intent && !hasOwnFigure(clause, context)) return { at, intent };
  }
  return null;
}

const hasOwnFigure = ({ tokens }: Clause, { speaker }: Context): boolean =>
  tokens.some((token) => token.is === 'figure' && token.figure.form !== 'other') &&
  namesIn(tokens).some((uses) => uses.some((use) => use.role === 'label' && speaker.owns(use)));

/** Whether a line is about no task at all, though a task was spoken of before it. */
export const isForPlan = (clause: Clause, context: Context): boolean =>
  planCommand(clause, context.scene.today, false) !== null && !hasOwnFigure(clause, context);
