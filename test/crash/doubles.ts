import { readFileSync } from 'node:fs';
import { createDingtalkDouble, type DingtalkDouble } from '../../src/platforms/sandbox/dingtalk/double.ts';
import type { Surroundings } from '../../src/platforms/sandbox/double.ts';
import { createWecomDouble, type WecomDouble } from '../../src/platforms/sandbox/wecom/double.ts';
import type { Clock } from '../../src/time.ts';
import { settings } from './hooks.ts';

export interface Doubles {
  wecom: WecomDouble;
  dingtalk: DingtalkDouble;
  /** What makes the product take them for the platforms. */
  settings: Record<string, string>;
  /** Everything that the product has said unasked, in that order on each platform. */
  shown(): Shown[];
  close(): Promise<void>;
}

type Platform = 'wecom' | 'dingtalk';
interface Sample {
  groups: { code: string; name: string; platform: Platform; chat_id: string }[];
  people: { name: string; accounts: Partial<Record<Platform, string>> }[];
}

const app = { corpId: 'wwCrash', secret: 'a secret of the app', agentId: 1_000_002 };

/** What people have seen of a push in a chat. */
export interface Shown {
  chat: string;
  text: string;
}

/** Both platforms as the sample plan's people and groups have them, for a product in processes of its own. */
export async function openDoubles(clock: Clock): Promise<Doubles> {
  const file = new URL('../../src/ledger/sample/plan-2025.json', import.meta.url);
  const { groups, people }: Sample = JSON.parse(readFileSync(file, 'utf8'));
  const world = (platform: Platform): Surroundings => ({
    ...{ clock, deliver: '', botName: '督办' },
    groups: groups
      .filter((group) => group.platform === platform)
      .map(({ code, name, chat_id: chat }) => ({ name, chat, key: `sample-${code}` })),
    people: people.flatMap(({ name, accounts }) => {
      const account = accounts[platform];
      return account === undefined ? [] : [{ name, account }];
    }),
  });
  const { WECOM_TOKEN: token, WECOM_AES_KEY: aesKey, DINGTALK_APP_SECRET: appSecret } = settings;
  const robot = { appKey: 'dingCrash', appSecret, robotCode: settings.DINGTALK_ROBOT_CODE };
  const wecom = createWecomDouble({ ...world('wecom'), token, aesKey, app });
  const dingtalk = createDingtalkDouble({ ...world('dingtalk'), ...robot });
  const [wecomBase, dingtalkBase] = [await wecom.listen(), await dingtalk.listen()];
  return {
    wecom,
    dingtalk,
    settings: {
      WECOM_API_BASE: wecomBase,
      WECOM_CORP_ID: app.corpId,
      WECOM_AGENT_ID: String(app.agentId),
      WECOM_APP_SECRET: app.secret,
      DINGTALK_API_BASE: dingtalkBase,
      DINGTALK_OAPI_BASE: dingtalkBase,
      DINGTALK_APP_KEY: robot.appKey,
    },
    shown: () =>
      [...wecom.lines(), ...dingtalk.lines()]
        .filter(({ from, answers }) => from === null && answers === undefined)
        .map(({ chat, text }) => ({ text, chat: 'group' in chat ? chat.group : chat.single })),
    close: async () => {
      await Promise.all([wecom.close(), dingtalk.close()]);
    },
  };
}
