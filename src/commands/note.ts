import type { Intent } from '../chat/intent.ts';
import { namesOfPeopleIn, ORDER, timesIn } from '../chat/parse.ts';
import { tellsOfReport } from '../chat/storable.ts';
import { countsOnly, dayWord, lightWord } from '../chat/words.ts';
import { note as writeNote } from '../ledger/acts/report.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has, reportsAs } from '../ledger/rules/audience.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { inOwn } from './command/own.ts';
import { mayReport, onBehalf, taskFor, taskToReport } from './command/reach.ts';
import type { Command, Said } from './command.ts';

export const note: Command = {
  act: 'note',
  help: '任务编号 说明:登记进展说明,不改数',
  examples: ['{task} 方案正在会签'],
  may: mayReport,
  run: async (said, intent) => {
    if (intent.task === undefined)
      throw new Refusal(inOwn('没有看懂。请写任务编号和进展,如「{task} {count}+1」;写法见「帮助」。', said));
    const { person } = said;
    const wants = intent.about === ORDER && has(person, 'leader', 'secretary');
    // Who isn't the task's own leader may still have something done by a day.
    if (wants) {
      const { task } = await taskFor(said, intent);
      if (reportsAs(task, person) === null) throw new Refusal(`尚未记录。${orderWord(task.code)}`);
    }
    const { task } = await taskToReport(said, intent);
    const indicator = task.indicators.find(({ code }) => code === intent.indicator);
    if ((indicator?.level ?? task.level) === 'self') {
      throw new Refusal(
        `【${task.code}】只记是否已交,内容请自行留存,未记录。写法:${task.code} ${(indicator ?? task.indicators[0])?.label ?? ''}已交`,
      );
    }
    const words = `${intent.note ?? ''} ${said.origin.words}`;
    if (tellsOfReport(words) || (tellsOfReport(task.title) && /反映|线索|信访|投诉/u.test(words))) {
      throw new Refusal(countsOnly);
    }
    const origin = await onBehalf(said, task, intent);
    await writeNote(said.tx, task, 'note', {}, origin);
    return {
      head: `已记录【${task.code}】${task.title}${lightWord(task.light, task.overdueBy, task.hue)}`,
      lines: [wants ? `记为意见,未改动数。${orderWord(task.code)}` : noteWord(said, task, intent)],
      takeBack: 'mistaken',
      task: task.code,
    };
  },
};

const orderWord = (code: string): string => `【${code}】要交办的请写明期限,如「${code} 下周三前报我」。`;

/** Words count nothing; how what they tell of is counted is said where that is plain. */
function noteWord(
  { vocabulary, today }: Said,
  { code, indicators }: Seen,
  { hint, ahead, note: words = '' }: Intent,
): string {
  if (ahead !== undefined) return `记为进展说明,未改动数。${dayWord(ahead)}还没到,办完后再报。`;
  const follows = vocabulary.tasks.some(({ mergedWith }) => mergedWith === hint);
  const counted = indicators.find((each) => each.code === hint && /^[次场期]$/u.test(each.unit) && !follows);
  const [time = ''] = timesIn(words, vocabulary, today);
  const [whose = ''] = counted?.subject === 'person' ? namesOfPeopleIn(words, vocabulary, today) : [];
  const how = counted ? `要计数的写「${code} ${time}${whose}${counted.label}+1」。` : '';
  return `记为进展说明,未改动数。${how}`;
}
