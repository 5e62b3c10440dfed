import { checkLine, countedLine, type Known, missingWords, turnWord, wayWord } from '../chat/closeout.ts';
import type { Intent } from '../chat/intent.ts';
import { dayWord, noReplyNeeded } from '../chat/words.ts';
import { type InHand, inHand, request } from '../ledger/acts/closeout.ts';
import { evidenced } from '../ledger/acts/evidence.ts';
import { note as writeNote } from '../ledger/acts/report.ts';
import type { TaskFacts } from '../ledger/facts.ts';
import { inPrivate, lacking, Refusal } from '../ledger/refusal.ts';
import { has, maySee } from '../ledger/rules/audience.ts';
import { type Checked, check, isComplete } from '../ledger/rules/check.ts';
import type { Indicator } from '../ledger/rules/indicator.ts';
import { judge } from '../ledger/rules/task.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { mayReport, mayShowHere, onBehalf, taskToReport } from './command/reach.ts';
import { tellTurn } from './command/turn.ts';
import type { Command, Part, Said } from './command.ts';

export const submit: Command = {
  act: 'submit',
  help: '申请销号 任务编号:核对标准和佐证后申请;有缺项仍要申请写「坚持申请 任务编号 理由」',
  examples: ['申请销号 {task}', '{task}已整改到位,申请销号', '坚持申请 {task} 佐证随后补齐'],
  may: mayReport,
  suits: ({ person }) => has(person, 'chief', 'leader'),
  run: async (said, intent) => {
    const { task, frame } = await taskToReport(said, intent);
    const hand = await inHand(said.tx, said.plan, task);
    const verdict = judge(hand, 'submit', said.person);
    if (!verdict.may && verdict.why === 'state')
      throw new Refusal(stateOf(task, hand) + stepWord(task, hand, said));
    if (!verdict.may || task.duty) return keepAsNote(said, task, intent);
    const ids = task.indicators.map(({ id }) => id);
    const checked = check(task, frame, await evidenced(said.tx, ids));
    const missing = missingWords(task, checked);
    const insisted = missing.length > 0 && intent.about === '坚持';
    if (missing.length > 0) {
      if (!insisted) return checkedHere(said, task, hand, checked);
      checkLines(said, task, checked);
      if (!intent.note)
        throw lacking('reason', `【${task.code}】请写明理由,如「坚持申请 ${task.code} 理由」。`);
    }
    const origin = { ...said.origin, personId: said.person.id };
    await request(said.tx, task, { missing, insisted, on: said.today }, origin);
    const after = { ...hand, taken: [{ step: 'request', personId: said.person.id }] };
    await tellTurn(said, task, after, insisted);
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [askedWord(checked, insisted ? missing : []), `下一步:${turnWord(after)}。`],
      takeBack: 'unwanted',
      task: task.code,
    };
  },
};

function askedWord(checked: Checked[], missing: string[]): string {
  if (missing.length > 0) return `申请销号(坚持申请),缺项随申请一并报送:${missing.join(';')}。`;
  return checked.length === 0 ? '申请销号。' : '申请销号:各项均达到,佐证齐。';
}

/** Why a task can't be handed in now. */
const stateOf = (task: Seen, hand: InHand): string =>
  task.state === 'closed'
    ? `【${task.code}】已于${dayWord(task.closedOn)}销号。`
    : `【${task.code}】已于${dayWord(task.submittedOn)}申请销号,现待${turnWord(hand)}。`;

/** 可以销号 from whose step it is: how it is taken. */
const stepWord = ({ code }: Seen, hand: InHand, { person }: Said): string =>
  judge(hand, 'agree', person).may ? `如同意请回复「同意销号 ${code}」。` : '';

/** 完成 from anybody but the chief and the task's leader is a note: a close-out needs the chief's own word. */
async function keepAsNote(said: Said, task: Seen, intent: Intent): Promise<Part> {
  const origin = await onBehalf(said, task, intent);
  await writeNote(said.tx, task, 'note', { meant: 'submit' }, origin);
  return {
    head: `已记录【${task.code}】${task.title}`,
    lines: [
      task.duty
        ? '记为进展说明。常设事项不办理销号。'
        : `记为进展说明。销号请科长本人申请,写「申请销号 ${task.code}」。`,
    ],
    takeBack: 'mistaken',
    task: task.code,
  };
}

/** In a group only that it was asked for, where its result can go one to one. */
async function checkedHere(said: Said, task: Seen, hand: InHand, checked: Checked[]): Promise<Part> {
  const { tell, person, origin } = said;
  const partIn = (place: Said) => checkPart(place, task, hand, checked, checkLines(place, task, checked));
  if (said.place === 'single') return partIn(said);
  const { head = '', lines, foot = noReplyNeeded } = partIn(said.alone());
  const sent = await tell({
    key: `check:${origin.platform}:${origin.messageId}:${person.id}:${task.code}`,
    personId: person.id,
    reply: { title: head, lines, footer: foot },
    task,
    answers: true,
  });
  return sent ? { lines: [`【${task.code}】已收到申请,核对结果已私信。`], task: task.code } : partIn(said);
}

/** Everything of the check or nothing: what is missing would otherwise be told in part. */
function checkLines(said: Said, task: Seen, checked: Checked[]): string[] {
  const lines = checked.map((each) => checkLine(task, each, knownOf(said, task, each.indicator)));
  const counted = task.indicators.filter((each) => each.class === 'monitor');
  return [
    ...lines,
    ...counted.filter(mayShowHere(said, task)).map((indicator) => countedLine(task, indicator)),
  ];
}

function knownOf({ person, place }: Said, task: TaskFacts, indicator: Indicator): Known {
  const sight = maySee(indicator.level ?? task.level, task, person, place);
  if (sight === 'private') throw inPrivate();
  return sight === 'yes' ? 'whole' : sight === 'count' ? 'done' : 'nameless';
}

function checkPart(said: Said, task: Seen, hand: InHand, checked: Checked[], lines: string[]): Part {
  const complete = checked.filter(isComplete).length;
  const waits = checked.some((each) => each.waiting > 0);
  const confirm = has(said.person, 'chief') ? `请先发「确认 ${task.code}」` : '由科长确认后计入';
  return {
    head: `【${task.code}】销号核对:${checked.length}项中${complete}项齐备,尚不具备提交条件`,
    lines: [
      ...lines,
      ...(waits ? [`内勤代填的数尚未计入,${confirm}。`] : []),
      `流程:${wayWord(hand, said.person)}`,
    ],
    foot: `仍要提交请回复「坚持申请 ${task.code} 理由」,以上缺项随申请一并报送。`,
    task: task.code,
  };
}
