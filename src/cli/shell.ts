import { join } from 'node:path';
import { mentionOf, purposes } from '../chat/words.ts';
import { type Config, secretsOf } from '../config.ts';
import type { Store } from '../ledger/db.ts';
import { nobody } from '../ledger/entries.ts';
import { type Invitation, invite } from '../ledger/people/invites.ts';
import { called, sectionCalled } from '../ledger/people/roster.ts';
import { plansInUse, plansOf } from '../ledger/plan.ts';
import { groups } from '../ledger/schema.ts';
import type { Seal } from '../ledger/seal.ts';
import type { Audience } from '../ledger/terms.ts';
import { createLog, strikeOf } from '../log.ts';
import { createPlatforms } from '../platforms/index.ts';
import { named } from '../platforms/names.ts';
import { openSeal, secretKey } from '../secret.ts';
import type { Clock } from '../time.ts';
import { createWays, type Ways } from '../ways/ways.ts';
import { createLinks } from '../web/links.ts';
import { exportWorkbook } from '../workbook/export.ts';
import { importWorkbook } from '../workbook/import.ts';
import { watchMeetings } from './meetings.ts';
import { afterRestore } from './restored.ts';
import { verifyWhole } from './verify.ts';

/** What a command line needs; the server lends it to one that finds the data folder held. */
export interface ShellParts {
  store: Store;
  clock: Clock;
  config: Config;
}

/** Where a command's words go. */
export type Write = (text: string) => void;
/** `input` is the file that a command works on, in base64. */
type ShellCommand = (parts: ShellParts, args: string[], write: Write, input: string) => Promise<number>;

/** What the command line can do with the ledger. Gives the exit code. */
const shellCommands: Record<string, ShellCommand> = {
  verify: async ({ store, config }, _args, write) => {
    const verdict = await verifyWhole(store, join(config.DATA_DIR, 'files'));
    if (verdict.sound) {
      write(`${JSON.stringify({ entries: verdict.entries })}\n`);
      return 0;
    }
    const { task, entry, why } = verdict;
    write(`${JSON.stringify({ task, entry, why })}\n`);
    return 1;
  },

  restored: async ({ store, clock, config }, _args, write) => {
    if ((await plansInUse(store.db)).length === 0)
      return refuse(write, '台账里还没有方案,备份可能没有恢复完整。');
    const ways = waysBy(config, await openSeal(config, store.db));
    const log = createLog(config.LOG_LEVEL, strikeOf(secretsOf(config)));
    const botNames = { wecom: config.WECOM_BOT_NAME, dingtalk: config.DINGTALK_BOT_NAME };
    const { letters, slots } = await store.db.transaction((tx) =>
      afterRestore({ store: { db: tx }, ways, log, botNames }, clock.now()),
    );
    write(
      `到此刻为止应发的${slots}次推送和${letters}条消息按已发出处理,不再发送;仍需提醒的,下次推送会再提到。\n` +
        '通报和会议通知是否已发出,请整改办看群核对:通报回复「通报已看到」或「补发通报」,暂缓中的由组长签发。\n',
    );
    return 0;
  },

  board: async ({ store, clock, config }, [name, days = '7'], write) => {
    // People who try it out have no public address; this machine's own is enough for them.
    const base = config.PUBLIC_URL ?? (config.sandbox ? `http://127.0.0.1:${config.PORT}` : undefined);
    if (base === undefined) return refuse(write, '请先设置 PUBLIC_URL:手机和大屏访问本服务的地址。');
    const group = (await store.db.select().from(groups)).find(
      (each) => each.name === name || each.code === name,
    );
    if (!group || !/^[1-9]\d?\d?$/.test(days)) return refuse(write, boardUsage);
    const { to } = createLinks(secretKey(config), base);
    const link = (page: string) => to(page, { groupId: group.id }, clock.now(), Number(days));
    write(
      `看板 ${link('board')}\n大屏 ${link('board/wall')}\n${days}天内有效,供${group.name}成员查看,不含限知事项。\n`,
    );
    return 0;
  },

  invite: async ({ store, clock, config }, [to, section], write) => {
    const [plan] = await plansOf(store.db);
    if (!plan) return refuse(write, '台账里还没有方案。');
    if (to === undefined) return refuse(write, inviteUsage);
    return store.db.transaction(async (tx) => {
      const person = await called(tx, plan.id, to);
      const unit = section === undefined ? undefined : await sectionCalled(tx, plan.id, section);
      const whom: Invitation | undefined = person
        ? { personId: person.id }
        : isAudience(to)
          ? { audience: to, sectionId: unit?.id ?? null }
          : undefined;
      if (!whom || (to === 'section' && !unit)) return refuse(write, inviteUsage);
      const code = await invite(tx, plan, whom, nobody(clock.now()));
      const mention = mentionOf(config.botNames);
      const how = person
        ? `请${to}在单聊里发:绑定 ${code}(在群里发须先 ${mention})`
        : `请在该群里发:${mention} 登记本群 ${isAudience(to) ? purposes[to] : ''} ${code}`;
      write(`${code}\n${how}\n三天内有效,只能用一次。\n`);
      return 0;
    });
  },

  /** Gives the workbook in base64. */
  export: async ({ store, clock }, _args, write) => {
    write((await exportWorkbook(store, clock.now())).toString('base64'));
    return 0;
  },

  import: async ({ store, clock, config }, args, write, input) => {
    const seal = await openSeal(config, store.db);
    const ways = waysBy(config, seal);
    const outcome = await importWorkbook(Buffer.from(input, 'base64'), {
      ...{ store, seal },
      watch: (tx) => watchMeetings(tx, ways, clock.now()),
      bases: { wecom: config.WECOM_API_BASE, dingtalk: config.DINGTALK_OAPI_BASE },
      now: clock.now(),
      by: args.find((each) => each.startsWith(BY))?.slice(BY.length) ?? null,
      dry: args.includes('--dry'),
    });
    write(`${outcome.text}\n`);
    if (outcome.ended === 'written' && config.sandbox) write('沙盘页面在服务重启后按新方案显示。\n');
    return outcome.ended === 'refused' ? 1 : 0;
  },
};

/** Whom a text reaches; a command only puts it, and the server sends it. */
const waysBy = (config: Config, seal: Seal): Ways =>
  createWays({ platforms: createPlatforms(config, named), seal, sampleAddress: () => undefined });

/** `--by=姓名`: who brings a workbook in. */
const BY = '--by=';

const boardUsage = '用法:npm run board -- 群名称(如 领导小组群) [天数,默认7,最多999]';
const inviteUsage =
  '用法:npm run invite -- 姓名 | leaders | office | system | section 科室名称(姓名和科室以台账为准)';

const isAudience = (word: string): word is Audience =>
  ['leaders', 'office', 'system', 'section'].includes(word);

function refuse(write: Write, why: string): number {
  write(`${why}\n`);
  return 2;
}

export async function runCommand(
  parts: ShellParts,
  command: string,
  args: string[],
  input: string,
  write: Write,
): Promise<number> {
  const run = Object.hasOwn(shellCommands, command) ? shellCommands[command] : undefined;
  return run ? run(parts, args, write, input) : refuse(write, `没有这个命令:${command}`);
}
