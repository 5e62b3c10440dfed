import { isTooLarge, MOST_MEGABYTES } from '../chat/message.ts';
import { dayWord, noReplyNeeded } from '../chat/words.ts';
import { addDays, dayOf, instantOf, startOf } from '../ledger/days.ts';
import { endedSince, isAnyEnded } from '../ledger/files.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import type { Slot } from '../ledger/slots.ts';
import { isOpen } from './push/moment.ts';
import type { Look, Moment, Notice, Push } from './push.ts';

const MINUTES = 10;
/** What ended in the evening or before a holiday is told on the next working day. */
const BACK = 15;

type Ended = Awaited<ReturnType<typeof endedSince>>[number];

/** Asks, one to one, for a file that could not be fetched; says of one that it was there before. */
export const files: Push = {
  name: 'files',
  times: () => [],
  slots: everyTenMinutes,
  isDue: (db, moment) => isAnyEnded(db, moment.plan.id, lately(moment)),
  scan: async (look) => {
    const ended = await endedSince(look.db, look.plan.id, lately(look));
    return ended.flatMap((file) => noticeOf(look, file) ?? []);
  },
};

const lately = ({ plan, today }: Moment): Date => startOf(plan, addDays(today, -BACK));

function noticeOf(look: Look, file: Ended): Notice | undefined {
  if (look.reach(file.personId)?.place !== 'single') return undefined;
  const what = file.kind === 'picture' ? '图片' : '文件';
  const sent = dayWord(dayOf(file.at, look.plan.timeZone));
  const line = file.first
    ? `${sent}发来的${what}登记过:${mayShow(file.first.level, 'system') ? `【${file.first.code}】` : ''}${dayWord(dayOf(file.first.at, look.plan.timeZone))}。两处都保留,不必重发。`
    : isTooLarge(file)
      ? `${sent}发来的${what}超过${MOST_MEGABYTES}MB,没有存档。请压缩后再发,或写「佐证 任务编号 指标 名称 日期 存放处」;台账里的登记不受影响。`
      : `${sent}发来的${what}没有取到(平台只保留几分钟)。如需存档,请再发一次,并写明任务编号和指标;台账里的登记不受影响。`;
  return {
    key: `files:${file.id}:${file.state}`,
    to: { personId: file.personId },
    tasks: [],
    marks: [],
    reply: { lines: [line], footer: noReplyNeeded },
  };
}

function everyTenMinutes(look: Moment, last: Date | null): Slot[] {
  if (!isOpen(look)) return [];
  const span = MINUTES * 60_000;
  const dueAt = new Date(Math.floor(look.now.getTime() / span) * span);
  return last !== null && dueAt <= last
    ? []
    : [{ dueAt, expiresAt: instantOf(look.today, look.plan.settings.quiet[1], look.plan.timeZone) }];
}
