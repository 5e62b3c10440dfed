import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createSparing } from '../src/sparing.ts';
import { openLivingHouse } from './setup/house.ts';
import { openPostgres } from './setup/stores.ts';

test('calls that nobody signed fill no disk: the log names some, and each is counted', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) });
  const living = await openLivingHouse(await openPostgres(), '2026-04-09', '10:00', { door: 'hook', log });
  const { address } = living.house;
  for (let call = 0; call < 50; call += 1) {
    const refused = await fetch(`${address}/hooks/wecom`, { method: 'POST', body: 'x' });
    expect(refused.status).toBe(401);
  }
  const metrics = await (await fetch(`${address}/metrics`)).text();
  await living.close();
  expect(lines.filter((line) => line.includes('did not sign'))).toHaveLength(20);
  expect(metrics).toContain('duban_refused_total{why="forged"} 50');
});

test('what was left out is told with the next that is said', () => {
  const sparing = createSparing(2, 60_000);
  expect([0, 1, 2, 3].map(sparing)).toEqual([0, 0, null, null]);
  expect([60_000, 60_001, 60_002].map(sparing)).toEqual([2, 0, null]);
});
