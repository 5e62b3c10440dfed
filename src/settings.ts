import { z } from 'zod';

export const PUBLIC_WECOM = 'https://qyapi.weixin.qq.com';
export const PUBLIC_WECOM_SOCKET = 'wss://openws.work.weixin.qq.com';
export const PUBLIC_DINGTALK = 'https://api.dingtalk.com';
const PUBLIC_DINGTALK_OLD = 'https://oapi.dingtalk.com';

/** An empty line in an env file means "not set". */
const blankIsAbsent = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <T extends z.ZodType>(type: T) => z.preprocess(blankIsAbsent, type.optional());
const words = (fallback: string) => z.preprocess(blankIsAbsent, z.string().trim().default(fallback));
const flag = optional(z.stringbool());
/**
 * A place on the web that paths are put behind, in the one way in which URLs are written (small letters, no usual port,
 * Punycode): what is made from it is held against it.
 */
const place = z
  .url({ protocol: /^https?$/, abort: true })
  .transform((address) => new URL(address))
  .refine(({ search, hash, username, password }) => search + hash + username + password === '')
  .transform(({ origin, pathname }) => origin + pathname.replace(/\/+$/, ''));
const base = (fallback: string) => z.preprocess(blankIsAbsent, place.default(fallback));

/**
 * What a console shows to be copied: with quotation marks around it or a line's end in it nobody is let in, and nothing
 * says why.
 */
const credential = z
  .string()
  .trim()
  .regex(/^(?!["'“”‘’])\P{C}+(?<!["'“”‘’])$/u);

/** The folder of a socket may stand for it. */
function namesHost(address: string): boolean {
  const { hostname, searchParams } = new URL(address);
  return hostname !== '' || searchParams.has('host');
}

export const settings = z.object({
  PORT: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).max(65_535).default(3000)),
  HOST: optional(z.string().trim()),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, abort: true }).refine(namesHost)),
  DATA_DIR: words('.data'),
  NODE_ENV: z.preprocess(blankIsAbsent, z.enum(['development', 'test', 'production']).default('development')),
  LOG_LEVEL: z.preprocess(
    blankIsAbsent,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ),
  PUBLIC_URL: optional(place),
  SECRET_KEY: optional(z.string().min(16)),
  SANDBOX: flag,
  SHUTDOWN_GRACE_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).max(60_000).default(8_000)),
  CLOCK_OFFSET_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().default(0)),
  MEDIA_HOSTS: z.preprocess(
    blankIsAbsent,
    z
      .string()
      .regex(/^[\w.\-\s,:]*$/)
      .default(''),
  ),
  WECOM_TOKEN: optional(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9]{3,32}$/),
  ),
  WECOM_AES_KEY: optional(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9]{43}$/),
  ),
  WECOM_BOT_ID: optional(credential),
  WECOM_BOT_NAME: words('督办'),
  WECOM_RECEIVE_ID: words(''),
  WECOM_API_BASE: base(PUBLIC_WECOM),
  WECOM_CORP_ID: optional(credential),
  WECOM_AGENT_ID: optional(z.coerce.number().int()),
  WECOM_APP_SECRET: optional(credential),
  WECOM_BOT_SECRET: optional(credential),
  WECOM_WS_URL: z.preprocess(blankIsAbsent, z.url({ protocol: /^wss?$/ }).default(PUBLIC_WECOM_SOCKET)),
  DINGTALK_APP_KEY: optional(credential),
  DINGTALK_APP_SECRET: optional(credential),
  DINGTALK_ROBOT_CODE: optional(credential),
  DINGTALK_BOT_NAME: words('督办'),
  DINGTALK_STREAM: flag,
  DINGTALK_API_BASE: base(PUBLIC_DINGTALK),
  DINGTALK_OAPI_BASE: base(PUBLIC_DINGTALK_OLD),
});

export type Settings = z.infer<typeof settings>;

const YES_OR_NO = '填 1 或 0,或留空';
const ADDRESS = '须是以 https:// 开头的完整地址,不带账号和参数';
const COPIED = '照平台上显示的抄,不带引号,不换行';

/** How a setting is to be written. */
const writing: Partial<Record<string, string>> = {
  PORT: '须为0到65535的整数',
  DATABASE_URL: '须以 postgres:// 开头,如 postgres://用户:密码@主机:5432/库名',
  NODE_ENV: '正式使用填 production,否则留空',
  LOG_LEVEL: '可填 trace、debug、info、warn、error、silent',
  PUBLIC_URL: '须是以 https:// 或 http:// 开头的完整地址,不带账号和参数,如 https://duban.example.cn',
  SECRET_KEY: '至少16个字符',
  SANDBOX: YES_OR_NO,
  SHUTDOWN_GRACE_MS: '须为0到60000的整数(毫秒)',
  CLOCK_OFFSET_MS: '须为整数(毫秒)',
  MEDIA_HOSTS: '只写主机名,不带 https:// 和路径,多个用逗号分开',
  WECOM_TOKEN: '须为3到32位字母或数字',
  WECOM_AES_KEY: '须为43位字母或数字(EncodingAESKey)',
  WECOM_BOT_ID: COPIED,
  WECOM_CORP_ID: COPIED,
  WECOM_AGENT_ID: '须为应用的整数编号(AgentId)',
  WECOM_APP_SECRET: COPIED,
  WECOM_BOT_SECRET: COPIED,
  WECOM_API_BASE: ADDRESS,
  WECOM_WS_URL: '须是以 wss:// 开头的完整地址',
  DINGTALK_APP_KEY: COPIED,
  DINGTALK_APP_SECRET: COPIED,
  DINGTALK_ROBOT_CODE: COPIED,
  DINGTALK_STREAM: YES_OR_NO,
  DINGTALK_API_BASE: ADDRESS,
  DINGTALK_OAPI_BASE: ADDRESS,
};

export const wanted = (name: string): string => writing[name] ?? '写法不对,请对照 .env.example';
