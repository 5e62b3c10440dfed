import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import Koa from 'koa';
import { createDingtalkDouble } from '../../src/platforms/sandbox/dingtalk/double.ts';
import { createWecomDouble } from '../../src/platforms/sandbox/wecom/double.ts';
import { createClock } from '../../src/time.ts';
import { createSandbox } from '../../src/web/sandbox/sandbox.ts';

const TOKEN = 'QDG6eK';
const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

const accounts = (wecom: string, dingtalk: string) => ({ wecom, dingtalk });
const people = [
  {
    name: '党组书记',
    section: 'lingdao',
    roles: ['secretary' as const],
    accounts: accounts('ldr_shuji', 'dt-shuji'),
  },
  {
    name: '整改办主任',
    section: 'bangongshi',
    roles: ['office' as const],
    accounts: accounts('off_zhuren', 'dt-off-zhuren'),
  },
  {
    name: '安全管理科科长',
    section: 'anquan',
    roles: ['chief' as const],
    accounts: accounts('sec_anquan', 'dt-anquan'),
  },
  {
    name: '安全管理科内勤',
    section: 'anquan',
    roles: ['staff' as const],
    accounts: accounts('clk_anquan', 'dt-clk-anquan'),
  },
];
const groups = [
  { platform: 'wecom' as const, chat: 'wrLeaders', name: '领导小组群', audience: 'leaders' as const },
  { platform: 'dingtalk' as const, chat: 'cidSystem==', name: '全系统群', audience: 'system' as const },
  {
    platform: 'dingtalk' as const,
    chat: 'cidAnquan==',
    name: '安全管理科群',
    audience: 'section' as const,
    section: 'anquan',
  },
];

/** A stand-in for the product behind the page: it records everything, and on working days it has one thing to say. */
export async function openHouse({ answer = (said: string) => `已记录【4.3.2】${said}` } = {}) {
  const clock = createClock();
  clock.move(Date.parse('2026-04-10T15:00:30+08:00') - clock.now().getTime());
  let base = '';
  const shared = { clock, botName: '督办', retries: 0 };
  const groupsOn = (platform: 'wecom' | 'dingtalk') =>
    groups
      .filter((group) => group.platform === platform)
      .map(({ chat, name }) => ({ chat, name, key: chat }));
  const peopleOn = (platform: 'wecom' | 'dingtalk') =>
    people.map(({ name, accounts: of }) => ({ name, account: of[platform] }));
  const wecom = createWecomDouble({
    ...shared,
    token: TOKEN,
    aesKey: AES_KEY,
    deliver: () => `${base}/hooks/wecom`,
    groups: groupsOn('wecom'),
    people: peopleOn('wecom'),
  });
  const dingtalk = createDingtalkDouble({
    ...shared,
    appKey: 'ding1',
    appSecret: 's',
    robotCode: 'ding1',
    deliver: () => `${base}/hooks/dingtalk`,
    groups: groupsOn('dingtalk'),
    people: peopleOn('dingtalk'),
  });
  const bases = { wecom: await wecom.listen(), dingtalk: await dingtalk.listen() };
  const push = async (lines: string[]) => {
    await fetch(`${bases.wecom}/cgi-bin/webhook/send?key=wrLeaders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ msgtype: 'markdown', markdown: { content: lines.join('\n') } }),
    });
  };
  const isWorkday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  const sandbox = createSandbox({
    clock,
    look: () => push(['【整改进展】4月13日', '【红·逾期8个工作日】【5.1.1】管党治党清单', '【无需回复】']),
    doubles: { wecom, dingtalk },
    botNames: { wecom: '督办', dingtalk: '督办' },
    people,
    groups,
    isWorkday,
    zone: 'Asia/Shanghai',
    morning: '08:42',
    examples: ['4.3.2 隐患+12', '我的', '帮助'],
  });

  const app = new Koa();
  app.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/hooks/')) return next();
    const body = JSON.parse(await text(ctx.req));
    ctx.body =
      ctx.path === '/hooks/wecom'
        ? wecomAnswer(body.encrypt, ctx.query.nonce, answer)
        : {
            msgtype: 'markdown',
            markdown: { title: '督办', text: answer(body.text.content.trim()).replaceAll('\n', '  \n') },
          };
  });
  app.use(sandbox.routes);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  base = `http://127.0.0.1:${address.port}`;
  return {
    base,
    wecom,
    dingtalk,
    clock,
    /** Breaks the pages' connections. */
    drop: sandbox.close,
    async close() {
      sandbox.close();
      server.close();
      server.closeAllConnections();
      await wecom.close();
      await dingtalk.close();
    },
  };
}

function wecomAnswer(sealed: string, nonce: unknown, answer: (said: string) => string) {
  const said = JSON.parse(decrypt(AES_KEY, sealed).message).text.content.replace('@督办', '').trim();
  const stream = { id: 's1', finish: true, content: answer(said) };
  const plain = encrypt(AES_KEY, JSON.stringify({ msgtype: 'stream', stream }), '');
  const timestamp = 1776040920;
  const msgsignature = getSignature(TOKEN, timestamp, String(nonce), plain);
  return { encrypt: plain, msgsignature, timestamp, nonce };
}
