import { once } from 'node:events';
import { createServer as createTrap } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../crash/build.ts';
import { say, settings } from '../crash/hooks.ts';
import { createServer, freePort, type Server } from '../crash/server.ts';
import { databaseUrl } from '../setup/stores.ts';
import { type Effect, probes, type Target } from './probes.ts';
import { send } from './wire.ts';

let sql: postgres.Sql;
let server: Server;
let target: Target;
let build: Awaited<ReturnType<typeof compile>>;
const visits: string[] = [];
const trap = createTrap((request, response) => {
  visits.push(request.url ?? '');
  response.end();
});

beforeAll(async () => {
  trap.listen(0, '127.0.0.1');
  await once(trap, 'listening');
  const address = trap.address();
  const trapped = typeof address === 'object' && address ? address.port : 0;
  build = await compile();
  const port = await freePort();
  const url = await databaseUrl();
  sql = postgres(url, { max: 1, onnotice: () => {} });
  server = createServer(join(build.folder, 'main.js'), {
    ...settings,
    DATABASE_URL: url,
    PORT: String(port),
    LOG_LEVEL: 'info',
    WECOM_API_BASE: `http://127.0.0.1:${trapped}`,
  });
  await server.start();
  target = {
    address: `http://127.0.0.1:${port}`,
    wecom: { token: settings.WECOM_TOKEN, aesKey: settings.WECOM_AES_KEY },
    dingtalk: { secret: settings.DINGTALK_APP_SECRET, robotCode: settings.DINGTALK_ROBOT_CODE },
    trap: `http://127.0.0.1:${trapped}`,
  };
}, 120_000);
afterAll(async () => {
  await server.stop();
  await sql.end();
  await build.remove();
  trap.close();
});

interface Rows {
  entries: number;
  inbox: number;
  aside: number;
}
async function rows(): Promise<Rows> {
  const [found] = await sql<Rows[]>`select (select count(*)::int from entries) as entries,
    (select count(*)::int from inbox) as inbox, (select count(*)::int from quarantine) as aside`;
  if (!found) throw new Error('the database is gone');
  return found;
}

const left = (before: Rows, after: Rows): Effect | 'more' => {
  const [entries, inbox, aside] = [
    after.entries - before.entries,
    after.inbox - before.inbox,
    after.aside - before.aside,
  ];
  if (entries === 0 && inbox === 0 && aside === 0) return 'nothing';
  if (entries === 0 && aside === 1) return 'set aside';
  if (entries === 1 && inbox === 1 && aside === 0) return 'one entry';
  return entries === 0 && inbox === 1 && aside === 0 ? 'a message' : 'more';
};

describe(`an attack (${probes.length} probes on the running server)`, () => {
  test.each(probes)('$name', async ({ expect: wanted, run }) => {
    const before = await rows();
    const heard = await run(target);
    const replies = Array.isArray(heard) ? heard : [heard];
    const allowed = [wanted.status].flat();
    if (Array.isArray(heard)) expect(replies.map(({ status }) => status)).toEqual(allowed);
    else expect(allowed).toContain(heard.status);
    for (const { status, body } of replies) {
      if (!allowed.includes(status)) expect(status).toBeLessThan(500);
      if (wanted.body !== undefined)
        expect(body).toEqual(
          typeof wanted.body === 'string' ? wanted.body : expect.stringMatching(wanted.body),
        );
      expect(body).not.toMatch(/only tests use|CrashToken|at .*\.js:\d+/);
    }
    expect(left(before, await rows())).toBe(wanted.effect);
  });

  test('leaves the server well, silent about secrets, and no stranger called', async () => {
    expect(
      await send(target.address, { method: 'GET', path: '/readyz', headers: [], body: '' }),
    ).toMatchObject({ status: 200 });
    const told = await say(
      target.address,
      { platform: 'wecom', id: 'after all', sender: 'sec_anquan', text: '4.3.2 演练+1' },
      new Date(),
    );
    expect(told).toMatchObject({ is: 'answered', text: expect.stringContaining('已记录') });
    expect(visits.filter((path) => !path.startsWith('/cgi-bin/'))).toEqual([]);
    expect(server.faults).toEqual([]);
  });

  test('with three hundred messages of one member leaves the others answered in time, and each told the truth', async () => {
    const flood = Array.from({ length: 300 }, (_, index) =>
      say(
        target.address,
        { platform: 'wecom', id: `flood-${index}`, sender: 'sec_dangwei', text: '我的' },
        new Date(),
      ),
    );
    const others = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        say(
          target.address,
          { platform: 'dingtalk', id: `other-${index}`, sender: 'dt-anquan', text: '4.3.2 演练+1' },
          new Date(),
        ),
      ),
    );
    const told = await Promise.all(flood);
    expect(others.every(({ is }) => is === 'answered')).toBe(true);
    expect(told.filter(({ is }) => is !== 'answered')).toEqual([]);
    const recorded = others.filter(
      (heard) => heard.is === 'answered' && heard.text.includes('已记录'),
    ).length;
    const [written] = await sql<
      { n: number }[]
    >`select count(*)::int as n from entries where message_id like 'other-%'`;
    expect(written?.n).toBe(recorded);
  });

  test('by two hundred lines that only ever begin a call keeps nobody else waiting', async () => {
    const { port } = new URL(target.address);
    const idle = Array.from({ length: 200 }, () => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write('POST /hooks/wecom HTTP/1.1\r\nHost: x\r\n'),
      );
      return socket.on('error', () => {});
    });
    const told = await say(
      target.address,
      { platform: 'wecom', id: 'beside', sender: 'sec_anquan', text: '我的' },
      new Date(),
    );
    expect(told.is).toBe('answered');
    for (const socket of idle) socket.destroy();
  });
});
