import { type Reply, SCREEN } from '../../chat/reply.ts';
import { countsWord, narrowWord, taskHead } from '../../chat/telling.ts';
import { dayWord, dueWord, lightWord, noReplyNeeded, replyWith } from '../../chat/words.ts';
import { timeOf } from '../../ledger/days.ts';
import { accountsIn, type Group } from '../../ledger/people.ts';
import { mayShow } from '../../ledger/rules/audience.ts';
import type { Indicator } from '../../ledger/rules/indicator.ts';
import { countsOf } from '../../ledger/rules/standing.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Rung } from '../push/ladder.ts';
import { example, pointsOf, wantedOf } from '../push/line.ts';
import type { Morning } from './morning.ts';
import type { Note } from './notes.ts';
import type { Row, Rows } from './rows.ts';

/** So many codes of what found no room are named. */
const CODES = 12;

interface Parts extends Rows {
  notes: Note[];
  calls: Rung[];
}

/** A digest on one screen: what finds no room is named by its codes, and hints stand only where nothing else does. */
export function compose(morning: Morning, group: Group, parts: Parts): Reply {
  const { look } = morning;
  const isSection = group.audience === 'section';
  const bot = look.botNames[group.platform];
  const notes = parts.notes.map((note) => note.line);
  const mention = accountsIn(
    group,
    look.members,
    parts.calls.map(({ personId }) => personId),
  );
  const above = isSection ? [] : [`${countsWord(countsOf(morning.seen.tasks))}${narrowWord(morning.seen)}。`];
  const link = isSection ? null : look.link('board', { groupId: group.id });
  const board = link === null ? [] : [`看板 ${link}`];
  const kept = above.length + notes.length + board.length + (mention.length > 0 ? 1 : 0);
  const room = SCREEN - 2 - kept;
  const rows = fitting(morning, group, parts, room);
  const hints = isSection ? hintsFor(morning, group, parts.rows, bot) : [];
  return {
    title: titleOf(morning, group),
    lines: [...above, ...rows, ...notes, ...hints.slice(0, Math.max(0, room - rows.length)), ...board],
    footer: isSection ? replyWith(bot) : noReplyNeeded,
    ...(mention.length > 0 ? { mention } : {}),
  };
}

function titleOf({ look, seen }: Morning, group: Group): string {
  const day = dayWord(look.today);
  const section = seen.tasks.find((task) => task.sectionId === group.sectionId)?.section;
  if (group.audience === 'section') return `【${section ?? group.name}·整改提示】${day}`;
  return `【整改进展】${day} 数据截至${timeOf(look.now, look.plan.timeZone)}`;
}

function fitting(morning: Morning, group: Group, parts: Parts, room: number): string[] {
  const whole = restOf(group, [], parts);
  const shown = parts.rows.length + whole.length <= room ? parts.rows.length : Math.max(1, room - 1);
  return [
    ...parts.rows.slice(0, shown).map((row) => lineOf(morning, group, row.task)),
    ...restOf(group, parts.rows.slice(shown), parts),
  ];
}

/** The rows that found no room, and what may not stand here or stood here lately: at most one line. */
function restOf({ audience }: Group, left: Row[], { hidden, early, same }: Rows): string[] {
  const codes = left.slice(0, CODES).map((row) => `【${row.task.code}】`);
  const more = left.length > CODES ? '等' : '';
  const parts = [
    ...(left.length > 0
      ? [
          `另有${left.length}项:${codes.join('')}${more},发「${audience === 'section' ? '我的' : '清单 滞后'}」查看`,
        ]
      : []),
    ...(same > 0 ? [`另有${same}项逾期,情况与上次相同`] : []),
    ...(hidden + early > 0 && audience === 'leaders' ? [`另有${hidden + early}项滞后,由整改办单独报告`] : []),
    ...(hidden > 0 && audience === 'office' ? [`另有${hidden}项属本人事项,只计数`] : []),
    ...(early > 0 && audience === 'office' ? [`另有${early}项刚逾期,先告知承办科室`] : []),
  ];
  return parts.length > 0 ? [`${parts.join(';')}。`] : [];
}

function lineOf({ seen, words }: Morning, { audience }: Group, task: Seen): string {
  const shown = shownIn(audience, task);
  const head =
    audience === 'section'
      ? `${lightWord(task.light, task.overdueBy, task.hue)}【${task.code}】${task.title}`
      : taskHead(task);
  const term = task.listed?.term ? `,办结时限${dayWord(task.listed.term)}` : '';
  const listed = task.standing === 'listed' ? `,挂牌督办${term}` : '';
  const hasDeadline = task.reasons.some(
    ({ why }) => why === 'overdue' || why === 'deadline' || why === 'time',
  );
  const due =
    audience === 'section' && hasDeadline ? `,完成时限${dueWord(task.deadline, seen.frame.today)}` : '';
  const explanation = task.light === 'red' && audience !== 'section' ? words.get(task.id) : undefined;
  const points = [pointsOf(task, seen.frame, shown), explanation].filter(Boolean).join(';');
  return `${head}${listed}${due}${points ? `:${points}` : ''}。`;
}

const shownIn =
  (audience: Group['audience'], task: Seen) =>
  (indicator: Indicator): boolean =>
    mayShow(indicator.level ?? task.level, audience);

/** How to report, shown on the first task where a plain count is open. */
function hintsFor({ look, seen }: Morning, group: Group, rows: Row[], bot: string): string[] {
  const [first] = rows.flatMap(
    ({ task }) =>
      example(task, seen.frame, shownIn(group.audience, task), bot, wantedOf(task, seen.frame)) ?? [],
  );
  const confirmed = look.plan.settings.confirm_staff ? ',科长确认后计入' : '';
  return [
    ...(first === undefined ? [] : [`写法:${first}`]),
    `内勤可代填${confirmed};申请销号由科长本人提出。`,
  ];
}
