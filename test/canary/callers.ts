import { expect, vi } from 'vitest';
import { dingtalkCall, dingtalkText } from '../clients/dingtalk.ts';
import {
  aiBotText,
  type HttpCall,
  openWecomAnswer,
  robotTextXml,
  signedCall,
  wecomCall,
} from '../clients/wecom.ts';
import type { Secrets } from './secrets.ts';
import type { Found } from './traces.ts';

export const IDENTITY = '11010519900307233X';
export const TELEPHONE = '13988072641';
export const OFFICE = 'wrSampleOffice0002';

export interface Callers {
  /** Of the server itself, by HTTP. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** What the bot answers to words from WeCom, with whatever else stands in the call. */
  tell(sender: string, text: string, chat?: string, more?: (plain: string) => string): Promise<string>;
  /** The same, said anew while a busy machine has the bot say that nothing was recorded in time, until it answers so. */
  hears(answer: string, sender: string, text: string, chat?: string): Promise<void>;
  /** Calls that nobody signed, with what their senders would rather not see in a log. */
  strangers(): Promise<void>;
  /** People, among them some who type what nobody may keep. */
  members(): Promise<void>;
}

export interface CallersParts {
  secrets: Secrets;
  /** Where the server listens, and where the platform does. */
  address: string;
  platform: string;
  now(): Date;
  /** Takes every answer. */
  found: Found[];
}

/** Whoever calls the running server, from outside. */
export function createCallers({ secrets, address, platform, now, found }: CallersParts): Callers {
  const { environment: own, carried, strange } = secrets;
  const keys = { token: own.WECOM_TOKEN, aesKey: own.WECOM_AES_KEY };

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(address + path, init);
    const text = await answer.clone().text();
    const where = `an answer to ${path.split('?')[0]} (${answer.status})`;
    found.push({ where, text: JSON.stringify([...answer.headers]) + text });
    return answer;
  }

  async function call(name: 'wecom' | 'dingtalk', { query, headers, body }: HttpCall): Promise<string> {
    const pairs = headers.flatMap((each, at) => (at % 2 === 0 ? [[each, headers[at + 1] ?? '']] : []));
    const init = { method: 'POST', headers: Object.fromEntries(pairs), body: new Uint8Array(body) };
    return (await ask(`/hooks/${name}?${query}`, init)).text();
  }

  async function tell(sender: string, text: string, chat?: string, more = (plain: string) => plain) {
    const said = { id: `c${found.length}`, sender, text, ...(chat === undefined ? {} : { chat }) };
    const plaintext = more(aiBotText(said).replace('=CODE', `=${carried['response code']}`));
    const answer = await call('wecom', wecomCall({ ...keys, plaintext, now: now() }));
    if (answer === '') return '';
    const { plaintext: shown } = openWecomAnswer(keys, answer);
    found.push({ where: `the answer to ${text.slice(0, 8)}`, text: shown });
    return shown;
  }

  const hears: Callers['hears'] = (answer, ...said) =>
    vi.waitFor(async () => expect(await tell(...said)).toContain(answer), { timeout: 30_000 });

  async function strangers(): Promise<void> {
    const headers = { authorization: `Bearer ${strange.Authorization}`, cookie: `a=${strange.cookie}` };
    await ask(`/hooks/wecom?key=${strange['unsigned query']}`, { method: 'POST', headers, body: '{}' });
    await ask(`/hooks/dingtalk?key=${strange['unsigned query']}`, { method: 'POST', headers, body: '{}' });
    await ask(`/board?for=g1&until=zzzzzz&sign=${strange['link’s signature']}`, { headers });
    await ask(`/no/page?key=${strange['query of no page']}`, { headers });
    await ask(`/board/%E0%A4%A?key=${strange['query of no page']}`, { headers });
    const broken = Buffer.from(`${strange['cipher text']}${'x'.repeat(12)}`).toString('base64');
    await call('wecom', signedCall({ ...keys, plaintext: '', now: now() }, broken));
    await call('wecom', wecomCall({ ...keys, aesKey: `${'A'.repeat(42)}E`, plaintext: '{}', now: now() }));
    await call(
      'dingtalk',
      dingtalkCall({ secret: own.DINGTALK_APP_SECRET, body: strange['cipher text'], now: now() }),
    );
    for (const path of ['/healthz', '/readyz', '/metrics', '/sandbox']) await ask(path, { headers });
  }

  async function members(): Promise<void> {
    const withPicture = (plain: string) =>
      JSON.stringify({
        ...JSON.parse(plain),
        msgtype: 'image',
        image: {
          url: `${platform}/pic?sign=${carried['address of a picture']}`,
          aeskey: carried['picture’s key'],
        },
      });
    await hears('已记录', 'sec_anquan', '4.3.2 演练+1');
    await tell('sec_anquan', '', undefined, withPicture);
    await hears('该内容未记录', 'sec_anquan', `4.3.2 联系人电话${TELEPHONE}`);
    await hears('该内容未记录', 'sec_anquan', `4.3.2 身份证${IDENTITY}`);
    await call(
      'wecom',
      wecomCall({
        ...keys,
        format: 'xml',
        plaintext: robotTextXml({ id: 'xml', sender: 'sec_anquan', text: '我的' }).replace(
          '=KEY',
          `=${carried['webhook of a message']}`,
        ),
        now: now(),
      }),
    );
    const body = dingtalkText({ id: 'ding', sender: 'dt-anquan', text: '4.3.2 演练+1' }, now());
    body.sessionWebhook = `${platform}/robot/sendBySession?session=${carried.session}`;
    await call('dingtalk', dingtalkCall({ secret: own.DINGTALK_APP_SECRET, body, now: now() }));
    for (const text of ['运行状态', '导出 台账', '绑定码 财务科科长']) await tell('off_zhuren', text);
    await hears('运行状态', 'off_zhuren', '运行状态', OFFICE);
  }

  return { ask, tell, hears, strangers, members };
}
