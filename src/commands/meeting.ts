import type { Intent } from '../chat/intent.ts';
import { dayWord } from '../chat/words.ts';
import {
  heldIn,
  hold,
  type Meeting,
  meetingOf,
  nextMeeting,
  setAside,
  setMeeting,
  unplanned,
} from '../ledger/acts/meetings.ts';
import { addDays, type Day, spoken } from '../ledger/days.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { isAnnounced, tellOfMove } from './command/meetings.ts';
import { refuseIfOutside } from './command/statement.ts';
import type { Command, Part, Said } from './command.ts';

const HOW = '请写「调度会 日期 时间 地点」,如「调度会 4月24日 15:00 局三楼会议室」。';

const CANCELLED =
  '未改动。调度会每月应开一次,不登记取消;改期请写「调度会 日期 时间 地点」,会后发「已召开 参会人数 时长」。';

/** Working days within which 已召开 without a day is of the last meeting that was due. */
const RECENT = 5;

export const meeting: Command = {
  act: 'meeting',
  help: '调度会 日期 时间 地点:确定本月调度会,通知按此发出;开过后发「已召开 参会人数 时长」',
  examples: ['调度会 4月24日 15:00 局三楼会议室', '已召开 参会26人 时长85分钟'],
  may: ({ person }) => has(person, 'office'),
  run: async (said, intent) => {
    const { date, about, time, place } = intent;
    const { plan, calendar, today } = said;
    if (/取消|不开|没开|未开|停开/u.test(said.origin.words)) throw new Refusal(CANCELLED);
    if (about === '已召开') return held(said, intent);
    if (date === undefined) throw new Refusal(HOW);
    if (date < today) throw new Refusal(`${dayWord(date)}已过,请重写日期。`);
    if (!calendar.isWorkday(date)) throw new Refusal(`${dayWord(date)}是休息日,请改为工作日。`);
    const other = await inAnotherMonth(said, date);
    const isAway = other !== null && MOVES.test(said.origin.words);
    const own = await meetingOf(said.tx, plan, date.slice(0, 7));
    const usual = isAway ? other : own;
    const from = time ?? usual?.time;
    const where = place ?? usual?.place;
    if (from === undefined || where === undefined) throw new Refusal(HOW);
    const set = { day: date, time: from, place: where };
    if (isAway) await setAside(said.tx, plan, other, date, said.origin);
    const by = await setMeeting(said.tx, plan, set, said.origin);
    const isMoved = by !== null && by !== usual?.set && isAnnounced(said, usual, date);
    return {
      lines: [
        `已记录,${Number(date.slice(5, 7))}月调度会定于${dayWord(date)}${from},${where}。`,
        isMoved
          ? await tellOfMove(said, String(by), usual, set)
          : '通知于会前5个工作日、提示于会前1个工作日发出;有变化再发一次即可。',
        ...(other ? [besideWord(other, isAway, set)] : []),
        ...(isAway && own && own.day !== date ? [`${dayWord(own.day)}原定的调度会由此次代替。`] : []),
      ],
    };
  },
};

/** What is said of a meeting that is moved, and not of another one. */
const MOVES = /(?<!整)改[到为至在期成]|推迟|延[到至期后]|提前|挪|调整?[到为至]/u;

/** The next meeting where it is still to come and not in this day's month. */
async function inAnotherMonth({ tx, plan, today }: Said, day: Day): Promise<Meeting | null> {
  const next = await nextMeeting(tx, plan, today);
  return next && !next.held && next.day.slice(0, 7) !== day.slice(0, 7) ? next : null;
}

/** What becomes of the other one: moved here, or as it was. */
function besideWord(other: Meeting, isAway: boolean, { day, time }: Pick<Meeting, 'day' | 'time'>): string {
  const named = `${dayWord(other.day)}${other.time}的调度会`;
  return isAway
    ? `${named}改到此次,原定时间不再开会。`
    : `${named}仍按原定召开;如系改期,请写「调度会改到${dayWord(day)}${time}」。`;
}

/** The month's meeting of the day that is named, else the last one that was due; recorded once. */
async function held(said: Said, { date, attended, minutes }: Intent): Promise<Part> {
  const { tx, plan, calendar, today } = said;
  if (attended === undefined || minutes === undefined) {
    throw new Refusal('请写明参会人数和时长,如「已召开 参会26人 时长85分钟」。');
  }
  if (date !== undefined && date > today) throw new Refusal(`${dayWord(date)}还没到,会后再登记即可。`);
  if (date !== undefined) refuseIfOutside(plan, date);
  const month = today.slice(0, 7);
  const current = await meetingOf(tx, plan, (date ?? today).slice(0, 7));
  const before = addDays(`${month}-01`, -1).slice(0, 7);
  const due =
    date !== undefined
      ? (current ?? unplanned(plan, date))
      : current && current.day <= today
        ? current
        : await meetingOf(tx, plan, before);
  if (!due) throw new Refusal('请写明会议日期,如「4月24日调度会已召开 参会26人 时长85分钟」。');
  const day = date ?? due.day;
  if (date === undefined && calendar.workdaysBetween(day, today) > RECENT) {
    throw new Refusal(
      `未记录。最近一次应开的调度会是${dayWord(day)},请写明是哪天开的,如「${spoken(day)}调度会已召开 参会${attended}人 时长${minutes}分钟」。`,
    );
  }
  if (await heldIn(tx, plan, day.slice(0, 7))) {
    throw new Refusal(`${Number(day.slice(5, 7))}月调度会已登记召开,不重复计。`);
  }
  const took = { day, people: attended, minutes };
  const codes = await hold(tx, plan, due, took, said.origin);
  return {
    head: `已记录,${dayWord(day)}月调度会已召开:参会${attended}人,时长${minutes}分钟。`,
    lines: [
      `计入${codes.map((code) => `【${code}】`).join('')},一次会议只记一次,不必另报。`,
      ...(minutes > due.minutes ? [`会议时长超过${due.minutes}分钟,按未达标计。`] : []),
      '议定事项请逐条发「议定 任务编号 事项 期限」。',
    ],
    takeBack: 'mistaken',
  };
}
