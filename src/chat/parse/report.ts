import type { Day } from '../../ledger/days.ts';
import type { Ask, Intent, Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { operationOf } from './amounts.ts';
import { happened, isSingleDay } from './dates.ts';
import type { Figure } from './figures.ts';
import { type Fit, fit } from './fitting.ts';
import { hasKind } from './items.ts';
import { personsFor } from './people.ts';
import { type Portion, textIn, tokensIn } from './portions.ts';
import { facetOf, isPossible, type Side, sideOf } from './ratios.ts';
import type { Reading } from './sentence.ts';
import type { Speaker } from './speaker.ts';

/** One thing understood of a task, or one question about it. */
export interface Finding {
  task: VocabularyTask;
  indicator?: VocabularyIndicator;
  said: Understood;
  /** A ratio's sides without a mark of how they stand. */
  unsure?: boolean;
  /** Said in brackets or behind 其中. */
  within?: boolean;
}

export interface Figured {
  portion: Portion & { figure: Figure };
  reading: Reading;
  task: VocabularyTask;
  speaker: Speaker;
  today: Day;
  /** One figure for each of several tasks. */
  several: boolean;
}

const ask = (what: Ask['ask'], options?: string[]): Ask => ({
  ask: what,
  ...(options && options.length > 1 ? { options } : {}),
});

/** What a portion's figure says of a task; null where its number is of something else. */
export function figureFindings(figured: Figured, usual: VocabularyIndicator | undefined): Finding[] | null {
  const { portion, task } = figured;
  const found = fit(portion, task, usual);
  if (found.is === 'strange') return null;
  const about = (said: Understood): Finding[] => [{ task, said }];
  if (found.is === 'unit') return personAsk(figured, found) ?? about(ask('amount'));
  if (found.is === 'several')
    return about(
      ask(
        'indicator',
        found.among.map(({ code }) => code),
      ),
    );
  const [only, ...more] = found.indicators;
  if (!only) return null;
  if (more.length > 0 && !figured.reading.manner.kinds.has('each')) {
    return about(
      ask(
        'indicator',
        found.indicators.map(({ code }) => code),
      ),
    );
  }
  return found.indicators.flatMap((indicator) => ofIndicator(figured, indicator, figured.several || found.indicators.length > 1));
}

/** With the wrong unit (21人次) a personal indicator still lacks its person first. */
function personAsk({ portion, task, reading }: Figured, _: Fit): Finding[] | null {
  const personal = tokensIn(portion).some(
    (token) =>
      token.is === 'word' &&
      token.word.uses.some((use) => use.task === task && use.indicator?.subject === 'person'),
  );
  return personal && reading.whose === 'unclear' ? [{ task, said: ask('person') }] : null;
}

function ofIndicator(figured: Figured, indicator: VocabularyIndicator, several: boolean): Finding[] {
  const { task, reading, speaker } = figured;
  const persons = personsFor(indicator, reading.whose, speaker);
  if (!Array.isArray(persons)) return [{ task, indicator, said: persons }];
  const spread = figured.reading.manner.kinds.has('apiece') && figured.portion.before.some(
      (token) => hasKind(token, 'apiece') && !(token.text === '各' && figured.reading.manner.kinds.has('total')),
    );
  if (spread && !several && persons.length === 1 && persons[0] !== '*') return [{ task, indicator, said: ask('amount') }];
  return persons.map((person) => {
    const finding = indicator.ratio
      ? ratioFinding(figured, indicator, indicator.ratio)
      : countFinding(figured, indicator);
    return person === undefined || !('act' in finding.said)
      ? finding
      : { ...finding, said: { ...(finding.said as Intent), person } };
  });
}

function countFinding({ portion, reading, task, today }: Figured, indicator: VocabularyIndicator): Finding {
  const { figure } = portion;
  const op = figure.form === 'percent' ? null : operationOf(figure, indicator, reading.manner, today);
  if (op === null) return { task, indicator, said: ask('amount') };
  return {
    task,
    indicator,
    said: {
      act: 'progress',
      task: task.code,
      indicator: indicator.code,
      op,
      value: figure.value,
      ...timeOf(reading, indicator, today),
    },
  };
}

function ratioFinding(
  { portion, reading, task, today }: Figured,
  indicator: VocabularyIndicator,
  ratio: NonNullable<VocabularyIndicator['ratio']>,
): Finding {
  const side: Side | null = reading.manner.kinds.has('unsure') ? null : sideOf(portion, ratio, reading);
  if (!side) return { task, indicator, said: ask('amount') };
  const adds = portion.figure.form === 'plus' || reading.manner.kinds.has('more');
  const facet = facetOf(textIn(portion.before), ratio);
  const { sure, ...sides } = side;
  const said: Intent = {
    act: 'progress',
    task: task.code,
    indicator: indicator.code,
    op: adds ? 'add' : 'set',
    ...sides,
    ...(facet === undefined ? {} : { facet }),
    ...timeOf(reading, indicator, today),
  };
  return isPossible(said)
    ? { task, indicator, said, unsure: !sure }
    : { task, indicator, said: ask('amount') };
}

/** When it happened, or over which span a total was stated, as far as the words say so. */
function timeOf(
  { manner }: Reading,
  indicator: VocabularyIndicator,
  today: Day,
): Pick<Intent, 'on' | 'span' | 'period'> {
  const day = manner.whens.find(isSingleDay);
  const span = manner.whens.find((when) => when.clock !== undefined);
  return {
    ...(day ? { on: happened(day, today) } : {}),
    ...(span?.clock !== undefined && span.clock !== indicator.clock ? { span: span.clock } : {}),
    ...(span?.period === undefined ? {} : { period: span.period }),
  };
}
