import { recurs } from '../../ledger/rules/period.ts';
import type { Ask, Intent, Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { isOfPeriod, isWeak, operationOf, ratioOperationOf } from './amounts.ts';
import { hasKind, textIn } from './clauses.ts';
import type { Figure } from './figures.ts';
import { indicatorFor, type Known, namedBy } from './fitting.ts';
import { type Context, namesIn } from './naming.ts';
import { personsFor } from './people.ts';
import { type FiguredPortion, type Portion, tokensIn } from './portions.ts';
import { facetOf, isPossible, sideOf } from './ratios.ts';
import type { Reading } from './reading.ts';
import { isIntent } from './said.ts';
import { isOfSeveralPeriods, severalDays, timeOf } from './times.ts';
import type { Token } from './tokens.ts';

/** One thing understood of a task, or one question about it. */
export interface Finding {
  task: VocabularyTask;
  indicator?: VocabularyIndicator;
  said: Understood;
  /** One side of a ratio without a mark of how it stands. */
  unsure?: boolean;
  /** One side of a ratio that the words leave open which. */
  either?: true;
  /** A ratio said in percent. */
  percent?: number;
}

/** The same with its place in the message. */
export interface Placed extends Finding {
  /** The tokens that it was read from. */
  of: readonly Token[];
  /** Those of them that a question about it repeats, where it stands for more. */
  own?: readonly Token[];
  /** Said in brackets or behind 其中. */
  within?: boolean;
  /** 搞了场演练: counts where nothing else says how often. */
  elided?: boolean;
}

/** A figure with all that is needed to tell what it says of a task. */
export interface Figured {
  portion: FiguredPortion;
  reading: Reading;
  task: VocabularyTask;
  context: Context;
  /** It is one figure for each of several tasks. */
  several: boolean;
}

/** What a figure says of its task; null where the number is of something else. */
export function figureFindings(figured: Figured, known: Known): Finding[] | null {
  const { portion, task, reading } = figured;
  const found = indicatorFor(portion, task, known);
  if (found.is === 'strange') return null;
  if (found.is === 'unit') {
    // With the wrong unit (21人次) a personal indicator still lacks its person first.
    const person = reading.whose === 'unclear' && isPersonal(figured);
    const indicator = namedBy(portion, task);
    return [{ task, ...(indicator ? { indicator } : {}), said: { ask: person ? 'person' : 'amount' } }];
  }
  const indicators = found.is === 'several' ? [] : found.indicators;
  if (indicators.length === 0 || (indicators.length > 1 && !reading.manner.kinds.has('each'))) {
    return [{ task, said: askWhich(found.is === 'several' ? found.among : indicators) }];
  }
  return indicators.flatMap((indicator) => ofIndicator(figured, indicator, indicators.length > 1));
}

const askWhich = (indicators: readonly VocabularyIndicator[]): Ask => ({
  ask: 'indicator',
  ...(indicators.length > 1 ? { options: indicators.map(({ code }) => code) } : {}),
});

const isPersonal = ({ portion, task }: Figured): boolean =>
  tokensIn(portion).some(
    (token) =>
      token.is === 'word' &&
      token.word.uses.some((use) => use.task === task && use.indicator?.subject === 'person'),
  );

function ofIndicator(figured: Figured, indicator: VocabularyIndicator, shared: boolean): Finding[] {
  const { task, reading, several, context } = figured;
  const persons = personsFor(indicator, reading.whose, context.speaker);
  if (!Array.isArray(persons)) return [{ task, indicator, said: persons }];
  const each = onEachDay(figured, indicator);
  if (each) return each;
  if (isSpread(figured) && !shared && !several && persons.length === 1 && persons[0] !== '*') {
    return [{ task, indicator, said: { ask: 'amount' } }];
  }
  if (
    isOfSeveralPeriods(reading.manner.whens, indicator, context.scene.today) ||
    isUnplaced(reading, indicator)
  )
    return [{ task, indicator, said: { ask: 'date' } }];
  const finding = indicator.ratio
    ? ratioFinding(figured, indicator, indicator.ratio)
    : countFinding(figured, indicator);
  const { said } = finding;
  if (!isIntent(said)) return [finding];
  return persons.map((person) =>
    person === undefined ? finding : { ...finding, said: { ...said, person } },
  );
}

/**
 * 4月9日、5月7日研讨2次 is once on each day; with another number which day is whose can't be told. Within a month it is all
 * the same.
 */
function onEachDay(figured: Figured, indicator: VocabularyIndicator): Finding[] | null {
  const { portion, reading, task, context } = figured;
  const { figure } = portion;
  const { today } = context.scene;
  const days = severalDays(reading.manner.whens, today);
  const apiece = portion.before.some((token) => hasKind(token, 'apiece'));
  const isOneMonth = days.every((day) => day.slice(0, 7) === days[0]?.slice(0, 7));
  if (days.length < 2 || indicator.ratio || indicator.subject === 'person' || (isOneMonth && !apiece))
    return null;
  if (operationOf(figure, indicator, reading.manner, today) !== 'add') return null;
  const value = apiece ? figure.value : figure.value / days.length;
  if (value !== 1 && !apiece) return [{ task, indicator, said: { ask: 'date' } }];
  return days.map((on) => ({
    task,
    indicator,
    said: {
      act: 'progress',
      task: task.code,
      indicator: indicator.code,
      op: 'add',
      value,
      on,
    } satisfies Intent,
  }));
}

/** 一中、二中各演练1次: so much for each of several is more than that in all; 各校共120次 is said in all. */
const isSpread = ({ portion, reading }: Figured): boolean =>
  portion.before.some(
    (token) => hasKind(token, 'apiece') && !(token.text === '各' && reading.manner.kinds.has('total')),
  );

/** 节前排查1次: in which of its periods that was can't be told. */
const isUnplaced = ({ manner }: Reading, { clock }: VocabularyIndicator): boolean =>
  manner.kinds.has('someday') && manner.whens.length === 0 && recurs(clock);

function countFinding({ portion, reading, task, context }: Figured, indicator: VocabularyIndicator): Finding {
  const { figure } = portion;
  const op =
    figure.form === 'percent' ? null : operationOf(figure, indicator, reading.manner, context.scene.today);
  if (op === null) return { task, indicator, said: { ask: 'amount' } };
  const said: Intent = {
    act: 'progress',
    task: task.code,
    indicator: indicator.code,
    op,
    value: figure.value,
    ...(figure.instead === undefined ? {} : { instead: figure.instead }),
    ...(op === 'add' && isOfPeriod(figure, indicator, reading.manner) ? { ofPeriod: true as const } : {}),
    ...(op === 'set' && isWeak(figure, reading.manner) ? { weak: true as const } : {}),
  };
  const isOrdinal =
    op === 'set' &&
    figure.form === 'ordinal' &&
    reading.manner.whens.every((when) => when.clock === undefined);
  const ordinal = isOrdinal ? { ordinal: true as const } : {};
  return {
    task,
    indicator,
    said: { ...said, ...timeOf(reading.manner.whens, indicator, context.scene.today), ...ordinal },
  };
}

function ratioFinding(
  { portion, reading, task, context }: Figured,
  indicator: VocabularyIndicator,
  ratio: NonNullable<VocabularyIndicator['ratio']>,
): Finding {
  const { figure } = portion;
  // Only what is held against the year before has a side of that year.
  const isPast = reading.blocked === 'lastYear' && !ratio.parts;
  const side = isPast || reading.manner.kinds.has('unsure') ? null : sideOf(portion, ratio, reading.manner);
  const of = side?.part === undefined ? 'whole' : side.value === undefined ? 'part' : 'both';
  const op = side && ratioOperationOf(figure, of, indicator, reading.manner, context.scene.today);
  const percent = figure.form === 'percent' ? { percent: figure.value } : {};
  if (!side || !op) return { task, indicator, said: { ask: 'amount' }, ...percent };
  const { sure, either, ...sides } = side;
  const facet = facetOf(textIn(portion.before), ratio);
  const said: Intent = {
    act: 'progress',
    task: task.code,
    indicator: indicator.code,
    op,
    ...sides,
    ...(facet === undefined ? {} : { facet }),
    // Last year's side is told now.
    ...(reading.blocked === 'lastYear' ? {} : timeOf(reading.manner.whens, indicator, context.scene.today)),
  };
  return isPossible(said)
    ? { task, indicator, said, unsure: !sure && op === 'set', ...(either ? { either } : {}) }
    : { task, indicator, said: { ask: 'amount' } };
}

/** Behind a plan +1 may be news and anything else belongs to the plan. */
export function unclear(portion: FiguredPortion, task: VocabularyTask): Finding[] | null {
  const indicator = namedBy(portion, task);
  const of = indicator ? { indicator } : {};
  return portion.figure.form === 'plus' ? [{ task, ...of, said: { ask: 'amount' } }] : null;
}

/** 进度60% of a whole task is words with a number in them: progress is counted by indicators. */
export function percentNote(portion: Portion, figure: Figure, task: VocabularyTask): Finding[] | null {
  const named = namesIn(tokensIn(portion)).some((uses) => uses.some((use) => use.role !== 'part'));
  // 占75%, 同比增13%: a share of something, and how it compares.
  const isOther =
    /(?:占(?:比|到|了)?|比例为?|同比|环比|[增降长][幅了]?|减少|提高|提升|下降)(?:约|近|达|超|为)?$/u.test(
      textIn(portion.before),
    );
  if (figure.form !== 'percent' || named || isOther) return null;
  const note = textIn(portion.clause.tokens);
  return [{ task, said: { act: 'note', task: task.code, percent: figure.value, note } satisfies Intent }];
}
