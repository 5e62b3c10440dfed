import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accounts, groups, people, tasks } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))(
  'the morning digest, where something kept it from its readers ($kind)',
  ({ open }) => {
    let living: LivingHouse;
    beforeEach(async () => {
      living = await openLivingHouse(await open(), '2026-01-05', '08:00');
    });
    afterEach(() => living.close());

    /** What each chat is told on the morning of this day, in its lines. */
    async function on(day: string): Promise<Map<string, string[]>> {
      await living.at(day, '08:42');
      const said = living.pushes().filter(({ text }) => /整改提示】|【整改进展】/.test(text));
      return new Map(said.map(({ chat, text }) => [chat, text.split('\n').map((line) => line.trim())]));
    }

    test('opens a week on its next working day where nobody was there on the first, or its post came to nothing', async () => {
      expect((await on('2026-02-27')).has('leaders')).toBe(false);
      const [late, next] = [await on('2026-03-03'), await on('2026-03-04')];
      expect([late, next].map((posts) => posts.has('leaders'))).toEqual([true, false]);
      await living.wecom.fail('refuse');
      await living.at('2026-03-09', '08:42');
      for (const time of ['08:43', '08:45', '08:48', '08:53', '09:06']) await living.at('2026-03-09', time);
      await living.wecom.heal();
      await living.at('2026-03-09', '10:00');
      living.pushes();
      expect((await on('2026-03-10')).get('leaders')?.[0]).toContain('【整改进展】3月10日');
      expect((await on('2026-03-11')).has('leaders')).toBe(false);
    });

    test('does not wait for ever for a section that nothing reaches, and tells the office of it once', async () => {
      const { db } = living.store;
      const [chief] = await db.select().from(people).where(eq(people.name, '机关党委专职副书记'));
      await db.delete(accounts).where(eq(accounts.personId, chief?.id ?? 0));
      await db.update(groups).set({ pausedAt: living.clock.now() }).where(eq(groups.code, 'dangwei'));
      await db.update(tasks).set({ deadline: '2026-04-16' }).where(eq(tasks.code, '5.1.1'));
      const days = ['17', '20', '21', '22', '23', '24', '27'].map((day) => `2026-04-${day}`);
      const told: [string, string[]][] = [];
      for (const day of days) {
        for (const [chat, lines] of await on(day)) {
          const about = lines
            .filter((line) => /【5\.1\.1】/.test(line))
            .map((line) => line.replace(/(?<=】)【.*|[:：].*/, ''));
          told.push(...about.map((line): [string, string[]] => [chat, [day, line]]));
        }
        await living.at(day, '17:31');
      }
      const to = (chat: string) => told.filter(([each]) => each === chat).map(([, said]) => said);
      expect(to('leaders')).toEqual([['2026-04-27', '【红·逾期7个工作日】']]);
      expect(to('ldr_shuji')[0]?.[0]).toBe('2026-04-22');
      expect(to('office').filter(([, line]) => line === '逾期提示未能送达承办科室')).toHaveLength(1);
      expect(to('dangwei')).toEqual([]);
    });
  },
);
