import pino, { type Logger } from 'pino';

const SECRETS =
  /([?&](?:key|access_token|corpsecret|secret|session|ticket|code|response_code|sign|msg_signature|echostr)=)[^&\s"\\]+/gi;
const CREDENTIALS_IN_URL = /(postgres(?:ql)?:\/\/[^:@\s/]*:)[^@\s]*@/gi;

/** JSON lines. Secrets in addresses are struck out last, wherever in a line they stand. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    serializers: { err: told },
    hooks: {
      streamWrite: (line) => line.replace(SECRETS, '$1***').replace(CREDENTIALS_IN_URL, '$1***@'),
    },
  });
}

/**
 * What a log may hold of an error: its class, code and place. A database's message names the values of the failing
 * statement, which can be anybody's words or a restricted figure, so of those only the code is kept.
 */
function told(error: unknown): Record<string, unknown> {
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

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
