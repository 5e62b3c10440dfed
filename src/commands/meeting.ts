import { dayWord } from '../chat/words.ts';
import { meetingOf, setMeeting } from '../ledger/meetings.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import type { Command } from './command.ts';

const HOW = '请写「调度会 日期 时间 地点」,如「调度会 4月24日 15:00 局三楼会议室」。';

export const meeting: Command = {
  act: 'meeting',
  help: '调度会 日期 时间 地点:确定本月调度会,通知按此发出',
  examples: ['调度会 4月24日 15:00 局三楼会议室'],
  may: ({ person }) => has(person, 'office'),
  run: async (said, { date, about, time, place }) => {
    const { plan, calendar, today } = said;
    if (about === '已召开') {
      throw new Refusal('会议情况请按任务登记,如「1.3.1 4月月调度1次 佐证:会议纪要(存放处)」。');
    }
    if (date === undefined) throw new Refusal(HOW);
    if (date < today) throw new Refusal(`${dayWord(date)}已过,请重写日期。`);
    if (!calendar.isWorkday(date)) throw new Refusal(`${dayWord(date)}是休息日,请改为工作日。`);
    const usual = await meetingOf(said.tx, plan, calendar, date.slice(0, 7));
    const from = time ?? usual?.time;
    const where = place ?? usual?.place;
    if (from === undefined || where === undefined) throw new Refusal(HOW);
    const set = { day: date, time: from, place: where };
    await setMeeting(said.tx, plan, set, said.origin, said.now, said.text);
    return {
      lines: [
        `已记录,${Number(date.slice(5, 7))}月调度会定于${dayWord(date)}${from},${where}。`,
        '通知于会前5个工作日、提示于会前1个工作日发出;有变化再发一次即可。',
      ],
    };
  },
};
