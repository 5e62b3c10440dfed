import { deedWord } from '../chat/entry.ts';
import { followUpLine } from '../chat/followUps.ts';
import { LAST } from '../chat/parse.ts';
import {
  completionWord,
  extensionWord,
  figuresOfEach,
  listedWord,
  lookbackWord,
  point,
  taskHead,
} from '../chat/telling.ts';
import { dayWord, dueWord, figureWord, folded, lightWord, stateWord, unaddressed } from '../chat/words.ts';
import { extensionsOf } from '../ledger/acts/extension.ts';
import { followUpsOf } from '../ledger/acts/followUps.ts';
import { lookbacksOf } from '../ledger/acts/lookback.ts';
import { type Day, dayOf } from '../ledger/days.ts';
import { filesOf } from '../ledger/files.ts';
import { namesOf } from '../ledger/people/roster.ts';
import type { IndicatorRow } from '../ledger/plan.ts';
import { isWide, maySee, mayShow } from '../ledger/rules/audience.ts';
import { completionOf, subjects } from '../ledger/rules/completion.ts';
import { notUndone } from '../ledger/rules/deed.ts';
import { figureOf, measure } from '../ledger/rules/figure.ts';
import { type Frame, isPaper } from '../ledger/rules/indicator.ts';
import { current, spanOf, spokenPeriod } from '../ledger/rules/period.ts';
import type { EntryAct } from '../ledger/terms.ts';
import { type HistoryLine, historyOf } from '../ledger/views/history.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { requestLine } from './command/closeOut.ts';
import { mayShowFigure, mayShowHere, taskFor } from './command/reach.ts';
import type { Command, Said } from './command.ts';

/** So many files are named, the last ones. */
const NAMED = 5;

export const show: Command = {
  act: 'show',
  heardAfterwards: true,
  help: '查 任务编号:一项任务的标准和进展',
  examples: ['查 {task}', '{task}到哪一步了'],
  tells: true,
  may: () => true,
  run: async (said, intent) => {
    const { task, frame } = await taskFor(said, intent);
    if (intent.about === LAST) return { lines: [await lastLine(said, task, frame)], task: task.code };
    const shown = task.indicators.filter(mayShowHere(said, task));
    const page = pageOf(said, task);
    return {
      head: taskHead(task),
      lines: [
        [
          `责任领导:${task.leader ?? '待明确'}`,
          `完成时限:${dueWord(task.deadline, said.today)}`,
          stateLine(said, task),
          completionWord(task.completion),
        ]
          .filter(Boolean)
          .join(' '),
        ...(await requestLine(said, task)),
        ...listedLine(task),
        ...(await extensionLine(said, task)),
        ...(await lookbackLine(said, task)),
        ...(await followUpLines(said, task)),
        ...(task.standard === '' ? [] : [`标准:${task.standard}`]),
        ...shown.map((indicator) => line(task, indicator, frame)),
        ...countLines(said, task, frame),
        ...(await ownFigures(said, task, frame)),
        ...(await fileLine(said, task)),
      ],
      ...(page === null ? {} : { foot: `记录和佐证 ${page}` }),
      task: task.code,
      paged: true,
    };
  },
};

/** What a leader who asks 怎么还没动 is told: the last thing recorded, the term, and the next milestone. */
async function lastLine(said: Said, task: Seen, frame: Frame): Promise<string> {
  const recent = await historyOf(said.tx, said.plan.id, task.code, RECENT);
  const last = notUndone(recent).find((entry) => tells(said, task, entry));
  const indicator = task.indicators.find((each) => each.code === last?.detail.indicator);
  const what =
    last === undefined
      ? '还没有进展登记'
      : `最近记录${dayWord(dayOf(last.at, said.plan.timeZone))}:${toldOf(said, last, indicator)}`;
  return `${lightWord(task.light, task.overdueBy, task.hue)}【${task.code}】${what};${[termOf(task, said.today), ...nextNode(said, task, frame)].join(',')}。`;
}

/** So far back the last record is looked for. */
const RECENT = 20;
const PROGRESS: readonly EntryAct[] = ['progress', 'correct', 'note', 'submit', 'evidence'];

function tells(said: Said, task: Seen, { act, detail }: HistoryLine): boolean {
  const indicator = task.indicators.find((each) => each.code === detail.indicator);
  if (!PROGRESS.includes(act) || task.level === 'self') return false;
  return indicator === undefined || (mayShowHere(said, task)(indicator) && indicator.subject !== 'person');
}

const toldOf = ({ place }: Said, entry: HistoryLine, indicator: IndicatorRow | undefined): string =>
  entry.act === 'note' && entry.said !== null && !entry.mixed && !isWide(place)
    ? `「${folded(unaddressed(entry.said), 30)}」`
    : deedWord(entry, indicator);

const termOf = (task: Seen, today: Day): string =>
  task.state === 'closed' ? `已于${dayWord(task.closedOn)}销号` : `方案时限${dueWord(task.deadline, today)}`;

/** The next milestone that may be shown. */
function nextNode(said: Said, task: Seen, { today }: Frame): string[] {
  const shown = task.indicators.filter(mayShowHere(said, task));
  const [next] = task.nodes
    .filter(({ due, indicatorId }) => due >= today && shown.some(({ id }) => id === indicatorId))
    .toSorted((one, other) => (one.due < other.due ? -1 : 1));
  const indicator = shown.find(({ id }) => id === next?.indicatorId);
  return next && indicator
    ? [`${dueWord(next.due, today)}节点${indicator.label}${figureWord(next.value)}${indicator.unit}`]
    : [];
}

/** A group's link shows nothing restricted, so that to such a task it would lead nowhere. */
const pageOf = ({ place, link }: Said, { code, level }: Seen): string | null =>
  level !== 'self' && (place === 'single' || mayShow(level, 'system')) ? link(`board/task/${code}`) : null;

/** Lateness stays visible: a task that was asked to be closed after its deadline says so for good. */
function stateLine({ calendar }: Said, { state, closedOn, submittedOn, deadline }: Seen): string {
  if (state !== 'closed') return stateWord(state);
  const asked = submittedOn ?? closedOn;
  const late = deadline !== null && asked !== null && asked > deadline;
  const by = late ? `,晚于时限${calendar.workdaysBetween(deadline, asked)}个工作日` : '';
  return `${stateWord(state)} ${dayWord(closedOn)}${by}`;
}

const listedLine = (task: Seen): string[] => (task.listed === null ? [] : [`挂牌督办:${listedWord(task)}`]);

async function extensionLine({ tx }: Said, task: Seen): Promise<string[]> {
  const told = (await extensionsOf(tx, task.id)).map(extensionWord);
  return told.length === 0 ? [] : [`延期记录:${told.join(';')}`];
}

async function lookbackLine({ tx, plan }: Said, task: Seen): Promise<string[]> {
  const told = (await lookbacksOf(tx, task.id, plan.timeZone)).map(lookbackWord);
  return told.length === 0 ? [] : [`回头看:${told.join(';')}`];
}

/** What was decided or ordered on it and still waits. */
async function followUpLines({ tx, plan, place, today }: Said, task: Seen): Promise<string[]> {
  const open = (await followUpsOf(tx, plan, task.id)).filter(({ doneOn }) => doneOn === null);
  return open.map((each) => `${each.byMeeting ? '议定' : '交办'}${followUpLine(each, today, isWide(place))}`);
}

function line(task: Seen, indicator: IndicatorRow, frame: Frame): string {
  if (isPaper(indicator) && indicator.subject !== 'person') {
    return `· ${indicator.label}:${completionOf(task, indicator, frame) === 1 ? '已完成' : '未完成'}`;
  }
  return `· ${point(task, indicator, frame)}${indicator.class === 'monitor' ? '(只统计)' : ''}`;
}

/** Of what is everyone's own the office sees how many have done it, in the running period. */
function countLines({ person, place }: Said, task: Seen, frame: Frame): string[] {
  return task.indicators
    .filter((each) => maySee(each.level ?? task.level, task, person, place) === 'count')
    .map((indicator) => {
      const period = current(indicator.clock, frame, task.deadline);
      const span = period === null ? undefined : spanOf(period);
      const all = subjects(indicator, frame);
      const done = all.filter(
        (id) => (measure(figureOf(task, indicator, span, id)) ?? 0) >= indicator.target,
      );
      const when = period === null ? '' : `${spokenPeriod(period)}`;
      return `· ${indicator.label}:${when}已交${done.length}人,未交${all.length - done.length}人`;
    });
}

async function fileLine(said: Said, task: Seen): Promise<string[]> {
  const shown = new Set(task.indicators.filter(mayShowHere(said, task)).map(({ id }) => id));
  const files = await filesOf(said.tx, task.id);
  const names = files
    .filter(({ indicatorId }) => indicatorId === null || shown.has(indicatorId))
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const more = names.length > NAMED ? `等${names.length}个` : '';
  return [`附件:${names.slice(-NAMED).join('、')}${more}`];
}

/** One to one: a member's own figures; the secretary and the office see everyone's, in the order of 排序. */
async function ownFigures(said: Said, task: Seen, frame: Frame): Promise<string[]> {
  const each = task.indicators.filter((indicator) => indicator.subject === 'person');
  const names = await namesOf(said.tx, [...frame.members]);
  return each.flatMap((indicator) => {
    const may = (personId: number) => mayShowFigure(said, task, indicator, personId);
    const figures = figuresOfEach(task, indicator, frame, names, may);
    return figures.length === 0 ? [] : [`  ${indicator.label}(${indicator.unit}):${figures.join('、')}`];
  });
}
