import { followUpLine, whatWord } from '../chat/followUps.ts';
import type { Intent } from '../chat/intent.ts';
import { answerWith, dayWord, hasReason } from '../chat/words.ts';
import { assign, followUpsOf, settle } from '../ledger/acts/followUps.ts';
import { saying } from '../ledger/entries.ts';
import { awaits } from '../ledger/outbox.ts';
import { type Answerer, answererFor } from '../ledger/people/roster.ts';
import { lacking, Refusal } from '../ledger/refusal.ts';
import { has, isWide, maySee } from '../ledger/rules/audience.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { handFor, mayReport } from './command/reach.ts';
import { turnKey } from './command/turn.ts';
import type { Command, Part, Said } from './command.ts';

const LAID_DOWN = '议定 {task} 问题逐条过一遍 {later}前';
const DONE = '议定 {task} 已办结';

export const decide: Command = {
  act: 'decide',
  help: '议定 任务编号 事项 [责任科室] [期限]:登记会议议定或领导交办的事项;办好了写「议定 任务编号 已办结」',
  examples: [LAID_DOWN, '{task} 下周三前报我', DONE],
  may: mayReport,
  suits: ({ person }) => has(person, 'office', 'leader', 'secretary'),
  hints: ({ person }) =>
    has(person, 'office')
      ? { help: decide.help, examples: [LAID_DOWN, DONE] }
      : has(person, 'leader', 'secretary')
        ? {
            help: '交办 任务编号 事项 [责任科室] [期限]:交办分管的任务,到期提醒责任人;办好了写「议定 任务编号 已办结」',
            examples: ['{task} 下周三前报我', '交办 {task} 问题逐条过一遍 {later}前'],
          }
        : { help: '议定 任务编号 已办结:本人承办的议定、交办事项办好后回复', examples: [DONE] },
  run: (said, intent) => (intent.about === '办结' ? done(said, intent) : decided(said, intent)),
};

const NOT_YOURS = '议定事项由整改办登记,交办由分管领导提出。';

async function decided(said: Said, intent: Intent): Promise<Part> {
  const { task } = await handFor(said, intent, 'assign', NOT_YOURS);
  const { date: due = null, note: what = '' } = intent;
  if (!hasReason(what))
    throw lacking('reason', `【${task.code}】请写明事项,如「议定 ${task.code} 事项 6月10日前」。`);
  if (due !== null && due < said.today) throw new Refusal(`【${task.code}】${dayWord(due)}已过,请重写期限。`);
  const owner = await ownerOf(said, task, intent);
  const byMeeting = has(said.person, 'office');
  const { id } = await assign(
    said.tx,
    task,
    { ownerId: owner?.id ?? null, due, byMeeting },
    saying(said.origin, what),
  );
  const wide = isWide(said.place);
  const term = due === null ? '期限待明确' : `期限${dayWord(due)}`;
  const how = byMeeting ? '议定' : '交办';
  if (owner)
    await tellOwner(
      said,
      task,
      owner,
      awaits('follow-up', id),
      `【${how}】【${task.code}】${task.title}:${whatWord({ what }, false, 60)},${term}。`,
    );
  return {
    head: `已记录【${task.code}】${task.title}`,
    lines: [`${how}:${whatWord({ what }, wide, 60)}。责任:${owner?.address ?? '待明确'},${term}。`],
    foot: `办好后由责任人回复「议定 ${task.code} 已办结」。`,
    takeBack: 'unwanted',
    task: task.code,
  };
}

async function tellOwner(said: Said, task: Seen, owner: Answerer, mark: string, line: string): Promise<void> {
  if (owner.id === said.person.id) return;
  const lines = [line, `办好后回复「议定 ${task.code} 已办结」。`];
  const reply = { title: '【整改提示】待您办理', lines, footer: answerWith(said.botName) };
  await said.tell({ key: turnKey(said, task.code, owner.id), personId: owner.id, reply, task, mark });
}

/** Whoever is named, else the lead section's chief; nobody who may not know of the task. */
async function ownerOf(said: Said, task: Seen, intent: Intent): Promise<Answerer | null> {
  const owner = await answererFor(said.tx, said.plan.id, task, intent);
  if (owner && maySee(task.level, task, owner, 'single') !== 'yes') {
    throw new Refusal(`【${task.code}】请改由承办科室负责,${owner.address}不办理该事项。`);
  }
  return owner;
}

/** 已办结: by who answers for it, by who ordered it, or by the office; never guessed where several wait. */
async function done(said: Said, intent: Intent): Promise<Part> {
  const { task } = await handFor(said, intent, 'settle');
  const wide = isWide(said.place);
  const open = (await followUpsOf(said.tx, said.plan, task.id)).filter(({ doneOn }) => doneOn === null);
  const meant = intent.row === undefined ? open : open.filter(({ row }) => row === intent.row);
  const [followUp, ...more] = meant;
  if (!followUp) throw new Refusal(noneOf(task, open.length > 0 ? intent.row : undefined));
  if (more.length > 0) {
    return {
      head: `【${task.code}】有${open.length}条待办,请写明哪一条,如「议定 ${task.code} 第${followUp.row}条已办结」:`,
      lines: open.map((each) => followUpLine(each, said.today, wide)),
      choices: open.map(({ row }) => ({ number: row, intent: { ...intent, task: task.code, row } })),
      task: task.code,
      only: 'asked',
    };
  }
  const isTheirs = [followUp.ownerId, followUp.byId].includes(said.person.id);
  if (!isTheirs && !has(said.person, 'office')) {
    throw new Refusal(`【${task.code}】该事项请${followUp.owner ?? '责任人'}或整改办回复办结。`);
  }
  await settle(said.tx, task, followUp, said.origin);
  return {
    head: `已记录【${task.code}】${task.title}`,
    lines: [`${whatWord(followUp, wide)}:已办结。`],
    takeBack: 'mistaken',
    task: task.code,
  };
}

const noneOf = ({ code }: Seen, row: number | undefined): string =>
  row === undefined
    ? `【${code}】没有待办的议定或交办事项。`
    : `【${code}】没有第${row}条待办事项,发「查 ${code}」看各条。`;
