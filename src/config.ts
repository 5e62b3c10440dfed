import { readFileSync } from 'node:fs';
import { z } from 'zod';

const PUBLIC_WECOM = 'https://qyapi.weixin.qq.com';
const PUBLIC_WECOM_SOCKET = 'wss://openws.work.weixin.qq.com';
const PUBLIC_DINGTALK = 'https://api.dingtalk.com';
const PUBLIC_DINGTALK_OLD = 'https://oapi.dingtalk.com';

/** An empty line in an env file means "not set". */
const blankIsAbsent = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <T extends z.ZodType>(type: T) => z.preprocess(blankIsAbsent, type.optional());
const words = (fallback: string) => z.preprocess(blankIsAbsent, z.string().trim().default(fallback));
const flag = optional(z.stringbool());
const base = (fallback: string) =>
  z.preprocess(
    blankIsAbsent,
    z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .default(fallback),
  );

const settings = z.object({
  PORT: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).max(65_535).default(3000)),
  HOST: optional(z.string().trim()),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  DATA_DIR: words('.data'),
  NODE_ENV: words('development'),
  LOG_LEVEL: z.preprocess(
    blankIsAbsent,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  SECRET_KEY: optional(z.string().min(16)),
  SANDBOX: flag,
  SHUTDOWN_GRACE_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).max(60_000).default(8_000)),
  CLOCK_OFFSET_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().default(0)),
  MEDIA_HOSTS: words(''),
  WECOM_TOKEN: optional(z.string().regex(/^[A-Za-z0-9]{3,32}$/)),
  WECOM_AES_KEY: optional(z.string().regex(/^[A-Za-z0-9]{43}$/)),
  WECOM_BOT_ID: optional(z.string()),
  WECOM_BOT_NAME: words('督办'),
  WECOM_RECEIVE_ID: words(''),
  WECOM_API_BASE: base(PUBLIC_WECOM),
  WECOM_CORP_ID: optional(z.string()),
  WECOM_AGENT_ID: optional(z.coerce.number().int()),
  WECOM_APP_SECRET: optional(z.string()),
  WECOM_BOT_SECRET: optional(z.string()),
  WECOM_WS_URL: z.preprocess(blankIsAbsent, z.url({ protocol: /^wss?$/ }).default(PUBLIC_WECOM_SOCKET)),
  DINGTALK_APP_KEY: optional(z.string()),
  DINGTALK_APP_SECRET: optional(z.string()),
  DINGTALK_ROBOT_CODE: optional(z.string()),
  DINGTALK_BOT_NAME: words('督办'),
  DINGTALK_STREAM: flag,
  DINGTALK_API_BASE: base(PUBLIC_DINGTALK),
  DINGTALK_OAPI_BASE: base(PUBLIC_DINGTALK_OLD),
});

type Settings = z.infer<typeof settings>;
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

/** The only reader of the environment. Any setting can stand in a file that `NAME_FILE` points to. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = settings.safeParse(withFiles(environment));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${String(issue.path[0])}:${explain(issue)}`);
    throw new Misconfigured(`设置有误:\n${faults.join('\n')}`);
  }
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  const live = credentials.some((name) => values[name] !== undefined);
  const sandbox = values.SANDBOX ?? !(production || live);
  const host = values.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0');
  refuseContradictions(values, { production, sandbox, host });
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

function refuseContradictions(
  values: Settings,
  { production, sandbox, host }: Pick<Config, 'production' | 'sandbox' | 'host'>,
): void {
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(host);
  if (sandbox && !loopback) {
    throw new Misconfigured('HOST:沙盘只能开在本机(127.0.0.1);正式使用请设 SANDBOX=0');
  }
  if (production && values.CLOCK_OFFSET_MS !== 0) {
    throw new Misconfigured('CLOCK_OFFSET_MS:正式环境(NODE_ENV=production)不能拨动时钟');
  }
  if ((values.WECOM_TOKEN === undefined) !== (values.WECOM_AES_KEY === undefined)) {
    throw new Misconfigured('WECOM_TOKEN、WECOM_AES_KEY:两项须同时设置');
  }
  if (values.WECOM_BOT_SECRET !== undefined && values.WECOM_BOT_ID === undefined) {
    throw new Misconfigured('WECOM_BOT_SECRET:长连接还须设置 WECOM_BOT_ID');
  }
  const app = values.DINGTALK_APP_KEY !== undefined && values.DINGTALK_APP_SECRET !== undefined;
  if (values.DINGTALK_STREAM && !app && !sandbox) {
    throw new Misconfigured('DINGTALK_STREAM:还须设置 DINGTALK_APP_KEY、DINGTALK_APP_SECRET');
  }
  const bases = ['WECOM_API_BASE', 'WECOM_WS_URL', 'DINGTALK_API_BASE', 'DINGTALK_OAPI_BASE'] as const;
  for (const name of bases) {
    const url = new URL(values[name]);
    const inTheClear = url.protocol === 'http:' || url.protocol === 'ws:';
    if (inTheClear && !['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)) {
      throw new Misconfigured(`${name}:除本机外须用 ${name === 'WECOM_WS_URL' ? 'wss' : 'https'}`);
    }
  }
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

function explain(issue: z.core.$ZodIssue): string {
  const shown: Partial<Record<string, string>> = {
    WECOM_TOKEN: '须为3到32位字母或数字',
    WECOM_AES_KEY: '须为43位字母或数字(EncodingAESKey)',
    SECRET_KEY: '至少16个字符',
    DATABASE_URL: '须以 postgres:// 开头',
    LOG_LEVEL: '可填 trace、debug、info、warn、error、silent',
    PORT: '须为0到65535的整数',
  };
  return shown[String(issue.path[0])] ?? '写法不对,请对照 .env.example';
}
