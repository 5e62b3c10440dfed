import { hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from './traces.ts';

/** Letters and figures that stand nowhere else. */
const core = (length = 20): string =>
  Array.from(
    randomBytes(length),
    (byte) => 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789'[byte % 54],
  )
    .join('')
    .replace(/^\d/, 'k');

/** With the signs that addresses, JSON, XML and markdown write otherwise. */
const thorny = (): string => `${core()}+/="&'<\\*_@`;

const names = {
  /** Settings. */
  environment: [
    'WECOM_TOKEN',
    'WECOM_APP_SECRET',
    'WECOM_BOT_SECRET',
    'WECOM_AES_KEY',
    'DINGTALK_APP_SECRET',
    'SECRET_KEY',
    'the database password',
  ],
  /** What the platforms give out. */
  issued: [
    'WeCom token',
    'WeCom token after it',
    'DingTalk token',
    'DingTalk token after it',
    'Stream ticket',
  ],
  /** In the addresses of group robots. */
  robots: ['leaders', 'office', 'dangwei', 'system', 'anquan', 'system 加签', 'anquan 加签'],
  /** In addresses that the import refuses. */
  refused: ['on another host', 'as a user’s password', 'in no address', 'with blanks'],
  /** What comes with a message. */
  carried: ['response code', 'webhook of a message', 'session', 'address of a picture', 'picture’s key'],
  /** What strangers put into a call. */
  strange: [
    'unsigned query',
    'Authorization',
    'cookie',
    'link’s signature',
    'cipher text',
    'query of no page',
  ],
  /** Wrong settings. */
  wrong: [
    'SECRET_KEY too short',
    'token with a sign',
    'another key',
    'another database',
    'base with a password',
  ],
} as const;

type Names = typeof names;
export type Secrets = { [Kind in keyof Names]: Record<Names[Kind][number], string> };

/** Distinct values for all of them, anew for each run. */
export function createSecrets(): Secrets {
  const make = (kind: keyof Names, name: string): string => {
    if (name === 'WECOM_AES_KEY') return `${core(42)}A`;
    if (name === 'DINGTALK_APP_SECRET' || name === 'SECRET_KEY') return thorny();
    return kind === 'wrong' ? core(14) : core();
  };
  return Object.fromEntries(
    (Object.keys(names) as (keyof Names)[]).map((kind) => [
      kind,
      Object.fromEntries(names[kind].map((name) => [name, make(kind, name)])),
    ]),
  ) as Secrets;
}

/** As they are looked for: with the keys that are made from them. */
export function wanted(secrets: Secrets): Secret[] {
  const own = Object.entries(secrets).flatMap(([kind, values]) =>
    Object.entries(values).map(([name, value]) => ({ name: `${kind}: ${name}`, core: coreOf(value) })),
  );
  const { SECRET_KEY, WECOM_AES_KEY } = secrets.environment;
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', SECRET_KEY, 'duban', use, 32));
  return [
    ...own,
    { name: 'the key of links', core: derived('links') },
    { name: 'the key of addresses', core: derived('push addresses') },
    { name: 'the bytes of the AES key', core: Buffer.from(`${WECOM_AES_KEY}=`, 'base64') },
  ];
}

const coreOf = (value: string): string => /^[A-Za-z0-9]+/.exec(value)?.[0] ?? value;
