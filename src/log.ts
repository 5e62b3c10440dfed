import pino, { type Logger } from 'pino';

const SECRETS =
  /([?&](?:key|access_token|corpsecret|secret|session|ticket|code|response_code|sign|msg_signature|echostr)=)[^&\s"\\]+/gi;
const CREDENTIALS_IN_URL = /(postgres(?:ql)?:\/\/[^:@\s/]*:)[^@\s]*@/gi;

/** JSON lines. Secrets inside addresses are struck out last, wherever in a line they stand: messages, causes, stacks. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    redact: { paths: ['*.token', '*.secret', '*.aesKey', '*.appSecret', '*.password'], censor: '***' },
    hooks: {
      streamWrite: (line) => line.replace(SECRETS, '$1***').replace(CREDENTIALS_IN_URL, '$1***@'),
    },
  });
}
