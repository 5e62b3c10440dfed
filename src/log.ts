import pino, { type Logger } from 'pino';

const SECRETS =
  /([?&](?:key|access_token|corpsecret|secret|session|ticket|code|response_code|sign|msg_signature|echostr)=)[^&\s"\\]+/gi;
const CREDENTIALS_IN_URL = /(postgres(?:ql)?:\/\/[^:@\s/]*:)[^@\s]*@/gi;

/** Strikes secrets out of what an operator gets to read. */
export type Strike = (text: string) => string;

/** What stands in addresses where secrets do, and these very values, also as JSON and addresses write them. */
export function strikeOf(secrets: readonly string[]): Strike {
  const written = secrets.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
  ]);
  const longestFirst = [...new Set(written)].sort((one, other) => other.length - one.length);
  const values = new RegExp(longestFirst.map((each) => each.replace(/\W/g, '\\$&')).join('|') || '(?!)', 'g');
  return (text) =>
    text.replace(SECRETS, '$1***').replace(CREDENTIALS_IN_URL, '$1***@').replace(values, '***');
}

/** JSON lines. Secrets are struck out last, wherever in a line they stand. */
export function createLog(level: string, strike: Strike): Logger {
  return pino({ level, base: null, serializers: { err: told }, hooks: { streamWrite: strike } });
}

/** A fault of the product as a terminal shows it: what the log would hold of it. */
export const faultText = (error: unknown): string => inWords(told(error));

/** The same in one line. */
export function faultLine(error: unknown): string {
  const { type, code, message } = told(error);
  return message ?? [type, code].filter((each) => each !== undefined).join(' ');
}

const inWords = ({ type, code, message, at = [], cause }: Told): string =>
  [
    [type, code, message].filter((each) => each !== undefined).join(' '),
    ...at,
    ...(cause === undefined ? [] : [`because of ${inWords(cause)}`]),
  ].join('\n');

/**
 * What a log may hold of an error: its class, code and place. A database's message names the values of the failing
 * statement, which can be anybody's words or a restricted figure, so of those only the code is kept.
 */
function told(error: unknown): Told {
  if (!(error instanceof Error)) return { type: typeof error };
  const { cause } = error;
  const code = codeOf(error) ?? codeOf(cause);
  const ofDatabase = 'query' in error || code !== undefined;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(ofDatabase ? {} : { message: error.message }),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8),
    ...(cause === undefined ? {} : { cause: told(cause) }),
  };
}

interface Told {
  type: string;
  code?: unknown;
  message?: string;
  at?: string[];
  cause?: Told;
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
