import { deedWord, keptApart, reasoned, whoseWord } from '../chat/entry.ts';
import { framed, spokenAt, tellsOfJourney } from '../chat/words.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { has, isMember, isWide } from '../ledger/rules/audience.ts';
import { type HistoryLine, historyOf } from '../ledger/views/history.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { mayShowHere, taskFor } from './command/reach.ts';
import type { Command, Part, Said } from './command.ts';

const MOST = 10;

/** Who reads what was done to the plan itself. */
const readers = ['office', 'secretary', 'discipline'] as const;

export const history: Command = {
  act: 'history',
  heardAfterwards: true,
  help: '记录 任务编号:最近的登记',
  examples: ['记录 {task}'],
  tells: true,
  may: () => true,
  hints: ({ person }) =>
    has(person, ...readers)
      ? {
          help: `${history.help};人员、会议、通报等事项写「记录 方案」`,
          examples: [...history.examples, '记录 方案'],
        }
      : history,
  run: async (said, intent) => {
    if (intent.about === '方案') return ofPlan(said);
    const { task } = await taskFor(said, intent);
    if (task.level === 'self' && !isMember(said.person)) {
      throw new Refusal(`【${task.code}】只记是否已交,不列记录;已交情况请发「查 ${task.code}」。`);
    }
    const entries = await historyOf(said.tx, said.plan.id, task.code, MOST);
    const lines = entries.flatMap((entry) => line(said, task, entry) ?? []);
    return {
      head: `【${task.code}】${task.title} 最近记录`,
      lines: lines.length > 0 ? lines : ['还没有登记。'],
      paged: true,
      task: task.code,
    };
  },
};

/** What was done to the plan itself: its people, meetings, bulletins. For the office and those who audit it. */
async function ofPlan(said: Said): Promise<Part> {
  if (!has(said.person, ...readers)) throw notHere();
  if (isWide(said.place)) throw inPrivate();
  const entries = await historyOf(said.tx, said.plan.id, 'plan', MOST);
  const lines = entries.map((entry) => {
    const who = whoseWord(entry);
    const did = `#${entry.seq} ${spokenAt(entry.at, said.plan.timeZone)} ${deedWord(entry)}`;
    if (entry.sealed) return `${did} ${who} 已封存`;
    return entry.said === null
      ? `${did} ${who}`
      : `${did} ${framed(who, entry.section ?? '', entry.said, 30)}`;
  });
  return { head: '方案 最近记录', lines: lines.length > 0 ? lines : ['还没有登记。'], paged: true };
}

/** Nothing where the entry is about an indicator that may not be shown here; of one's own matters one's own deeds alone. */
function line(said: Said, task: Seen, entry: HistoryLine): string | undefined {
  const when = `#${entry.seq} ${spokenAt(entry.at, said.plan.timeZone)}`;
  const code = entry.detail.indicator;
  const indicator = task.indicators.find((each) => each.code === code);
  if (task.level === 'self') {
    return entry.personId === said.person.id ? `${when} ${deedWord(entry, indicator)}` : undefined;
  }
  if (indicator && (!mayShowHere(said, task)(indicator) || indicator.subject === 'person')) return undefined;
  const who = whoseWord(entry);
  const did = `${when} ${deedWord(entry, indicator)}`;
  if (entry.sealed) return `${did} ${who} 已封存`;
  const { said: words, act, byLeader } = entry;
  const isKept =
    isWide(said.place) && (reasoned.includes(act) || (words !== null && tellsOfJourney(words, byLeader)));
  return words === null || entry.mixed || isKept || keptApart.includes(act)
    ? `${did} ${who}`
    : `${did} ${framed(who, entry.section ?? '', words, 30)}`;
}
