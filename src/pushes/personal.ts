import { inOneMessage } from '../chat/reply.ts';
import { taskHead } from '../chat/telling.ts';
import { codesWord, dayWord, dueWord, lightWord, noReplyNeeded, replyWith } from '../chat/words.ts';
import { type Day, daysBetween } from '../ledger/days.ts';
import { keepLights } from '../ledger/lights.ts';
import type { Member } from '../ledger/people.ts';
import { maySee, mayShow, showsIn, showsTo } from '../ledger/rules/audience.ts';
import type { Frame, Indicator } from '../ledger/rules/indicator.ts';
import type { Survey } from '../ledger/views/survey.ts';
import { worstFirst } from './digest/rows.ts';
import { CALL, calledToday } from './monthlyCall.ts';
import { explained } from './push/explanation.ts';
import { heldByHandover } from './push/heldRequests.ts';
import { dueRungs, isPastTerm, type Rung } from './push/ladder.ts';
import { pointsOf } from './push/line.ts';
import { mornings } from './push/moment.ts';
import { oneADay } from './push/sectionGroups.ts';
import { askedAnew } from './push/undecided.ts';
import { type Look, MESSAGE, type Notice, type Push, platformOf, type Reach } from './push.ts';

/** The ladder's steps of this morning, one message a person. The morning's look is also the one that lights are kept by. */
export const personal: Push = {
  name: 'personal',
  times: (plan) => [plan.settings.digest_at],
  slots: mornings,
  scan: async (look) => {
    const survey = await look.survey();
    const { tasks, frame } = survey;
    const rungs = await dueRungs(look, tasks);
    const words = await look.once(explained);
    const called = await calledToday(look);
    const notices = look.members.flatMap((member) => {
      const reach = look.reach(member.id);
      const own = rungs
        .filter((rung) => rung.personId === member.id && isForHere(rung, reach))
        .map(asKnown(survey, member, reach))
        .filter(({ kind, task }) => kind !== 'behind' || task.light === 'yellow')
        .toSorted((one, other) => worstFirst(one.task, other.task));
      return own.length === 0
        ? []
        : [noticeOf({ look, frame, words, member, reach, isCalled: called.has(member.id) }, own)];
    });
    // Whoever is to act hears of it before whoever is informed.
    const own = notices.toSorted((one, other) => Number(isInformation(one)) - Number(isInformation(other)));
    return [...own, ...(await oneADay(look, [...(await heldByHandover(look)), ...(await askedAnew(look))]))];
  },
  keep: async (tx, look) => keepLights(tx, look.plan, (await look.survey()).tasks, look.today),
};

interface Reader {
  look: Look;
  frame: Frame;
  /** What sections gave as explanations. */
  words: Map<number, string>;
  member: Member;
  reach: Reach | null;
  /** Who has the month's call this morning too. */
  isCalled: boolean;
}

const isInformation = ({ reply }: Notice): boolean => reply.footer === noReplyNeeded;

/** What a section's group may read is told there by the digest; in the office's group stands what it may read. */
function isForHere({ task, kind }: Rung, reach: Reach | null): boolean {
  if (reach?.place === 'office') return mayShow(task.level, 'office');
  return reach?.place !== 'section' || kind === 'informed' || !mayShow(task.level, 'section');
}

function noticeOf(reader: Reader, rungs: Rung[]): Notice {
  const { look, member, reach } = reader;
  const bot = look.botNames[platformOf(reach)];
  const codes = new Map(rungs.map((rung) => [lineOf(reader, rung), rung.task.code]));
  const [lines, left] = [[...codes.keys()], [...codes.values()]];
  const more = (shown: number) =>
    shown < lines.length ? [`另有${codesWord(left.slice(shown))},发「我的」查看。`] : [];
  const compose = (shown: number) => ({
    title: `【整改提示】${dayWord(look.today)}`,
    lines: [...lines.slice(0, shown), ...more(shown), ...howTo(rungs, reach)],
    footer: rungs.every((rung) => rung.kind === 'informed') ? noReplyNeeded : replyWith(bot),
  });
  const room = MESSAGE - (reader.isCalled ? CALL : 0);
  return {
    key: `personal:${member.id}:${look.today}`,
    to: { personId: member.id },
    reply: inOneMessage(lines.length, compose, room),
    tasks: rungs.map((rung) => rung.task.code),
    marks: rungs.map((rung) => rung.mark),
  };
}

function lineOf(reader: Reader, { task, kind }: Rung): string {
  const { look, frame, words } = reader;
  const points = pointsOf(task, frame, shownTo(reader, task));
  const term = isPastTerm(task, look.today) ? `挂牌办结时限${dayWord(task.listed?.term ?? null)}已到,` : '';
  const end = [
    `${term}完成时限${dueWord(task.deadline, look.today)}${left(task.reasons, look.today)}`,
    points,
  ]
    .filter(Boolean)
    .join(',');
  if (kind !== 'informed') {
    return `${lightWord(task.light, task.overdueBy, task.hue)}【${task.code}】${task.title},${end}。`;
  }
  const listed = task.listed?.on ? `,挂牌督办已${daysBetween(task.listed.on, look.today)}天` : '';
  const explanation = words.get(task.id);
  return `${taskHead(task)}${listed},${end}${explanation ? `;${explanation}` : ''}。`;
}

/** How near the deadline is; nothing where only days off lie before it. */
function left(reasons: Rung['task']['reasons'], today: Day): string {
  const near = reasons.find((each) => each.why === 'deadline');
  if (near?.why !== 'deadline') return '';
  if (near.due === today) return '(今日到期)';
  return near.in === 0 ? '' : `(还有${near.in}个工作日)`;
}

/** The same step about the task as its reader may know it. */
function asKnown(survey: Survey, member: Member, reach: Reach | null): (rung: Rung) => Rung {
  const known = survey.as(reach?.place === 'office' ? showsIn('office') : showsTo(member, 'single'));
  return (rung) => ({ ...rung, task: known.tasks.find(({ id }) => id === rung.task.id) ?? rung.task });
}

const shownTo =
  ({ member, reach }: Reader, task: Rung['task']) =>
  (indicator: Indicator): boolean => {
    const level = indicator.level ?? task.level;
    if (reach?.place === 'office') return mayShow(level, 'office');
    return maySee(level, task, member, 'single') === 'yes';
  };

/** What a chief can do about it, and on the first reminder that nobody else reads it; for others that they needn't. */
function howTo(rungs: Rung[], reach: Reach | null): string[] {
  const own = rungs.filter((rung) => rung.kind !== 'informed' && rung.kind !== 'term');
  const isOrdered = rungs.some((rung) => rung.kind === 'term');
  const feedback = isOrdered ? ['挂牌事项请按督办单书面反馈;已办结的由整改办核验后提请摘牌。'] : [];
  if (own.length === 0 && isOrdered) return feedback;
  if (own.length === 0) return [rungs.length > 1 ? '以上供掌握。' : '供掌握。'];
  const [only, ...more] = new Set(own.map((rung) => rung.task.code));
  const extend = `回复「延期 ${more.length > 0 ? '编号' : only} 至 日期 原因」`;
  if (own.every((rung) => rung.kind === 'behind')) {
    return ['如已开展,请补记数字、日期和佐证;尚未开展的,请说明原因和完成日期。', ...feedback];
  }
  if (own.every((rung) => rung.kind === 'soon')) return [`如需延期,请在时限前${extend}。`, ...feedback];
  const isAlone = reach?.place === 'single' && rungs.every((rung) => rung.kind === 'overdue');
  const told = `如已完成,请补记日期和佐证;如需延期,请${extend}。${isAlone ? '本提示未在群内发布。' : ''}`;
  return [told, ...feedback];
}
