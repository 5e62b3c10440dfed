import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import Koa from 'koa';
import type { PlatformName } from '../../src/chat/message.ts';
import { weekday } from '../../src/ledger/days.ts';
import { createDingtalkDouble } from '../../src/platforms/sandbox/dingtalk/double.ts';
import type { Surroundings } from '../../src/platforms/sandbox/double.ts';
import { createWecomDouble } from '../../src/platforms/sandbox/wecom/double.ts';
import { createSandbox } from '../../src/web/sandbox/sandbox.ts';
import type { Gathering, Player } from '../../src/web/sandbox/scene.ts';
import { standingClock } from '../setup/standingClock.ts';

const KEYS = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
const APP = { appKey: 'ding1', appSecret: 's', robotCode: 'ding1' };
const PUSH = [
  '【整改进展】4月13日 <@ldr_shuji>',
  '【红·逾期8个工作日】【5.1.1】管党治党清单',
  '【无需回复】',
];

const player = (
  name: string,
  role: Player['roles'][number],
  section: string,
  wecom: string,
  dingtalk: string,
) => ({ name, section, roles: [role], accounts: { wecom, dingtalk } });
const people = [
  player('党组书记', 'secretary', 'lingdao', 'ldr_shuji', 'dt-shuji'),
  player('整改办主任', 'office', 'bangongshi', 'off_zhuren', 'dt-off-zhuren'),
  player('安全管理科科长', 'chief', 'anquan', 'sec_anquan', 'dt-anquan'),
  player('安全管理科内勤', 'staff', 'anquan', 'clk_anquan', 'dt-clk-anquan'),
];
const groups: Gathering[] = [
  { platform: 'wecom', chat: 'wrLeaders', name: '领导小组群', audience: 'leaders' },
  { platform: 'dingtalk', chat: 'cidSystem==', name: '全系统群', audience: 'system' },
  { platform: 'dingtalk', chat: 'cidAnquan==', name: '安全管理科群', audience: 'section', section: 'anquan' },
];

/**
 * A stand-in for the product behind the page, on a Friday afternoon: it answers what `answer` says, and whenever
 * it looks it has the same thing to say to the leaders.
 */
export async function openHouse() {
  const clock = standingClock('2026-04-10T15:00:30+08:00');
  let base = '';
  const world = (platform: PlatformName): Surroundings => ({
    clock,
    deliver: () => `${base}/hooks/${platform}`,
    botName: '督办',
    retries: 0,
    groups: groups
      .filter((group) => group.platform === platform)
      .map(({ chat, name }) => ({ chat, name, key: chat })),
    people: people.map(({ name, accounts }) => ({ name, account: accounts[platform] })),
  });
  const wecom = createWecomDouble({ ...world('wecom'), ...KEYS });
  const dingtalk = createDingtalkDouble({ ...world('dingtalk'), ...APP });
  const pushTo = `${await wecom.listen()}/cgi-bin/webhook/send?key=wrLeaders`;
  await dingtalk.listen();
  const sandbox = createSandbox({
    clock,
    look: () => push(pushTo),
    doubles: { wecom, dingtalk },
    botNames: { wecom: '督办', dingtalk: '督办' },
    people,
    groups,
    isWorkday: (day) => weekday(day) < 6,
    zone: 'Asia/Shanghai',
    morning: '08:42',
    examples: ['4.3.2 隐患+12', '我的', '帮助'],
  });
  const house = {
    wecom,
    dingtalk,
    clock,
    answer: (said: string) => `已记录【4.3.2】${said}`,
    /** Breaks the pages' connections. */
    drop: sandbox.close,
  };

  const app = new Koa();
  app.use(sandbox.routes);
  app.use(async (ctx) => {
    if (ctx.path === '/hooks/wecom')
      ctx.body = wecomAnswer(await text(ctx.req), ctx.query.nonce, house.answer);
    if (ctx.path === '/hooks/dingtalk') ctx.body = dingtalkAnswer(await text(ctx.req), house.answer);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  base = `http://127.0.0.1:${address.port}`;
  return Object.assign(house, {
    base,
    async close() {
      sandbox.close();
      server.close();
      server.closeAllConnections();
      await Promise.all([wecom.close(), dingtalk.close()]);
    },
  });
}

async function push(url: string): Promise<void> {
  const body = JSON.stringify({ msgtype: 'markdown', markdown: { content: PUSH.join('\n') } });
  await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
}

type Answer = (said: string) => string;

/** The words of a callback, also where they come with a picture; none beside a picture alone. */
const wordsOf = (said: {
  text?: { content: string };
  mixed?: { msg_item: { text?: { content: string } }[] };
  content?: { richText?: { text?: string }[] };
}): string =>
  said.text?.content ??
  said.mixed?.msg_item.find(({ text: words }) => words)?.text?.content ??
  said.content?.richText?.find(({ text: words }) => words)?.text ??
  '';

function dingtalkAnswer(body: string, answer: Answer) {
  const said: string = wordsOf(JSON.parse(body));
  return { msgtype: 'markdown', markdown: { title: '督办', text: answer(said.trim()) } };
}

function wecomAnswer(body: string, nonce: unknown, answer: Answer) {
  const plain = JSON.parse(decrypt(KEYS.aesKey, JSON.parse(body).encrypt).message);
  const said = wordsOf(plain).replace('@督办', '').trim();
  const stream = { id: 's1', finish: true, content: answer(said) };
  const sealed = encrypt(KEYS.aesKey, JSON.stringify({ msgtype: 'stream', stream }), '');
  const timestamp = 1_776_040_920;
  const msgsignature = getSignature(KEYS.token, timestamp, String(nonce), sealed);
  return { encrypt: sealed, msgsignature, timestamp, nonce };
}
