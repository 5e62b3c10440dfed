import { describe, expect, test } from 'vitest';
import { holds, type Looked, lastLook, lookedAt, noteLook, take } from '../../../src/ledger/slots.ts';
import { at, onSample, plan, slotsOf, store } from './ledger.ts';

onSample();

describe('how far pushes have looked', () => {
  const slot = (time: string) => {
    const dueAt = at('2026-04-01', time);
    return { dueAt, expiresAt: at('2026-04-01', '17:30') };
  };
  const taken = (push: string, time: string, state: 'looked' | 'missed' = 'looked') =>
    take(store.db, plan.id, [{ push, slot: slot(time), state }]);
  const read = (time: string) =>
    lookedAt(store.db, plan.id, ['digest', 'order', 'weekly'], at('2026-04-01', time));

  test('is nowhere before anybody has looked', async () => {
    const looked = await read('09:00');
    expect([looked.last('digest'), looked.since, looked.at]).toEqual([null, null, at('2026-04-01', '09:00')]);
    expect(await lastLook(store.db, plan.id)).toBeNull();
  });

  test('is the last slot behind us that each has looked at; one that never did begins where the first did', async () => {
    await taken('digest', '10:00');
    await taken('digest', '11:00');
    await taken('digest', '15:00');
    await taken('digest', '12:00', 'missed');
    await taken('weekly', '10:30');
    const looked = await read('12:30');
    expect(looked.last('digest')).toEqual(at('2026-04-01', '11:00'));
    // That slot itself is still to be looked at by the others.
    const before = new Date(at('2026-04-01', '10:00').getTime() - 1);
    expect([looked.last('order'), looked.since]).toEqual([before, before]);
    expect((await read('15:00')).last('digest')).toEqual(at('2026-04-01', '15:00'));
  });

  test('begins with the first look, whatever was due at it', async () => {
    await noteLook(store.db, plan.id, at('2026-04-01', '07:00'));
    await noteLook(store.db, plan.id, at('2026-04-01', '07:30'));
    const first = await read('09:00');
    expect([first.last('order'), first.since]).toEqual(Array(2).fill(at('2026-04-01', '07:00')));
    expect(await lastLook(store.db, plan.id)).toEqual(at('2026-04-01', '07:30'));
    expect(await lastLook(store.db, plan.id + 1)).toBeNull();
    await taken('digest', '08:42');
    const second = await read('09:00');
    expect(second.last('order')).toEqual(new Date(at('2026-04-01', '08:42').getTime() - 1));
    expect(second.since).toEqual(at('2026-04-01', '07:00'));
  });

  test('goes forward with what this process looks at, and never back', async () => {
    await taken('digest', '10:00');
    const looked = await read('10:30');
    const now = at('2026-04-01', '11:00');
    looked.went('order', slot('10:45'), now);
    expect([looked.last('order'), looked.at]).toEqual([at('2026-04-01', '10:45'), now]);
    looked.went('digest', slot('09:00'), now);
    expect(looked.last('digest')).toEqual(at('2026-04-01', '10:00'));
    looked.went('digest', slot('10:50'), now);
    expect(looked.last('digest')).toEqual(at('2026-04-01', '10:50'));
  });

  test('holds for this process until its clock is set back', () => {
    const known = { since: at('2026-04-01', '07:00'), at: at('2026-04-01', '09:00') } as Looked;
    expect(holds(known, at('2026-04-01', '09:00'))).toBe(known);
    expect(holds(known, at('2026-04-01', '09:01'))).toBe(known);
    expect(holds(known, at('2026-04-01', '08:59'))).toBeNull();
    expect(holds({ ...known, since: null }, at('2026-04-01', '09:01'))).toBeNull();
    expect(holds(null, at('2026-04-01', '09:01'))).toBeNull();
  });

  test('is taken once: whoever comes second takes nothing, but one that looked missed can still be looked at', async () => {
    expect(await take(store.db, plan.id, [])).toBe(0);
    expect(await taken('digest', '10:00', 'missed')).toBe(1);
    expect(await taken('digest', '10:00', 'missed')).toBe(0);
    expect(await taken('digest', '10:00')).toBe(1);
    expect(await taken('digest', '10:00')).toBe(0);
    expect(await taken('digest', '10:00', 'missed')).toBe(0);
    expect(await slotsOf('digest')).toEqual(['04-01T10:00 looked']);
    const both = ['digest', 'order'].map((push) => ({ push, slot: slot('10:00'), state: 'looked' as const }));
    expect(await take(store.db, plan.id, both)).toBe(1);
  });
});
