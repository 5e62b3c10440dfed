import type { Intent, Understood } from '../chat/intent.ts';
import { decidesIn, timesIn } from '../chat/parse.ts';
import type { Around } from './answer.ts';

/** Who asks something, wants time for it, or leaves it to somebody else gives no reason. */
const NOT_NOW =
  /[?吗]|怎么|什么|是不是|稍等|等一[下会]|等会(?!议)|等下(?![个周月次半学届轮季年批星])|待会|晚点|回头再|再[说看想议]|先[放不]|看看|我看|考虑(?!到)|问问|问一?下|^请(?!假)\S{1,8}[写报说定填](?=$|[,。吧])|^(?:我|先|得|还?要)*(?:去)?请示|请示一?下|(?:原因|理由)(?:待|稍|后|我|再|回头)|^(?:没有?|无)(?:原因|理由)/u;
/** 不退了, 我点错了, 编号写错了: what is asked about isn't wanted. */
const CALLED_OFF =
  /(?:不|别|不用|不必|不要|不需要?|无需|没必要|免)再?(?:申请)?(?:延|退|挂|摘|暂?缓|静音|批|议定|交办)|算了|^(?:不好意思|抱歉|我|是|刚才?|编号|任务|日期|[, ])*[点写弄搞发按说填选报]?错了?[吧。.!]*$|签发|发布吧?$|发了?吧/u;

/** What may be why: it is told, and takes nothing back and asks for nothing else. */
export const mayBeReason = (text: string, { vocabulary, today }: Around): boolean =>
  /\p{Script=Han}{2}/u.test(text) &&
  !NOT_NOW.test(text) &&
  !CALLED_OFF.test(text) &&
  !decidesIn(text, vocabulary, today);

/**
 * What was asked for with its reason, where the words mean nothing by themselves. Of what had been said nothing is
 * changed by them; null where they name another day.
 */
export function reasoned(
  { words: _, ...wanted }: Intent,
  words: string,
  alone: Understood[],
  [read, ...more]: Understood[],
  around: Around,
  again: (said: string) => Understood[],
): Intent | null {
  if (!saysNothing(alone, wanted, words)) return null;
  const note = [wanted.note ?? '', words].join(' ').trim();
  // 暂缓通报 is of no task: 3.1.1的数不准 tells why, whatever it names.
  if (wanted.task === undefined) return { ...wanted, note };
  if (!read || !('act' in read) || more.length > 0) return null;
  if (read.act === 'silent' || read.act !== wanted.act || read.task !== wanted.task) return null;
  const days = [read.date, ...daysIn(words, wanted, around, again)];
  if (wanted.date !== undefined && days.some((day) => day !== wanted.date)) return null;
  return { ...read, ...wanted, note };
}

/** 到8月31日, 日期错了,是8月31日: until when, as the same act would be given it. */
const daysIn = (
  words: string,
  { task = '' }: Intent,
  { vocabulary, today }: Around,
  again: (said: string) => Understood[],
): (string | undefined)[] =>
  timesIn(words, vocabulary, today)
    .filter((time) => /[到至为成是] ?$/u.test(words.slice(0, words.indexOf(time))))
    .map((time) => {
      const [read] = again(`延期 ${task} 至${time}`);
      return read && 'date' in read ? read.date : undefined;
    });

/** 滞后, 逾期 至6月30日: how a task stands, which alone would look up all that stand so. */
const STATE = /^(?:进度|严重|长期|一直|已经?)*(?:滞后|逾期|超期)(?![^\s,。]*(?:清单|哪些|任务|事项))/u;

/** Words that mean nothing by themselves, or are but words on the same task; 演练已完成 reports something. */
const saysNothing = (understood: Understood[], wanted: Intent, words: string): boolean =>
  understood.every((each) => {
    if ('ask' in each) return each.ask === 'task' && !each.options && !each.coded;
    switch (each.act) {
      case 'silent':
        return each.puzzled === true;
      case 'unknown':
        return true;
      case 'ledger':
        return wanted.act === 'list' && STATE.test(words);
      case 'note': {
        const isOfTask = wanted.task === undefined || each.task === wanted.task;
        return isOfTask && each.hint === undefined && each.percent === undefined;
      }
      default:
        return false;
    }
  });
