import type { Db } from '../ledger/db.ts';
import { leasesNow } from '../ledger/leases.ts';

const platforms: Record<string, string> = { wecom: '企业微信', dingtalk: '钉钉' };

/** How the long connections stand, a line each; none where none was ever wanted. */
export async function connectionsSaid(db: Db, when: (at: Date) => string): Promise<string[]> {
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
