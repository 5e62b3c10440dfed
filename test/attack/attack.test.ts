import { once } from 'node:events';
import { createServer as createTrap } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { say } from '../crash/hooks.ts';
import { databaseUrl } from '../setup/stores.ts';
import { campaign } from './campaign.ts';
import type { Effect, Target } from './probes/probe.ts';
import { probes } from './probes.ts';
import { type Attacked, type Rows, startTarget } from './target.ts';
import { send } from './wire.ts';

let attacked: Attacked;
let target: Target;
const visits: string[] = [];
const trap = createTrap((request, response) => {
  visits.push(request.url ?? '');
  response.end();
});

beforeAll(async () => {
  trap.listen(0, '127.0.0.1');
  await once(trap, 'listening');
  const address = trap.address();
  attacked = await startTarget(
    await databaseUrl(),
    typeof address === 'object' && address ? address.port : 0,
  );
  target = attacked.target;
}, 120_000);
afterAll(async () => {
  await attacked.close();
  trap.close();
});

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
    const before = await attacked.rows();
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
    expect(left(before, await attacked.rows())).toBe(wanted.effect);
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
    expect(attacked.server.faults).toEqual([]);
  });

  test('of fuzzed calls at four layers gets no 5xx, and changes nothing unless its platform signed it', async () => {
    const { faults, before, after } = await campaign(attacked, 600, 20_261_126);
    expect(faults).toEqual([]);
    expect(after.aside).toBeGreaterThan(before.aside);
    expect(attacked.server.faults).toEqual([]);
  });

  test('with sixty messages at once of one member tells everybody the truth', async () => {
    // How fast they are told depends on the machine, and is the benchmark's.
    const speak = (platform: 'wecom' | 'dingtalk', sender: string, id: string, text: string) =>
      say(target.address, { platform, id, sender, text }, new Date(), 60_000);
    const flood = Array.from({ length: 60 }, (_, index) =>
      speak('wecom', 'sec_dangwei', `flood-${index}`, '我的'),
    );
    const others = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        speak('dingtalk', 'dt-anquan', `other-${index}`, '4.3.2 演练+1'),
      ),
    );
    const told = [...others, ...(await Promise.all(flood))];
    expect(told.filter(({ is }) => is !== 'answered')).toEqual([]);
    const recorded = others.filter((heard) => heard.is === 'answered' && heard.text.includes('已记录'));
    const [written] = await attacked.sql<
      { n: number }[]
    >`select count(*)::int as n from entries where message_id like 'other-%'`;
    expect(written?.n).toBe(recorded.length);
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
      60_000,
    );
    expect(told.is).toBe('answered');
    for (const socket of idle) socket.destroy();
  });
});
