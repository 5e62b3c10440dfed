import { and, eq, gte, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { nobody } from '../../../src/ledger/entries.ts';
import { handOver } from '../../../src/ledger/people/handover.ts';
import { groups, letters, lights, people, seals, sections, slots } from '../../../src/ledger/schema.ts';
import { lastLook } from '../../../src/ledger/slots.ts';
import { momentOf } from '../../../src/pushes/push.ts';
import { lookAt, tick } from '../../../src/tick.ts';
import { at, chats, logged, onSample, plan, posts, slotsOf, start, store } from './ledger.ts';

onSample();

describe('a look at the plan', () => {
  test('says what is due once, and notes at which slots it has looked, whether there was anything to say or not', async () => {
    const [one, other] = [start(), start()];
    await one.look(at('2026-04-01', '08:41'));
    expect(await lastLook(store.db, plan.id)).toEqual(at('2026-04-01', '08:41'));
    expect(await slotsOf('digest')).toEqual([]);
    await one.look(at('2026-04-01', '08:42'));
    const first = posts.length;
    expect(first).toBeGreaterThan(3);
    await other.look(at('2026-04-01', '08:42'));
    await one.look(at('2026-04-01', '08:43'));
    expect(posts.length).toBe(first);
    await one.look(at('2026-04-01', '17:00'));
    expect(await slotsOf('digest')).toEqual(['04-01T08:42 looked']);
    expect(await slotsOf('personal')).toEqual(['04-01T08:42 looked']);
    expect(await slotsOf('order')).toEqual(['04-01T16:42 looked']);
    expect(await lastLook(store.db, plan.id)).toEqual(at('2026-04-01', '17:00'));
  });

  test('keeps the lights of a morning on which there is nothing to say to anybody', async () => {
    const process = start();
    await process.look(at('2026-01-05', '08:42'));
    expect(await store.db.$count(letters, eq(letters.push, 'personal'))).toBe(0);
    expect(await store.db.$count(lights)).toBeGreaterThan(30);
    const before = posts.length;
    await process.look(at('2026-01-06', '08:42'));
    expect(posts.length).toBe(before);
    expect(await slotsOf('digest')).toEqual(['01-05T08:42 looked', '01-06T08:42 looked']);
  });

  test('says what is due now and then when it is', async () => {
    const process = start();
    await process.look(at('2026-03-20', '15:11'));
    posts.length = 0;
    await process.look(at('2026-03-20', '15:12'));
    expect(posts.filter(({ text }) => text.includes('【会议通知】')).length).toBeGreaterThan(0);
    expect(await slotsOf('meeting')).toContain('03-20T15:12 looked');
  });

  test('by this process is not looked at again, nor what went by', async () => {
    const process = start();
    await process.look(at('2026-03-30', '20:00'));
    await process.look(at('2026-04-01', '08:42'));
    expect(await slotsOf('personal')).toEqual(['03-31T08:42 missed', '04-01T08:42 looked']);
    await store.db.delete(slots).where(eq(slots.push, 'personal'));
    await store.db.execute(sql`alter table lights rename to lights_away`);
    logged.length = 0;
    await process.look(at('2026-04-01', '08:43'));
    await store.db.execute(sql`alter table lights_away rename to lights`);
    expect([logged, await slotsOf('personal')]).toEqual([[], []]);
  });

  test('writes nothing where another process has taken the slot meanwhile', async () => {
    const [one, other] = [start(), start()];
    for (const each of [one, other]) await each.look(at('2026-03-31', '20:00'));
    await Promise.all([one, other].map((each) => each.look(at('2026-04-01', '08:42'))));
    const texts = posts.map(({ chat, text }) => `${chat} ${text}`);
    expect(new Set(texts).size).toBe(texts.length);
    expect(logged).toEqual([]);
  });

  test('goes on with the other pushes when one ends in a fault, tells the operator, and says that one at the next look', async () => {
    const process = start();
    await process.look(at('2026-03-31', '20:00'));
    await store.db.execute(sql`alter table lights rename to lights_away`);
    await process.look(at('2026-04-01', '08:42'));
    await store.db.execute(sql`alter table lights_away rename to lights`);
    expect(logged).toMatchObject([{ push: 'personal', msg: 'a push ended in a fault', err: {} }]);
    expect(await slotsOf('personal')).toEqual([]);
    expect(await slotsOf('digest')).toEqual(['04-01T08:42 looked']);
    const before = chats();
    await process.look(at('2026-04-01', '08:43'));
    expect(await slotsOf('personal')).toEqual(['04-01T08:42 looked']);
    expect(chats().size).toBeGreaterThan(before.size);
  });

  test('records what went by without anybody looking and says so to the operator, once', async () => {
    const [one, other] = [start(), start()];
    await one.look(at('2026-03-31', '20:00'));
    await one.look(at('2026-04-01', '17:30'));
    expect(await slotsOf('digest')).toEqual(['04-01T08:42 missed']);
    const told = logged.filter(({ push }) => push === 'digest');
    expect(told).toMatchObject([{ msg: 'a push went by without anybody looking' }]);
    expect(told[0]?.dueAt).toBe(at('2026-04-01', '08:42').toISOString());
    await one.look(at('2026-04-01', '17:31'));
    await other.look(at('2026-04-01', '17:31'));
    expect(logged.filter(({ push }) => push === 'digest')).toHaveLength(1);
    expect(posts).toEqual([]);
  });

  test('before which nobody had looked has missed nothing, though it was due that day', async () => {
    const process = start();
    for (const time of ['17:30', '17:31']) await process.look(at('2026-04-01', time));
    expect(await store.db.select().from(slots).where(eq(slots.state, 'missed'))).toEqual([]);
    await process.look(at('2026-04-02', '17:30'));
    expect(await slotsOf('digest')).toEqual(['04-02T08:42 missed']);
  });

  test('looks again at what a clock that ran ahead made look missed', async () => {
    const process = start();
    await process.look(at('2026-03-31', '20:00'));
    await process.look(at('2026-04-01', '18:00'));
    await process.look(at('2026-04-01', '08:42'));
    expect(await slotsOf('digest')).toEqual(['04-01T08:42 looked']);
    expect(posts.length).toBeGreaterThan(3);
  });

  test('seals each day at its first look, and lets a handover take effect on its day', async () => {
    const { db } = store;
    const [section] = await db.select().from(sections).where(eq(sections.code, 'anquan'));
    const staff = await db
      .select()
      .from(people)
      .where(eq(people.sectionId, section?.id ?? 0));
    const isChief = async (id: number) =>
      (await db.select().from(people).where(eq(people.id, id)))[0]?.roles.includes('chief');
    const chief = staff.find(({ roles }) => roles.includes('chief'));
    const next = staff.find(({ roles }) => !roles.includes('chief'));
    if (!section || !chief || !next) throw new Error('nobody to hand over to');
    const pass = (to: number, on: string, today: string) =>
      db.transaction((tx) =>
        handOver(
          tx,
          plan,
          { sectionId: section.id, section: section.code, personId: to, on },
          nobody(at(today, '10:00')),
          today,
        ),
      );
    const process = start();
    await process.look(at('2026-06-01', '20:00'));
    await pass(next.id, '2026-06-02', '2026-06-01');
    await process.look(at('2026-06-01', '20:01'));
    expect([await isChief(chief.id), await isChief(next.id)]).toEqual([true, false]);
    await process.look(at('2026-06-02', '00:00'));
    expect([await isChief(chief.id), await isChief(next.id)]).toEqual([false, true]);
    // A process whose clock is behind notes it for a day that has come here.
    await pass(chief.id, '2026-06-02', '2026-06-01');
    await process.look(at('2026-06-02', '00:01'));
    expect([await isChief(chief.id), await isChief(next.id)]).toEqual([true, false]);
    expect(
      (await db.select().from(seals).where(gte(seals.day, '2026-06-01')).orderBy(seals.day)).map(
        ({ day }) => day,
      ),
    ).toEqual(['2026-06-01', '2026-06-02']);
  });

  test('that fails for one plan sends nothing more, and waits for what is being sent', async () => {
    const { parts } = start();
    const ends = new AbortController().signal;
    let sent = () => {};
    const asked: unknown[] = [];
    const delivery: typeof parts.delivery = {
      deliver: async (look, end, again) => {
        asked.push(look.plan.id, end === ends);
        again(look.now);
        return { over: new Promise<void>((resolve) => (sent = resolve)) };
      },
    };
    const wanted: Date[] = [];
    const now = at('2026-04-01', '08:42');
    const { over } = await tick({ ...parts, delivery }, now, ends, (when) => wanted.push(when));
    expect([asked, wanted]).toEqual([[plan.id, true], [now]]);
    let isOver = false;
    const waited = over.then(() => {
      isOver = true;
    });
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    sent();
    await waited;
  });

  test('knows which pushes still have something to look at, and not by what went by', async () => {
    const { parts, look } = start();
    const dues: ReadonlySet<string>[] = [];
    const delivery: typeof parts.delivery = {
      deliver: async ({ due }) => {
        dues.push(due);
        return { over: Promise.resolve() };
      },
    };
    await look(at('2026-03-30', '20:00'));
    const ends = new AbortController().signal;
    // The first morning's reminders and digest, which on the second day went by at half past five; the bulletin has a day more.
    for (const [day, time] of [
      ['2026-04-01', '08:42'],
      ['2026-04-02', '17:30'],
    ] as const)
      await tick({ ...parts, delivery }, at(day, time), ends);
    expect(dues).toEqual([
      new Set(['personal', 'digest', 'meeting', 'bulletin', 'files', 'volumes']),
      new Set(['bulletin-draft', 'bulletin', 'volumes']),
    ]);
  });

  test('asks nobody to send while nothing waits, and tells when sending came to nothing', async () => {
    const { parts } = start();
    const ends = new AbortController().signal;
    let looks = 0;
    const delivery: typeof parts.delivery = {
      deliver: async () => {
        looks += 1;
        return { over: Promise.reject(new Error('the database is away')) };
      },
    };
    await (await tick({ ...parts, delivery }, at('2026-04-01', '08:00'), ends)).over;
    expect(looks).toBe(0);
    const { over } = await tick({ ...parts, delivery }, at('2026-04-01', '08:42'), ends);
    await expect(over).rejects.toThrow('the database is away');
    expect(looks).toBe(1);
  });

  test('reads what several pushes go by once, and again after a fault', async () => {
    const { parts } = start();
    const look = await lookAt(parts, momentOf(plan, at('2026-04-01', '08:42')));
    expect(look.today).toBe('2026-04-01');
    expect(await look.survey()).toBe(await look.survey());
    let reads = 0;
    const read = async () => {
      reads += 1;
      if (reads === 1) throw new Error('the database is away');
      return reads;
    };
    await expect(look.once(read)).rejects.toThrow('the database is away');
    expect([await look.once(read), await look.once(read)]).toEqual([2, 2]);
  });

  test('draws, unless it is a rehearsal, and tells the operator what goes out without its picture', async () => {
    const { parts } = start();
    const moment = momentOf(plan, at('2026-04-01', '08:42'));
    const { draws: _, ...usual } = parts;
    expect((await lookAt(usual, moment)).draws).toBe(true);
    const look = await lookAt(parts, moment);
    expect(look.draws).toBe(false);
    look.lacked(new Error('no fonts'), 'picture');
    expect(logged).toMatchObject([
      { what: 'picture', err: { message: 'no fonts' }, msg: 'a push goes out without one of its papers' },
    ]);
  });

  test('signs a link for whom it goes to, or for the group that reads it instead', async () => {
    const { parts } = start();
    const now = at('2026-04-01', '08:42');
    const moment = momentOf(plan, now);
    const [chief] = await store.db
      .select({ id: people.id, group: groups.id })
      .from(people)
      .innerJoin(groups, and(eq(groups.sectionId, people.sectionId), eq(groups.audience, 'section')))
      .where(sql`'chief' = any(${people.roles})`);
    if (!chief) throw new Error('there is no chief');
    const linkTo = (page: string, whom: object, when: Date) => JSON.stringify([page, whom, when === now]);
    const usual = await lookAt({ ...parts, linkTo }, moment);
    expect(usual.link('board', { personId: chief.id })).toBe(`["board",{"personId":${chief.id}},true]`);
    expect(usual.link('board', { groupId: 7 })).toBe('["board",{"groupId":7},true]');
    expect(usual.reach(chief.id)?.place).toBe('single');
    const reach = () => ({ place: 'section' as const, group: { id: chief.group } as never });
    const away = await lookAt({ ...parts, linkTo, ways: { ...parts.ways, reach } }, moment);
    expect(away.link('board', { personId: chief.id })).toBe(`["board",{"groupId":${chief.group}},true]`);
    const nowhere = await lookAt({ ...parts, linkTo, ways: { ...parts.ways, reach: () => null } }, moment);
    expect(nowhere.link('board', { personId: chief.id })).toBe(`["board",{"personId":${chief.id}},true]`);
    expect((await lookAt(parts, moment)).link('board', { groupId: 7 })).toBeNull();
  });
});
