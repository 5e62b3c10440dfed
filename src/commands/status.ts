import { pushName } from '../chat/pushNames.ts';
import { dayWord, spokenAt } from '../chat/words.ts';
import { dayOf } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { leasesNow } from '../ledger/leases.ts';
import { groupsOf } from '../ledger/people.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import type { LetterState } from '../ledger/terms.ts';
import { type Running, runningSince } from '../ledger/views/running.ts';
import type { Command } from './command.ts';

/** So many pushes to come are told. */
const COMING = 5;
const A_WEEK = 7 * 24 * 60 * 60_000;

const states: Record<LetterState | 'needless', string> = {
  sent: '已送达',
  draft: '待同意发出',
  pending: '待发',
  sending: '发送中',
  waiting: '等待重发',
  unknown: '结果不明',
  dead: '未送达',
  expired: '过时未发',
  needless: '不必再发',
};

export const status: Command = {
  act: 'status',
  heardAfterwards: true,
  help: '运行状态:近七天推送的送达、未送达和跳过情况,接下来的五次推送',
  examples: ['运行状态'],
  tells: true,
  may: ({ person, place }) => has(person, 'office', 'discipline', 'admin') && !isWide(place),
  run: async ({ tx, plan, now, upcoming }) => {
    const next = await upcoming(COMING);
    const running = await runningSince(tx, plan, new Date(now.getTime() - A_WEEK), now);
    const groups = await groupsOf(tx, plan.id);
    const when = (at: Date) => spokenAt(at, plan.timeZone);
    const stopped = groups.flatMap(({ name, gone, pausedAt }) =>
      gone !== null ? [`${name}(${gone})`] : pausedAt !== null ? [`${name}(已暂停)`] : [],
    );
    return {
      head: `运行状态 ${when(now)}`,
      lines: [
        `最近一次推送检查:${running.looked === null ? '还没有' : when(running.looked)}`,
        ...(await connectionsSaid(tx, when)),
        `近七天消息:${lettersWord(running)}`,
        ...running.lost.map((letter) => `未达:${when(letter.at)} ${pushName(letter.push)} ${letter.why}`),
        ...skipped(running, plan.timeZone).map(
          ([at, pushes]) => `跳过:${at} ${pushes.map(pushName).join('、')},当时未运行`,
        ),
        ...running.robotsPaused.map(({ until, why }) => `平台暂不接收(${why}),${when(until)}后再试`),
        ...running.setAside.map(
          ({ platform, reason, times, last }) =>
            `需留意的回调:${platforms[platform] ?? platform} ${reason},${times}次,最近${when(last)}`,
        ),
        ...(stopped.length === 0 ? [] : [`不推送的群:${stopped.join('、')}`]),
        `接下来:${next.map(({ push, at }) => `${when(at)} ${pushName(push)}`).join(';') || '没有'}`,
      ],
    };
  },
};

const DAYS = 3;

/** The last days on which moments went by without anybody looking, each with its pushes. */
function skipped({ missed }: Running, timeZone: string): [string, string[]][] {
  const days = new Map<string, string[]>();
  for (const { push, dueAt } of missed) {
    const day = dayWord(dayOf(dueAt, timeZone));
    days.set(day, [...new Set([...(days.get(day) ?? []), push])]);
  }
  return [...days].slice(0, DAYS);
}

function lettersWord({ letters }: Running): string {
  const parts = (Object.keys(states) as (keyof typeof states)[]).flatMap((state) =>
    letters[state] ? [`${states[state]}${letters[state]}条`] : [],
  );
  return parts.length === 0 ? '没有' : parts.join(',');
}

const platforms: Record<string, string> = { wecom: '企业微信', dingtalk: '钉钉' };

/** How the long connections stand, a line each; none where none was ever wanted. */
async function connectionsSaid(db: Db, when: (at: Date) => string): Promise<string[]> {
  const all = await leasesNow(db);
  return all.map(({ name, held, state, why, since }) => {
    const up = held && (state === 'ready' || state === 'subscribed');
    const reason = held ? reasonOf(why) : ',没有进程持有';
    return `${platforms[name] ?? name}长连接:${up ? '已连接' : '未连接'},自${when(since)}${up ? '' : reason}`;
  });
}

/** In words for whoever has to mend it; what they don't cover, as the platform puts it. */
function reasonOf(why: string | null): string {
  if (why === null) return '';
  if (why === 'another connection') return ',同一机器人在别处另有连接';
  if (why === 'errcode 853000') return ',机器人ID或密钥不符';
  return `,原因代码 ${why}`;
}
