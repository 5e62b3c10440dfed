import type { Intent, Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { isCountable } from './amounts.ts';
import { kindsIn } from './claims.ts';
import { textIn } from './clauses.ts';
import { indicatorFor } from './fitting.ts';
import type { Item } from './items.ts';
import { moved, moves } from './moves.ts';
import { byCodes, byWords, type Context, namesIn, onlyNamed, quotedIndicator } from './naming.ts';
import { personsFor } from './people.ts';
import { type FiguredPortion, isFigured, portionsOf, tokensIn } from './portions.ts';
import { facetOf, type Side, sideOf } from './ratios.ts';
import { isIntent } from './said.ts';
import { readPortions } from './sentence.ts';
import { unitFits } from './units.ts';

/** Right in front of the right figure. */
const CHANGED = /(?:改成|改为|更正为|修改为|改到) ?(?:累计|共)?$/u;
const SHOULD =
  /(?:应为|应是|应该是|应当是|应该为|改成|改为|更正为|修改为|调整为|实际是?|实际为|而是|是|应) ?(?:累计|共|新增)?$/u;
const RIGHT = /(?:应|而)[为是]|应该[是为]|应当是/u;
/** 少报了3人次: by how much it was wrong. */
const OFF_BY = /[多少漏](?:报|写|填|记|算)了? *$/u;
/** 报多了,扣掉200. */
const TAKEN_OFF = /(?:[扣减去]掉|核减|减去|扣除|补上|加上) *$/u;
const GUESSED = /(?:约|近|大概|大约|估计|好像|似乎|不到|超过)$/u;
/** In front of the wrong one. */
const DENIED = /(?:不是|由|从|原来是?|原报|把|将|[写报填记打说]成)[^是为成]*$/u;

/** 更正 …, 不是12是10, 应为10, 报错了: an item that puts a figure right. */
export function isCorrection({ clauses }: Item, { scene }: Context): boolean {
  const tokens = clauses.flatMap((clause) => clause.tokens);
  if (clauses.some((clause) => clause.asks)) return false;
  const first = tokens.find((token) => token.is !== 'break' && token.is !== 'when');
  if (first?.is === 'word' && first.word.verb?.act === 'correct') return true;
  const fronts = clauses
    .flatMap(portionsOf)
    .filter(isFigured)
    .map(({ before }) => textIn(before));
  if (fronts.length === 0) return moves(tokens, scene);
  const kinds = kindsIn(tokens);
  const denies =
    fronts.length === 2 && kinds.has('should') && tokens.some(({ text }) => text.startsWith('不是'));
  const changes = fronts.some((text) => CHANGED.test(text));
  const isPut = fronts.some((text) => SHOULD.test(text) || TAKEN_OFF.test(text));
  return denies || changes || (kinds.has('wrong') && isPut);
}

export function readCorrection(item: Item, context: Context): Understood[] {
  const tokens = item.clauses.flatMap((clause) => clause.tokens);
  const words = item.codes.length === 0 ? byWords(tokens, context, () => true) : null;
  const isOfLast = namesIn(tokens).length === 0 || moves(tokens, context.scene);
  const last = isOfLast ? context.tasks.filter((task) => task.code === context.scene.last) : [];
  const named = item.codes.length > 0 ? byCodes(item.codes, tokens, context) : [words ?? { tasks: last }];
  return named.flatMap((each): Understood[] => {
    if ('ask' in each) return [each.ask];
    if (each.tasks.length === 0) return [{ ask: 'task' }];
    const isLast = item.codes.length === 0 && words === null;
    return each.tasks.flatMap(
      (task) =>
        moved(tokens, task, context) ??
        (isLast ? restated(item, task, context) : corrected(item, task, context)),
    );
  });
}

/** 改成10, 写错了,是2处: what was recorded just now, of what no word tells but the unit. */
function restated(item: Item, task: VocabularyTask, context: Context): Understood[] {
  const right = rightOnes(item.clauses.flatMap(portionsOf).filter(isFigured));
  if (right.length === 0) return [{ ask: 'indicator' }];
  return right.flatMap((each) => restatedTo(each, task, context));
}

function restatedTo(right: FiguredPortion, task: VocabularyTask, context: Context): Understood[] {
  const lately = task.indicators.filter((each) => unitFits(right.figure, each));
  const [only] = lately;
  if (!only || right.figure.form !== 'plain' || OFF_BY.test(textIn(right.before))) return [{ ask: 'amount' }];
  const codes = lately.map(({ code }) => code);
  return correctionOf(right, task, { ...only, subject: 'bureau', ratio: null }, context).map((each) =>
    isIntent(each) ? { ...without(each), lately: codes } : each,
  );
}

const without = ({ indicator: _, ...intent }: Intent): Intent => intent;

function corrected(item: Item, task: VocabularyTask, context: Context): Understood[] {
  const portions = item.clauses.flatMap(portionsOf);
  // 4.2.2/2改成3260.
  const codes = item.codes.flatMap(({ indicator }) => indicator ?? []);
  const coded = task.indicators.find(({ code }) => codes.includes(code));
  const only =
    coded ??
    onlyNamed(portions.flatMap(tokensIn), task, (role) => role !== 'part') ??
    quotedIndicator(task, context);
  const figured = portions
    .filter(isFigured)
    .filter(({ before }) => [OFF_BY, TAKEN_OFF].every((off) => !off.test(textIn(before))));
  const right = rightOnes(figured);
  const [wrong, ...others] = figured.filter((each) => !right.includes(each));
  const isPair = right.length === 1 && others.length === 0 && wrong?.figure.form === 'plain';
  const was = isPair && isOfOneUnit(wrong, right[0]) ? wrong?.figure.value : undefined;
  if (right.length === 0) return [{ ask: only ? 'amount' : 'indicator' }];
  return right.flatMap((portion): Understood[] => {
    const found = indicatorFor(portion, task, { said: coded, usual: only });
    const bare = portion.figure.unit === '' && only ? [only] : [];
    const [indicator, ...more] = found.is === 'fit' ? found.indicators : found.is === 'unit' ? [] : bare;
    if (!indicator || more.length > 0) return [{ ask: found.is === 'unit' ? 'amount' : 'indicator' }];
    return correctionOf(portion, task, indicator, context).map((each) =>
      'ask' in each || was === undefined ? each : { ...each, was },
    );
  });
}

/** Of an old and a new figure the new one: it stands behind 改为 or 应为, the old behind 不是, 由 or 从. */
function rightOnes(portions: FiguredPortion[]): FiguredPortion[] {
  const isChange = (portion: FiguredPortion | undefined) =>
    portion !== undefined && [CHANGED, RIGHT].some((pattern) => pattern.test(textIn(portion.before)));
  // 改成10次和12处.
  const changed = portions.filter(
    (portion, at) => isChange(portion) || (portion.listed && isChange(portions[at - 1])),
  );
  return changed.length > 0 ? changed : portions.filter(({ before }) => !DENIED.test(textIn(before)));
}

const isOfOneUnit = (one: FiguredPortion, other: FiguredPortion | undefined): boolean =>
  ['', one.figure.unit].includes(other?.figure.unit ?? '') || one.figure.unit === '';

function correctionOf(
  portion: FiguredPortion,
  task: VocabularyTask,
  indicator: VocabularyIndicator,
  { scene, speaker }: Context,
): Understood[] {
  const { figure, before } = portion;
  const [read] = readPortions([portion], scene.today, false);
  const isUncertain = ['vague', 'percent', 'minus'].includes(figure.form) || !isCountable(figure, indicator);
  // 更正 演练约3次 is a guess.
  if (!read || isUncertain || GUESSED.test(textIn(before))) return [{ ask: 'amount' }];
  const { manner, whose } = read.reading;
  const persons = personsFor(indicator, whose, speaker);
  if (!Array.isArray(persons)) return [persons];
  const side: Side | null = indicator.ratio
    ? sideOf(portion, indicator.ratio, manner)
    : { value: figure.value, sure: true };
  if (!side) return [{ ask: 'amount' }];
  const { sure: _, either: __, ...sides } = side;
  const facet = indicator.ratio ? facetOf(textIn(before), indicator.ratio) : undefined;
  const said: Intent = {
    act: 'correct',
    task: task.code,
    indicator: indicator.code,
    // 累计N is right whatever stood before, and the only form that needs no earlier entry.
    ...(manner.kinds.has('total') ? { op: 'set' as const } : {}),
    ...sides,
    ...(facet === undefined ? {} : { facet }),
  };
  return persons.map((person) => (person === undefined ? said : { ...said, person }));
}
