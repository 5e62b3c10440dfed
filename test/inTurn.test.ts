import { expect, test } from 'vitest';
import { inTurn } from '../src/inTurn.ts';

/** Runs that end when they are told to, each with its number. */
function played() {
  const ends: ((fault?: Error) => void)[] = [];
  const call = inTurn(
    () =>
      new Promise<number>((resolve, reject) => {
        const number = ends.length + 1;
        ends.push((fault) => (fault ? reject(fault) : resolve(number)));
      }),
  );
  /** Lets whatever can go on go on. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    call,
    settle,
    begun: () => ends.length,
    end: (number: number, fault?: Error) => ends[number - 1]?.(fault),
  };
}

test('a call during a run waits for another after it, and further calls for that same one', async () => {
  const { call, settle, begun, end } = played();
  const first = call();
  await settle();
  const [second, third] = [call(), call()];
  await settle();
  expect(begun()).toBe(1);
  end(1);
  await settle();
  expect(begun()).toBe(2);
  end(2);
  expect(await Promise.all([first, second, third])).toEqual([1, 2, 2]);
});

test('calls before a run has begun are for that one, and one after its end is for a new one', async () => {
  const { call, settle, end } = played();
  const both = [call(), call()];
  await settle();
  end(1);
  expect(await Promise.all(both)).toEqual([1, 1]);
  const later = call();
  await settle();
  end(2);
  expect(await later).toBe(2);
});

test('a run that fails is told to its callers alone', async () => {
  const { call, settle, end } = played();
  const first = call();
  await settle();
  const second = call();
  end(1, new Error('it broke'));
  await expect(first).rejects.toThrow('it broke');
  await settle();
  end(2);
  expect(await second).toBe(2);
});
