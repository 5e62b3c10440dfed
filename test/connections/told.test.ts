import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { hurried, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

test('the log is told when a connection stands, and why it does not', async () => {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const told = (line: object) =>
    vi.waitFor(() => expect(lines).toContainEqual(expect.objectContaining(line)), 30_000);
  const living = await openLivingHouse(await openPostgres(), '2026-04-09', '10:00', {
    ...{ door: 'connection', timers: hurried(60), log: pino({ level: 'info' }, sink) },
  });
  const [stands, away] = ['the long connection stands', 'the long connection does not stand'];
  for (const platform of ['dingtalk', 'wecom']) await told({ level: 30, platform, msg: stands });
  living.wecom.gateway.refuse(853_000, Number.POSITIVE_INFINITY, 'aibot_subscribe');
  living.wecom.sockets.drop();
  await told({ level: 40, platform: 'wecom', why: 'errcode 853000', msg: away });
  lines.length = 0;
  living.wecom.gateway.refuse(0, 0);
  await told({ level: 30, platform: 'wecom', msg: stands });
  await living.close();
});
