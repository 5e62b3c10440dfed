import type { Intent, Understood, VocabularyTask } from '../intent.ts';
import { isNumber, type Told, tell } from './account.ts';
import { appointed } from './appointments.ts';
import { withAsides } from './asides.ts';
import { whensIn } from './claims.ts';
import { type Clause, hasKind, isFigure, textIn } from './clauses.ts';
import { type Command, commandIn } from './commands.ts';
import { isCorrection, readCorrection } from './corrections.ts';
import { bareDecision, bareMove } from './decisions.ts';
import type { Figure } from './figures.ts';
import type { Item } from './items.ts';
import type { Use } from './names.ts';
import { type Context, namesIn } from './naming.ts';
import { isReasonedInFront } from './orders.ts';
import { heldAs, jointCommand, planCommand, setting } from './planCommands.ts';
import { allIn, portionsOf } from './portions.ts';
import { carriedOut, mayCount, newsBehind, proofAt, withIndicator } from './proofs.ts';
import { type Report, report } from './report.ts';
import { takesSeveral } from './retakes.ts';
import type { Token } from './tokens.ts';
import { unitFits } from './units.ts';

/**
 * What was understood of an item: a command of the plan, a correction, a command on tasks, or a report. A command
 * takes what follows it as its reason; the figures in front of it are reported. `last` is who was spoken of before.
 */
export function readItem(item: Item, context: Context, last: VocabularyTask[]): Report {
  const all = item.clauses.flatMap(({ tokens }) => tokens);
  const only = (told: Told[]): Report => ({ told, stray: [], last: [] });
  const figures = (clauses: Clause[]) =>
    withAsides(clauses, report({ ...item, clauses }, context, last, 'figures').told);
  if (whensIn(all).some((when) => when.impossible === true)) return only(tell([{ ask: 'date' }], all));
  const plan = forPlan(item, context);
  if (plan) {
    const intent = appointing(plan.intent, item, context);
    return only([...figures(item.clauses.slice(0, plan.at)), { said: intent, of: wordsFor(plan, item) }]);
  }
  const asked = askedOfGroup(item);
  if (asked) return only(tell([asked], all));
  if (isCorrection(item, context)) return only(tell(readCorrection(item, context), all));
  const found = commandIn(item, context.scene.today);
  if (found && !(found.verb.leads && !context.speaker.leads)) {
    const { command, news } = newsBehind(spokenBy(found, context), context.scene.today, figures);
    const before = figures(inFrontOf(command));
    const asked = carriedOut(command, item, context);
    const spoken = tasksOf([...before.map(({ said }) => said), ...asked], context);
    const rest =
      news.length > 0
        ? readItem({ ...item, clauses: news }, context, spoken.length > 0 ? spoken : last)
        : only([]);
    const done = withIndicator(asked, before, rest.told);
    const told = tell(done, wordsOf(command, item, figures));
    return { ...rest, told: [...before, ...told, ...rest.told] };
  }
  const decided = bareDecision(item, context) ?? bareMove(item, context);
  if (decided) return only(tell(decided, all));
  const reported = report(item, context, last, 'all');
  return { ...reported, told: withAsides(item.clauses, reported.told) };
}

const tasksOf = (understood: readonly Understood[], { tasks }: Context): VocabularyTask[] => {
  const codes = new Set(understood.flatMap((said) => ('task' in said ? [said.task] : [])));
  return tasks.filter(({ code }) => codes.has(code));
};

/** 可以销号 applies for it in a section's mouth, and agrees to it in theirs who lead or verify. */
function spokenBy(command: Command, context: Context): Command {
  const { verb } = command;
  const decides = context.speaker.leads || isOffice(context);
  return verb.decides && decides ? { ...command, verb: { ...verb, act: verb.decides } } : command;
}

/** 第四类进展如何, 3.2有哪些没完成, 清单 3.2: what is asked of a category or a measure is answered by its tasks. */
function askedOfGroup({ codes, clauses }: Item): Intent | null {
  const [code, ...more] = codes;
  const tokens = clauses.flatMap((clause) => clause.tokens);
  if (code?.how !== 'group' || more.length > 0 || namesIn(tokens).length > 0) return null;
  const words = textIn(tokens);
  const asks = /^(?:清单|台账)/u.test(words) || tokens.some((token) => hasKind(token, 'asks'));
  const counts = tokens.some(({ is }) => is === 'figure' || is === 'when');
  return asks && !counts ? { act: 'ledger', about: `${code.of} ${words}` } : null;
}

/** What a command without a task takes of its item: its clause, and all of it where what follows belongs to it. */
function wordsFor({ at, intent }: { at: number; intent: Intent }, { clauses }: Item): Token[] {
  const reads = intent.about === '已召开' || ['meeting', 'deputy', 'handover', 'hold'].includes(intent.act);
  return (reads ? clauses : clauses.slice(at, at + 1)).flatMap(({ tokens }) => tokens);
}

/**
 * What a command takes of its item: its clause and, as its reason, what follows it; but no figure in that which would
 * have been recorded in front of it. 撤回 and 确认 take nothing besides their own clause.
 */
function wordsOf(command: Command, { clauses }: Item, figures: (clauses: Clause[]) => Told[]): Token[] {
  const { verb, clause, before, after, later } = command;
  if (verb.act === 'undo' || verb.act === 'confirm') {
    const why = clauses.filter(({ tokens }) => tokens.some((token) => hasKind(token, 'wrong')));
    const own = takesSeveral(clause)
      ? clause.tokens
      : portions([clause])
          .filter((each) => !each.some(isNumber))
          .flat();
    return [...own, ...why.flatMap(({ tokens }) => tokens)];
  }
  const verbs = clause.tokens.filter((token) => !before.includes(token));
  if (isReasonedInFront(command))
    return [...inFrontOf(command).flatMap(({ tokens }) => tokens), ...verbs, ...after];
  const ahead = verb.act === 'submit' ? inFrontOf(command) : [{ ...clause, tokens: before }];
  const own = [...unnumbered(ahead), ...verbs, ...after];
  // 佐证:演练方案;隐患整改12项: neither surely a paper nor surely news, so it is said that it doesn't count.
  const unsure = verb.act === 'evidence' ? later.filter(mayCount).flatMap(({ tokens }) => tokens) : [];
  if (unsure.length > 0) return own.filter((token) => !unsure.includes(token));
  if (COUNTING.has(verb.act) || verb.about === '坚持' || proofAt(command) !== -1) return own;
  const reported = new Set(
    figures([{ ...clause, tokens: after }]).flatMap(({ said, of }) => ('ask' in said ? [] : of)),
  );
  return own.filter((token) => !reported.has(token));
}

/** The tokens of clauses, without the stretches that say a number or what else was done on a day. */
const unnumbered = (clauses: Clause[]): Token[] =>
  portions(clauses).flatMap((tokens) => (tokens.some(isNumber) || isDated(tokens) ? [] : tokens));

const portions = (clauses: Clause[]): Token[][] => clauses.flatMap((clause) => portionsOf(clause)).map(allIn);

const isDated = (tokens: readonly Token[]): boolean =>
  namesIn(tokens).length > 0 && tokens.some((token) => token.is === 'when');

/** Their figures are papers, terms and milestones. */
const COUNTING: ReadonlySet<string> = new Set([
  'evidence',
  'node',
  'baseline',
  'decide',
  'correct',
  'export',
]);

/** Who is appointed and from when stands anywhere in the item. */
function appointing(intent: Intent, { clauses }: Item, { scene, people }: Context): Intent {
  if (intent.act !== 'deputy' && intent.act !== 'handover') return intent;
  const comma: Token = { is: 'break', force: 'clause', text: ',', aside: false };
  const tokens = clauses.flatMap((clause) => [...clause.tokens, comma]);
  return { ...intent, ...appointed(intent.act, tokens, people, scene.today) };
}

const inFrontOf = ({ clause, before, earlier }: Command): Clause[] => [
  ...earlier,
  ...(before.length > 0 ? [{ ...clause, tokens: before }] : []),
];

/** A command that names no task, and where; a clause with one of the speaker's own figures in it is none. */
function forPlan(item: Item, context: Context): { at: number; intent: Intent } | null {
  const isCoded = item.codes.length > 0;
  const joint = isCoded ? null : jointCommand(item.clauses, context.scene.today, isOffice(context));
  if (joint) return { at: 0, intent: joint };
  for (const [at, whole] of item.clauses.entries()) {
    // 暂缓通报 4.3.2数据还在核: a code behind the command belongs to its reason.
    const clause = isCoded ? { ...whole, tokens: whole.tokens.slice(0, whole.before) } : whole;
    const intent =
      clause.tokens.length === 0
        ? null
        : planCommand(clause, context.scene.today, isCoded, isOffice(context));
    const isHeld = intent?.about === '已召开';
    // 更正通报 一季度学位应为1300个.
    const isCorrected = intent?.act === 'bulletin' && intent.about === '更正';
    if (!intent || (!isHeld && !isCorrected && hasOwnFigure(clause, context))) continue;
    if (intent.act === 'ledger' && isOfQuoted(clause, context)) continue;
    if (intent.act !== 'meeting') return { at, intent };
    const words = item.clauses.slice(at).map(({ tokens }) => textIn(tokens));
    const rest = words.join(',');
    return { at, intent: { ...intent, ...(isHeld ? heldAs(rest) : setting(rest)) } };
  }
  return null;
}

/** 挂牌 滞后 至6月30日, under a quote of one task, is done to it; 挂牌的有哪些 asks for a list all the same. */
const isOfQuoted = ({ tokens }: Clause, { quoted }: Context): boolean =>
  quoted.length === 1 &&
  tokens[0]?.is === 'word' &&
  LISTING.has(tokens[0].word.verb?.act) &&
  !tokens.some((token) => hasKind(token, 'asks')) &&
  !/清单|台账|列表|名单|事项|任务|哪|几[项个]|多少|有[没无]|列/u.test(textIn(tokens));

const LISTING: ReadonlySet<string | undefined> = new Set(['list', 'delist']);

const isOffice = ({ scene, people }: Context): boolean =>
  people.some(({ name, roles }) => name === scene.by && roles.includes('office'));

const hasOwnFigure = ({ tokens }: Clause, { speaker }: Context): boolean =>
  tokens.some(
    (token) =>
      isFigure(token) &&
      namesIn(tokens).some((uses) =>
        // 拟一份通报: 通报 are counted by times.
        uses.some((use) => use.role === 'label' && speaker.owns(use) && counts(token.figure, use)),
      ),
  );

const counts = (figure: Figure, { indicator }: Use): boolean =>
  !indicator || figure.unit !== '份' || unitFits(figure, indicator);

/** Whether a line is about no task at all, though a task was spoken of before it. */
export const isForPlan = (clause: Clause, context: Context): boolean =>
  planCommand(clause, context.scene.today, false, isOffice(context)) !== null &&
  !hasOwnFigure(clause, context);
