import { randomBytes } from 'node:crypto';
import type Koa from 'koa';
import type { PlatformName } from './chat/message.ts';
import { vocabularyOf } from './chat/vocabulary.ts';
import { filled, ownOf } from './commands/command/own.ts';
import type { Config } from './config.ts';
import { calendarOf } from './ledger/calendar.ts';
import { dayOf } from './ledger/days.ts';
import type { PlanFile } from './ledger/plan/file.ts';
import { sampleKey } from './ledger/plan/load.ts';
import { createDingtalkDouble, type DingtalkDouble } from './platforms/sandbox/dingtalk/double.ts';
import type { Surroundings } from './platforms/sandbox/double.ts';
import { createWecomDouble, type WecomDouble } from './platforms/sandbox/wecom/double.ts';
import type { Clock } from './time.ts';
import { createSandbox } from './web/sandbox/sandbox.ts';

export interface OpenSandbox {
  /** The settings with the doubles in the place of the platforms. */
  config: Config;
  doubles: { wecom: WecomDouble; dingtalk: DingtalkDouble };
  page(look: () => Promise<void>): { routes: Koa.Middleware; close(): void };
  close(): Promise<void>;
}

interface Parts {
  config: Config;
  clock: Clock;
  plan: PlanFile;
  calendarDays: { day: string; kind: 'off' | 'work' }[];
  /** Where the server answers. */
  address: string;
  /** Milliseconds that the doubles wait for an answer; without it, as long as the platforms do. */
  patience?: number;
}

/** What to try first: as the chief could who speaks when the page opens. */
function firstTries(plan: PlanFile, now: Date): string[] {
  const section = plan.groups.find((group) => group.section !== undefined)?.section;
  const chief = plan.people.find((each) => each.section === section && each.roles.includes('chief'));
  const own = ownOf({
    vocabulary: vocabularyOf(plan, []),
    person: { name: chief?.name ?? '' },
    today: dayOf(now, plan.plan.time_zone),
  });
  return ['{task} {count}+1', '查 {task}', '我的', '总览', '帮助'].flatMap((each) => filled(each, own) ?? []);
}

/** Doubles of both platforms on loopback, and the page to play with them. A platform set elsewhere is left alone. */
export async function openSandbox({
  patience,
  config,
  clock,
  plan,
  calendarDays,
  address,
}: Parts): Promise<OpenSandbox> {
  const wecom = wecomParts(config);
  const dingtalk = dingtalkParts(config);
  const doubles = {
    wecom: createWecomDouble({ ...world('wecom', '/hooks/wecom'), ...wecom.double }),
    dingtalk: createDingtalkDouble({ ...world('dingtalk', '/hooks/dingtalk'), ...dingtalk.double }),
  };
  const bases = { wecom: await doubles.wecom.listen(), dingtalk: await doubles.dingtalk.listen() };

  function world(platform: PlatformName, path: string): Surroundings {
    return {
      ...(patience === undefined ? {} : { patience }),
      clock,
      deliver: `${address}${path}`,
      botName: platform === 'wecom' ? config.WECOM_BOT_NAME : config.DINGTALK_BOT_NAME,
      groups: plan.groups
        .filter((group) => group.platform === platform)
        .map((group) => ({ chat: group.chat_id, name: group.name, key: sampleKey(group) })),
      people: plan.people.flatMap(({ name, accounts }) => {
        const account = accounts[platform];
        return account === undefined ? [] : [{ name, account }];
      }),
    };
  }

  return {
    config: {
      ...config,
      ...(config.publicBases.wecom ? { ...wecom.settings, WECOM_API_BASE: bases.wecom } : {}),
      ...(config.publicBases.dingtalk
        ? { ...dingtalk.settings, DINGTALK_API_BASE: bases.dingtalk, DINGTALK_OAPI_BASE: bases.dingtalk }
        : {}),
      ...(config.publicBases.wecomSocket && wecom.connection
        ? { ...wecom.connection, WECOM_WS_URL: bases.wecom.replace(/^http/, 'ws') }
        : {}),
      publicBases: { wecom: false, wecomSocket: false, dingtalk: false },
    },
    doubles,
    page: (look) =>
      createSandbox({
        clock,
        look,
        doubles,
        botNames: { wecom: config.WECOM_BOT_NAME, dingtalk: config.DINGTALK_BOT_NAME },
        people: plan.people.map(({ name, section, roles, accounts }) => ({
          name,
          section,
          roles,
          accounts: given(accounts),
        })),
        groups: plan.groups.map(({ platform, chat_id: chat, name, audience, section }) => ({
          ...{ platform, chat, name, audience },
          ...(section === undefined ? {} : { section }),
        })),
        isWorkday: calendarOf(calendarDays).isWorkday,
        zone: plan.plan.time_zone,
        morning: plan.plan.settings.digest_at,
        examples: firstTries(plan, clock.now()),
      }),
    close: async () => {
      await Promise.all(Object.values(doubles).map((double) => double.close()));
    },
  };
}

const secret = (bytes: number) => randomBytes(bytes).toString('hex');

function wecomParts(config: Config) {
  const token = config.WECOM_TOKEN ?? secret(12);
  const aesKey = config.WECOM_AES_KEY ?? secret(22).slice(0, 43);
  const app = { corpId: config.WECOM_CORP_ID ?? 'wwSandbox', agentId: config.WECOM_AGENT_ID ?? 1_000_002 };
  const appSecret = config.WECOM_APP_SECRET ?? secret(16);
  // Whoever signs callbacks with a token of their own decides which bot they are for; else it is the double's.
  const botId = config.WECOM_BOT_ID ?? (config.WECOM_TOKEN === undefined ? 'aibSandbox' : undefined);
  const botSecret = config.WECOM_BOT_SECRET ?? secret(16);
  return {
    double: {
      ...{ token, aesKey, botSecret, app: { ...app, secret: appSecret } },
      ...(botId === undefined ? {} : { botId }),
    },
    connection: botId === undefined ? undefined : { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: botSecret },
    settings: {
      WECOM_TOKEN: token,
      WECOM_AES_KEY: aesKey,
      WECOM_CORP_ID: app.corpId,
      WECOM_AGENT_ID: app.agentId,
      WECOM_APP_SECRET: appSecret,
    },
  };
}

function dingtalkParts(config: Config) {
  const appKey = config.DINGTALK_APP_KEY ?? 'dingsandbox';
  const appSecret = config.DINGTALK_APP_SECRET ?? secret(24);
  const robotCode = config.DINGTALK_ROBOT_CODE ?? appKey;
  return {
    double: { appKey, appSecret, robotCode },
    settings: {
      DINGTALK_APP_KEY: appKey,
      DINGTALK_APP_SECRET: appSecret,
      DINGTALK_ROBOT_CODE: robotCode,
      DINGTALK_STREAM: true,
    },
  };
}

const given = (accounts: { wecom?: string | undefined; dingtalk?: string | undefined }) => ({
  ...(accounts.wecom === undefined ? {} : { wecom: accounts.wecom }),
  ...(accounts.dingtalk === undefined ? {} : { dingtalk: accounts.dingtalk }),
});
