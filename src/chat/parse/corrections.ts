import type { Day } from '../../ledger/days.ts';
import type { Intent, Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { kindsIn, whensIn } from './claims.ts';
import type { Figure } from './figures.ts';
import { fit } from './fitting.ts';
import type { Item } from './items.ts';
import { byCodes, byWords, type Context, namesIn } from './naming.ts';
import { personsFor, whoseIn } from './people.ts';
import { type Portion, portionsOf, textIn, tokensIn } from './portions.ts';
import { facetOf, sideOf } from './ratios.ts';
import { readPortions } from './sentence.ts';
import type { Token } from './tokens.ts';

type Figured = Portion & { figure: Figure };

/** 更正 …, 不是12是10, 应为10, 报错了: an item that puts a figure right. */
export function isCorrection(item: Item): boolean {
  const tokens = item.clauses.flatMap((clause) => clause.tokens);
  const kinds = kindsIn(tokens);
  if (kinds.has('asks')) return false;
  const first = tokens.find((token) => token.is !== 'break' && token.is !== 'when');
  if (first?.is === 'word' && first.word.verb?.act === 'correct') return true;
  const figured = item.clauses.flatMap(portionsOf).filter(isFigured);
  if (figured.length === 0) return isPeriod(tokens);
  const denies = figured.length === 2 && tokens.some((token) => /^不是/.test(token.text)) && kinds.has('should');
  const changes = figured.some(({ before }) => CHANGED.test(textIn(before)));
  return denies || changes || (kinds.has('wrong') && figured.some(({ before }) => SHOULD.test(textIn(before))));
}

/** Right in front of the right figure. */
const CHANGED = /(?:改成|改为|更正为|修改为|改到) ?(?:累计|共)?$/u;
const SHOULD = /(?:应为|应是|应该是|应当是|应该为|改成|改为|更正为|修改为|调整为|实际是|实际为|而是|是|应) ?(?:累计|共|新增)?$/u;

const isFigured = (portion: Portion): portion is Figured => portion.figure !== undefined;

/** 记入3月, alone: the last entry belongs to another period. */
const isPeriod = (tokens: readonly Token[]): boolean =>
  kindsIn(tokens).has('book') && whensIn(tokens).length === 1 && namesIn(tokens).length === 0;

export function readCorrection(item: Item, context: Context, today: Day): Understood[] {
  const tokens = item.clauses.flatMap((clause) => clause.tokens);
  const last = context.tasks.find((task) => task.code === context.scene.last);
  const named =
    item.codes.length > 0 ? byCodes(item.codes, tokens, context) : [byWords(tokens, context, () => true)];
  return named.flatMap((each): Understood[] => {
    if (each === null) return isPeriod(tokens) && last ? periodOf(tokens, last) : [{ ask: 'task' }];
    if ('ask' in each) return [each.ask];
    return each.tasks.flatMap((task) =>
      isPeriod(tokens) ? periodOf(tokens, task) : corrected(item, task, context, today),
    );
  });
}

function periodOf(tokens: readonly Token[], task: VocabularyTask): Understood[] {
  const period = whensIn(tokens)[0]?.period;
  return [period === undefined ? { ask: 'meaning' } : { act: 'correct', task: task.code, period }];
}

function corrected(item: Item, task: VocabularyTask, context: Context, today: Day): Understood[] {
  const portions = item.clauses.flatMap(portionsOf);
  const right = rightOnes(portions.filter(isFigured));
  const only = onlyOne(portions.flatMap(tokensIn), task) ?? quotedIndicator(task, context);
  if (right.length === 0) return [{ ask: only ? 'amount' : 'indicator' }];
  return right.flatMap((portion): Understood[] => {
    const found = fit(portion, task, only);
    const indicators =
      found.is === 'fit'
        ? found.indicators
        : found.is !== 'unit' && only && portion.figure.unit === ''
          ? [only]
          : [];
    const [indicator, ...more] = indicators;
    if (indicator && more.length === 0) return correctionOf(portion, task, indicator, context, today);
    return [{ ask: found.is === 'unit' ? 'amount' : 'indicator' }];
  });
}

/** Of an old and a new figure the new one: it stands behind 改为 or 应为, the old behind 不是, 由 or 从. */
function rightOnes(portions: Figured[]): Figured[] {
  const changed = portions.filter(({ before }) => CHANGED.test(textIn(before)) || /(?:应|而)[为是]|应该是/u.test(textIn(before)));
  const denied = /(?:不是|由|从|原来是?|原报|把|将)[^是为成]*$/u;
  return changed.length > 0 ? changed : portions.filter(({ before }) => !denied.test(textIn(before)));
}

function onlyOne(tokens: readonly Token[], task: VocabularyTask): VocabularyIndicator | undefined {
  const all = new Set(
    namesIn(tokens).flatMap((uses) =>
      uses.flatMap((use) =>
        use.task === task && use.indicator && use.role !== 'part' ? [use.indicator] : [],
      ),
    ),
  );
  return all.size === 1 ? [...all][0] : undefined;
}

/** The one indicator whose label stands in the quoted receipt. */
export function quotedIndicator(task: VocabularyTask, { scene }: Context): VocabularyIndicator | undefined {
  const quote = scene.quote ?? '';
  const named = task.indicators.filter((each) =>
    [each.label, ...each.aliases].some((form) => quote.includes(form)),
  );
  return named.length === 1 ? named[0] : undefined;
}

function correctionOf(
  portion: Figured,
  task: VocabularyTask,
  indicator: VocabularyIndicator,
  context: Context,
  today: Day,
): Understood[] {
  const { figure } = portion;
  if (figure.form === 'vague' || figure.form === 'percent' || figure.form === 'minus')
    return [{ ask: 'amount' }];
  const [reading] = readPortions([portion], today);
  if (!reading) return [];
  const persons = personsFor(indicator, whoseIn(tokensIn(portion), reading.manner.kinds), context.speaker);
  if (!Array.isArray(persons)) return [persons];
  const said: Intent = {
    act: 'correct',
    task: task.code,
    indicator: indicator.code,
    ...(reading.manner.kinds.has('total') ? { op: 'set' as const } : {}),
  };
  const side = indicator.ratio && sideOf(portion, indicator.ratio, reading);
  if (indicator.ratio && !side) return [{ ask: 'amount' }];
  const facet = indicator.ratio ? facetOf(textIn(portion.before), indicator.ratio) : undefined;
  const { sure: _, ...sides } = side ?? { sure: true, value: figure.value };
  return persons.map((person) => ({
    ...said,
    ...sides,
    ...(facet === undefined ? {} : { facet }),
    ...(person === undefined ? {} : { person }),
  }));
}
