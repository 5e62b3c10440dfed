import type { Dial } from '../../../src/platforms/connection/wire.ts';
import type { Hands } from '../../connections/hands.ts';

/** How a robot's platform fails. What it takes before it falls silent, people see. */
export const faults = [
  '429',
  'busy',
  'too fast',
  '500',
  '302',
  'html',
  'hang after accepting',
  'hang before accepting',
  'reset after accepting',
  'reset before accepting',
  'refused',
  'unreachable',
  'token expired',
  'tokens never taken',
  'token refused',
  'token html',
  'token hangs',
  'shut',
  'no licence',
] as const;
export type Fault = (typeof faults)[number];

/** One call of the product's as it left the house. */
export interface Invocation {
  robot: string;
  kind: 'send' | 'token' | 'upload';
  /** Milliseconds of simulated time. */
  at: number;
  /** The letters that it carried. */
  letters: string[];
}

export interface Wire {
  fetch: typeof globalThis.fetch;
  /** Puts itself between the house and the sockets of WeCom's connection. */
  between(dial: Dial): Dial;
  calls: Invocation[];
  /** Everything that this robot's platform is asked fails from now on; what it is asked for one account, where that is given. */
  fail(robot: string, fault: Fault, account?: string): void;
  heal(): void;
  /** Calls that the double is working at. */
  busy(): number;
}

/**
 * What each platform says where it is busy, where it was asked too often, where a token is too old, where a setting keeps
 * the caller out, and where it takes a message that nobody will be shown.
 */
interface Words {
  busy: object;
  tooFast: object;
  expired: object;
  shut: object[];
  unshown: object;
  status?: number;
}
const ofWecom: Words = {
  ...{ busy: { errcode: -1 }, tooFast: { errcode: 45009 }, expired: { errcode: 42001 } },
  shut: [{ errcode: 60020 }, { errcode: 48002 }, { errcode: 301002 }],
  unshown: { errcode: 0, unlicenseduser: 'somebody' },
};
const ofDingtalk: Words = {
  ...{ busy: { errcode: -1 }, tooFast: { errcode: 130101 }, expired: { errcode: 40014 } },
  shut: ['ip 1.2.3.4 not in whitelist', 'sign not match'].map((errmsg) => ({ errcode: 310000, errmsg })),
  unshown: { errcode: 0 },
};
const ofUploads: Words = {
  ...ofDingtalk,
  tooFast: { errcode: 90018 },
  shut: [{ errcode: 88, sub_code: '60011' }, { errcode: 60020 }],
};
const ofOpenApi: Words = {
  ...{ busy: { code: 'too.many.requests' }, tooFast: { code: 'send.too.fast' } },
  expired: { code: 'InvalidAuthentication' },
  shut: [
    { code: 'Forbidden.AccessDenied.IpNotInWhiteList' },
    { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' },
    { code: 'invalidParameter.robotCode.auth' },
  ],
  unshown: { processQueryKey: 'k', invalidStaffIdList: ['somebody'] },
  status: 400,
};
function wordsAt(path: string): Words {
  if (path.startsWith('/v1.0')) return ofOpenApi;
  if (path.startsWith('/cgi-bin')) return ofWecom;
  return path.startsWith('/media') ? ofUploads : ofDingtalk;
}

const HEADER = 'x-acs-dingtalk-access-token';
/** Milliseconds that a call takes on its way. */
const LATENCY = 200;
/** Faults of the token's door, and of what is sent with a token. */
const ofToken: Fault[] = ['token refused', 'token html', 'token hangs'];

export const lettersIn = (text: string): string[] => text.match(/L\d{5}/g) ?? [];

/** The line between the house and the doubles, on which one robot's calls can be made to fail while all others pass. */
export function createWire(hands: Hands): Wire {
  const calls: Invocation[] = [];
  let failing: { robot: string; fault: Fault; account: string | undefined } | null = null;
  let working = 0;
  /** Of a file that was handed over only this tells, where it is sent, which letter it is. */
  const uploads = new Map<string, string[]>();
  /** How often a robot's tokens have expired before their time: each bears the number of its day. */
  const days = new Map<string, number>();
  const dayOf = (robot: string) => days.get(robot) ?? 0;

  const after = (milliseconds: number) =>
    new Promise<void>((resolve) => void hands.after(milliseconds, resolve));

  /** To the double, which keeps to its one token for as long as that lives. */
  async function pass(robot: string, url: URL, init: RequestInit | undefined): Promise<Response> {
    const plain = new URL(url);
    const given = plain.searchParams.get('access_token');
    if (given?.includes('.')) plain.searchParams.set('access_token', given.replace(/\.\d+$/, ''));
    const headers = new Headers(init?.headers);
    const inHeader = headers.get(HEADER);
    if (inHeader !== null) headers.set(HEADER, inHeader.replace(/\.\d+$/, ''));
    working += 1;
    try {
      const response = await globalThis.fetch(plain, { ...init, headers });
      const body = await response.text();
      const id = /"media_id":"([^"]+)"/.exec(body)?.[1];
      if (id !== undefined) uploads.set(id, lettersIn(bodyOf(init?.body)));
      return new Response(body.replace(/("access_?[tT]oken":"\w+)"/, `$1.${dayOf(robot)}"`), response);
    } finally {
      working -= 1;
    }
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    const { robot, kind } = asked(url);
    const body = bodyOf(init?.body);
    const ids = [...uploads.keys()].filter((id) => body.includes(id));
    const carried = [...lettersIn(body), ...ids.flatMap((id) => uploads.get(id) ?? [])];
    calls.push({ robot, kind, at: hands.now(), letters: [...new Set(carried)] });
    const fault = failing?.robot === robot && isFor(failing.account, kind, body) ? failing.fault : undefined;
    await after(LATENCY);
    const token = url.searchParams.get('access_token') ?? header(init, HEADER);
    const saying = wordsAt(url.pathname);
    const says = (json: object) => Response.json(json, { status: saying.status ?? 200 });
    const isOld = /\.\d+$/.test(token) && !token.endsWith(`.${dayOf(robot)}`);
    if (kind !== 'token' && (isOld || fault === 'tokens never taken')) return says(saying.expired);
    if (fault === undefined || !befalls(fault, kind)) return pass(robot, url, init);
    switch (fault) {
      case '429':
        return new Response('', { status: 429 });
      case '500':
        return new Response('', { status: 500 });
      case '302':
        return new Response('', { status: 302, headers: { location: 'https://elsewhere.example/' } });
      case 'html':
      case 'token html':
        return new Response('<html>系统繁忙</html>', { headers: { 'content-type': 'text/html' } });
      case 'busy':
        return says(saying.busy);
      case 'too fast':
        return says(saying.tooFast);
      case 'shut':
        return says(saying.shut[calls.length % saying.shut.length] ?? saying.busy);
      case 'no licence':
        return Response.json(saying.unshown);
      case 'token refused':
        return says({ errcode: 40001, code: 'invalidClientIdOrSecret' });
      case 'hang after accepting':
        await pass(robot, url, init);
        return never(init?.signal);
      case 'hang before accepting':
      case 'token hangs':
        return never(init?.signal);
      case 'reset after accepting':
        await pass(robot, url, init);
        throw broken('UND_ERR_SOCKET');
      case 'reset before accepting':
        throw broken('UND_ERR_SOCKET');
      case 'refused':
        throw broken('ECONNREFUSED', 'connect');
      case 'unreachable':
        throw broken('ETIMEDOUT', undefined, [{ syscall: 'connect' }, { syscall: 'connect' }]);
      default:
        return pass(robot, url, init);
    }
  };

  /** WeCom's acknowledgements come over the same socket: one that is kept back is known by its number. */
  const between =
    (dial: Dial): Dial =>
    (address, ears) => {
      const silenced = new Set<string>();
      const wire = dial(address, {
        ...ears,
        heard: (text) => silenced.has(frameOf(text).id) || ears.heard(text),
      });
      const send = (text: string): void => {
        const { id, cmd, chat } = frameOf(text);
        const robot = `wecom:${chat}`;
        if (cmd !== 'aibot_send_msg') {
          wire.send(text);
          return;
        }
        calls.push({ robot, kind: 'send', at: hands.now(), letters: lettersIn(text) });
        const fault = failing?.robot === robot ? failing.fault : undefined;
        const errcode = fault === 'busy' ? -1 : fault === 'too fast' ? 45009 : undefined;
        if (errcode !== undefined) {
          queueMicrotask(() => ears.heard(JSON.stringify({ headers: { req_id: id }, errcode })));
          return;
        }
        if (fault?.startsWith('hang')) silenced.add(id);
        if (!fault?.endsWith('before accepting')) wire.send(text);
        if (fault?.startsWith('reset')) wire.cut();
      };
      return { ...wire, send };
    };

  return {
    fetch,
    between,
    calls,
    fail: (robot, fault, account) => {
      failing = { robot, fault, account };
      // Who still has a good token doesn't come to the token's door.
      if (fault === 'token expired' || ofToken.includes(fault)) days.set(robot, dayOf(robot) + 1);
    },
    heal: () => {
      failing = null;
    },
    busy: () => working,
  };
}

/** Whose call it is, by its address. */
function asked(url: URL): Pick<Invocation, 'robot' | 'kind'> {
  const { pathname: path, searchParams: query } = url;
  const kind = /token/i.test(path) ? 'token' : /upload/.test(path) ? 'upload' : 'send';
  if (path.startsWith('/cgi-bin/webhook/')) return { robot: `wecom:${query.get('key')}`, kind };
  if (path.startsWith('/cgi-bin/')) return { robot: 'wecom:app', kind };
  if (path.startsWith('/robot/send')) return { robot: `dingtalk:${query.get('access_token')}`, kind };
  return { robot: 'dingtalk:openapi', kind };
}

/** The words, or the name of the file that is handed over. */
function bodyOf(body: RequestInit['body']): string {
  if (!(body instanceof FormData)) return typeof body === 'string' ? body : '';
  const file = body.get('media');
  return file instanceof File ? file.name : '';
}

/** What is in doubt once it is shown is handed over without trouble before. */
const befalls = (fault: Fault, kind: Invocation['kind']): boolean =>
  ofToken.includes(fault) === (kind === 'token') && !(kind === 'upload' && fault.endsWith('after accepting'));

/** Where one account fails, what goes to others passes. */
const isFor = (account: string | undefined, kind: Invocation['kind'], body: string): boolean =>
  account === undefined || (kind === 'send' && body.includes(`"${account}"`));

function header(init: RequestInit | undefined, name: string): string {
  return new Headers(init?.headers).get(name) ?? '';
}

function frameOf(text: string): { id: string; cmd: string; chat: string } {
  const { cmd = '', headers = {}, body = {} } = JSON.parse(text);
  return { id: headers.req_id ?? '', cmd, chat: body.chatid ?? '' };
}

/** A name with several addresses has an error for each of them. */
const broken = (code: string, syscall?: string, errors?: { syscall: string }[]) =>
  new TypeError('fetch failed', { cause: { code, syscall, errors } });

const never = (signal: AbortSignal | null | undefined): Promise<Response> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
