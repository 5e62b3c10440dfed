import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { isLoopback, isLoopbackHost } from './loopback.ts';
import {
  PUBLIC_DINGTALK,
  PUBLIC_WECOM,
  PUBLIC_WECOM_SOCKET,
  type Settings,
  settings,
  wanted,
} from './settings.ts';

export type Config = Settings & {
  production: boolean;
  sandbox: boolean;
  host: string;
  botNames: string[];
  /** Whether WeCom and DingTalk are the ones the public reaches, or stand-ins (a private deployment, the sandbox). */
  publicBases: { wecom: boolean; wecomSocket: boolean; dingtalk: boolean };
};

/** What an operator has to mend, in Chinese, one line a fault; names settings, never their values. */
export class Misconfigured extends Error {
  override name = 'Misconfigured';
}

const credentials = [
  'WECOM_TOKEN',
  'WECOM_AES_KEY',
  'WECOM_APP_SECRET',
  'WECOM_BOT_SECRET',
  'DINGTALK_APP_SECRET',
] as const;

/** Which database the settings mean, as `openStore` wants to know it. */
export const storeOf = ({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir }: Config) => ({
  dataDir,
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
});

/** Shorter ones would be struck out of the middle of words. */
const TELLING = 6;

/** The values among the settings that nobody may read. */
export function secretsOf(config: Config): string[] {
  const password = config.DATABASE_URL === undefined ? '' : new URL(config.DATABASE_URL).password;
  const own = [...credentials, 'SECRET_KEY' as const].flatMap((name) => config[name] ?? []);
  return [...own, password].filter((value) => value.length >= TELLING);
}

const IN_FILE = '--settings=';

/**
 * Takes the settings of the file that a command line begins with, where there is such a file, into the environment, whose
 * own hold; gives back the rest of the line.
 */
export function takeSettings([first = '', ...rest]: string[], environment: NodeJS.ProcessEnv): string[] {
  if (!first.startsWith(IN_FILE)) return first === '' ? rest : [first, ...rest];
  const file = first.slice(IN_FILE.length);
  if (!existsSync(file)) return rest;
  // A mark that Windows puts at a file's head would become part of the first name.
  const read = parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  for (const [name, value] of Object.entries(read)) environment[name] ??= value;
  return rest;
}

/** The only reader of the environment. Any setting can stand in a file that `NAME_FILE` points to. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = settings.safeParse(withFiles(environment));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path: [name] }) => `${String(name)}:${wanted(String(name))}`);
    throw new Misconfigured(faults.join('\n'));
  }
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  const live = credentials.some((name) => values[name] !== undefined);
  const sandbox = values.SANDBOX ?? !(production || live);
  const host = values.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0');
  const faults = contradictions(values, { production, sandbox, host });
  if (faults.length > 0) throw new Misconfigured(faults.join('\n'));
  return {
    ...values,
    production,
    sandbox,
    host,
    botNames: [...new Set([values.WECOM_BOT_NAME, values.DINGTALK_BOT_NAME])],
    publicBases: {
      wecom: values.WECOM_API_BASE === PUBLIC_WECOM,
      wecomSocket: values.WECOM_WS_URL === PUBLIC_WECOM_SOCKET,
      dingtalk: values.DINGTALK_API_BASE === PUBLIC_DINGTALK,
    },
  };
}

/** What belongs together; half of it would start and do nothing. */
const wholes = [
  { names: ['WECOM_TOKEN', 'WECOM_AES_KEY'], of: '企业微信回调' },
  { names: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_APP_SECRET'], of: '企业微信应用单聊推送' },
] as const;

/** A setting needs another one, which works without it. */
const needs = [
  { name: 'WECOM_BOT_SECRET', other: 'WECOM_BOT_ID', of: '企业微信长连接' },
  { name: 'DINGTALK_APP_KEY', other: 'DINGTALK_APP_SECRET', of: '钉钉应用' },
  { name: 'DINGTALK_ROBOT_CODE', other: 'DINGTALK_APP_SECRET', of: '钉钉机器人' },
] as const;

const bases = ['WECOM_API_BASE', 'WECOM_WS_URL', 'DINGTALK_API_BASE', 'DINGTALK_OAPI_BASE'] as const;

/** Each well written, and not to be had together. */
function contradictions(
  values: Settings,
  { production, sandbox, host }: Pick<Config, 'production' | 'sandbox' | 'host'>,
): string[] {
  const app = values.DINGTALK_APP_KEY !== undefined && values.DINGTALK_APP_SECRET !== undefined;
  return [
    ...(sandbox && !isLoopback(host)
      ? [
          `HOST:沙盘只能开在本机(127.0.0.1),这一项请空着;在别的电脑上看沙盘,请在那台电脑上执行 ssh -L ${values.PORT}:127.0.0.1:${values.PORT} 用户@服务器,再打开 http://127.0.0.1:${values.PORT}/sandbox;正式使用请设 SANDBOX=0`,
        ]
      : []),
    ...(production && values.CLOCK_OFFSET_MS !== 0
      ? ['CLOCK_OFFSET_MS:正式环境(NODE_ENV=production)不能拨动时钟']
      : []),
    ...wholes.flatMap(({ names, of }) => {
      const absent = names.filter((name) => values[name] === undefined);
      const isHalf = absent.length > 0 && absent.length < names.length;
      return isHalf ? [`${absent.join('、')}:未设置;${of}的${names.join('、')}须同时设置`] : [];
    }),
    ...needs
      .filter(({ name, other }) => values[name] !== undefined && values[other] === undefined)
      .map(({ name, other, of }) => `${other}:未设置;${of}设了 ${name},还须设置这一项`),
    ...(values.DINGTALK_STREAM && !app && !sandbox
      ? ['DINGTALK_STREAM:还须设置 DINGTALK_APP_KEY、DINGTALK_APP_SECRET']
      : []),
    ...bases
      .filter((name) => isInTheClear(values[name]))
      .map((name) => `${name}:除本机外须用 ${name === 'WECOM_WS_URL' ? 'wss' : 'https'}`),
  ];
}

function isInTheClear(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  const isPlain = protocol === 'http:' || protocol === 'ws:';
  return isPlain && !isLoopbackHost(hostname);
}

function withFiles(environment: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const name of Object.keys(settings.shape)) {
    const file = environment[`${name}_FILE`];
    if (file !== undefined && file !== '' && (environment[name] ?? '') !== '') {
      throw new Misconfigured(`${name}:与 ${name}_FILE 只能设一个`);
    }
    values[name] = file ? readSetting(name, file) : environment[name];
  }
  return values;
}

function readSetting(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Misconfigured(`${name}_FILE:读不到所指的文件`);
  }
}
