import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { kinds, tryFault } from './platforms/campaign.ts';
import { type History, judge } from './platforms/checker.ts';
import type { Fault } from './platforms/wire.ts';
import { openWorld, type World } from './platforms/world.ts';

/** A few of what the script beside it tries for ten minutes each. */
const MINUTES = 2;
const SEED = 1;
const chosen: [string, Fault][] = [
  ["WeCom's group robot", 'hang after accepting'],
  ["WeCom's app", 'token expired'],
  ["WeCom's app", 'shut'],
  ["DingTalk's OpenAPI", 'reset before accepting'],
  ["DingTalk's OpenAPI", 'no licence'],
];

describe('a robot whose platform fails for minutes', () => {
  let world: World;
  beforeAll(async () => {
    const loadDataDir = new Blob([await readFile(inject('pglite'))]);
    world = await openWorld('hook', () => PGlite.create({ loadDataDir }));
  });
  afterAll(() => world.close());

  test.each(chosen)(
    'loses nothing, shows nothing twice and holds up no other: %s, %s',
    async (name, fault) => {
      const kind = kinds.find((each) => each.name === name);
      if (!kind) throw new Error('there is no such robot');
      const { wrong, tokens } = await tryFault(world, kind, fault, MINUTES, SEED);
      expect(wrong).toEqual([]);
      // An old token is replaced once, whoever found it out; the first one may have to be fetched as well.
      if (fault === 'token expired') expect(tokens).toBeLessThanOrEqual(2);
    },
    180_000,
  );
});

describe("the campaign's checker", () => {
  const MINUTE = 60_000;
  const history: History = {
    written: ['L0001', 'L0002', 'L0003'].map((name, at) => ({
      name,
      chat: 'c',
      at,
      ill: true,
      once: false,
      prompt: true,
      refused: false,
    })),
    calls: ['L0001', 'L0002', 'L0003'].map((name, at) => ({ robot: 'r', kind: 'send', at, letters: [name] })),
    seen: ['L0001', 'L0002', 'L0003'].map((name, at) => ({ chat: 'c', at, letters: [name], again: false })),
    ended: new Map(),
    robot: 'r',
    healedAt: 0,
  };
  const [first, ...more] = history.seen;

  test('finds nothing where all is well', () => {
    expect(judge(history)).toMatchObject({ lost: [], declared: [], doubled: [], disordered: [], tries: 1 });
  });

  test('tells what was lost from what the office is told of', () => {
    expect(judge({ ...history, seen: more })).toMatchObject({ lost: ['L0001'], declared: [] });
    const ended = new Map([['L0001', 'dead']]);
    expect(judge({ ...history, seen: more, ended })).toMatchObject({ lost: [], declared: ['L0001'] });
  });

  test('leaves a bulletin in doubt to the office, and lets none be in doubt that can’t have arrived', () => {
    const written = history.written.map((letter, at) => ({ ...letter, once: at === 0 }));
    const doubt = { ...history, written, seen: more, ended: new Map([['L0001', 'unknown']]) };
    expect(judge(doubt).declared).toEqual([]);
    expect(judge({ ...doubt, unreached: true }).declared).toEqual(['L0001']);
  });

  test('lets a refusal for good be told of at once, and be insisted on never', () => {
    const written = history.written.map((letter, at) => ({ ...letter, refused: at === 0 }));
    const refusal = { ...history, written, seen: more, ended: new Map([['L0001', 'dead']]) };
    expect(judge(refusal)).toMatchObject({ lost: [], declared: [], insisted: [] });
    const [call] = history.calls;
    const calls = call ? [...history.calls, call] : [];
    expect(judge({ ...refusal, calls }).insisted).toEqual(['L0001']);
    expect(judge({ ...refusal, ended: new Map() })).toMatchObject({ lost: ['L0001'], insisted: ['L0001'] });
  });

  test('sees what is shown again without a mark, and what comes out of order', () => {
    const twice = (again: boolean) => ({ chat: 'c', at: 9, letters: ['L0001'], again });
    expect(judge({ ...history, seen: [...history.seen, twice(false)] }).doubled).toEqual(['L0001']);
    expect(judge({ ...history, seen: [...history.seen, twice(true)] }).doubled).toEqual([]);
    expect(judge({ ...history, seen: [...more, { ...twice(false) }] }).disordered).toEqual(['L0001']);
    expect(first?.at).toBe(0);
  });

  test('counts tries, and calls in any minute wherever it begins', () => {
    const calls = Array.from({ length: 21 }, (_, at) => ({
      ...{ robot: 'r', kind: 'send' as const, letters: ['L0001'] },
      at: 30_000 + (at * (MINUTE - 1)) / 20,
    }));
    expect(judge({ ...history, calls })).toMatchObject({ tries: 21, inMinute: 21 });
  });

  test('reckons how long draining took and what it takes at best', () => {
    const written = Array.from({ length: 41 }, (_, at) => ({
      ...{
        name: `L${String(at).padStart(4, '0')}`,
        chat: `c${at}`,
        at: 0,
        ill: true,
        once: false,
        prompt: true,
        refused: false,
      },
    }));
    const seen = written.map(({ name, chat }, at) => ({
      chat,
      at: at * 1_000,
      letters: [name],
      again: false,
    }));
    expect(judge({ ...history, written, seen, healedAt: 1 })).toMatchObject({
      drained: 39_999,
      best: MINUTE,
    });
  });
});
