import { setTimeout as after } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import {
  cannotTell,
  clock,
  close,
  entriesOf,
  heal,
  hold,
  house,
  line,
  message,
  notRecorded,
  open,
  other,
  stuck,
  told,
  toldOtherwise,
  warm,
  written,
} from './world.ts';

beforeAll(open);
afterEach(heal);
afterAll(close);

const receipt = /^已记录【4\.3\.2】[\s\S]*演练:\d+次→\d+次/;

describe('a message that is being recorded', () => {
  test('when the line is cut is told that it was not recorded', async () => {
    await warm();
    const letGo = await hold('4.3.2');
    const words = message();
    const answer = told(words);
    await stuck();
    line.cut();
    expect(await answer).toBe(notRecorded);
    await letGo();
    expect(await toldOtherwise()).toBe(0);
    expect(await told(words)).toBe(notRecorded);
    expect(await entriesOf(words)).toBe(0);
  });

  test('and waits too long, is told the same as its copies, and none of them has an effect', async () => {
    const letGo = await hold('4.3.2');
    const words = message();
    const first = told(words);
    await stuck();
    // So that the time of the copies, were it their own, would not be up when the first one's is.
    await after(500);
    const copies = [told(words), told(words)];
    expect(await first).toBe(notRecorded);
    await letGo();
    expect(await Promise.all(copies)).toEqual([notRecorded, notRecorded]);
    expect(await entriesOf(words)).toBe(0);
    expect(await toldOtherwise()).toBe(0);
  });

  test.each([
    { commit: 'lost on its way', commits: 'lose', recorded: 0 },
    { commit: 'done and its answer lost', commits: 'lose the answer', recorded: 1 },
    { commit: 'done and its answer never comes', commits: 'swallow the answer', recorded: 1 },
    { commit: 'held up on its way', commits: 'hold', recorded: 0 },
  ] as const)('whose COMMIT is $commit is told what is true', async ({ commits, recorded }) => {
    await warm();
    line.commits = commits;
    const words = message();
    const answer = await told(words);
    if (recorded === 0) expect(answer).toBe(notRecorded);
    else expect(answer).toMatch(receipt);
    await heal();
    expect(await toldOtherwise()).toBe(0);
    clock.move(11 * 60_000);
    expect(await told(words)).toBe(answer);
    expect(await entriesOf(words)).toBe(recorded);
  });

  test.each([
    { commit: 'lost on its way', commits: 'lose', recorded: 0 },
    { commit: 'done and its answer lost', commits: 'lose the answer', recorded: 1 },
    { commit: 'done and its answer never comes', commits: 'swallow the answer', recorded: 1 },
  ] as const)(
    'whose COMMIT is $commit is told where to look when nobody can ask',
    async ({ commits, recorded }) => {
      await warm();
      line.commits = commits;
      line.refuse();
      const words = message();
      expect(await told(words)).toBe(cannotTell);
      await heal();
      await written(words);
      expect(await toldOtherwise()).toBe(0);
      clock.move(11 * 60_000);
      for (const by of [house, other]) {
        if (recorded === 0) expect(await told(words, by)).toBe(notRecorded);
        else expect(await told(words, by)).toMatch(receipt);
      }
      expect(await entriesOf(words)).toBe(recorded);
    },
  );
});
