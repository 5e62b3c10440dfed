import { expect, test } from 'vitest';
import { accountFor } from '../../../src/chat/parse.ts';
import { sceneOf, vocabulary } from './scene.ts';

const scene = sceneOf('安全管理科科长');

/** Of the processor, for the quickest of some readings. */
function time(text: string): number {
  const each = Array.from({ length: 5 }, () => {
    const since = process.cpuUsage();
    accountFor(text, scene, vocabulary);
    const { user, system } = process.cpuUsage(since);
    return user + system;
  });
  return Math.min(...each);
}

const of = (words: string, length: number): string =>
  `4.3.2 隐患${words.repeat(Math.ceil(length / words.length))}`.slice(0, length);

// Everybody else waits while a message is read. In time that grows by the square, four times as long takes sixteen times.
test.each(['写错了,是第3次', '演练+1,累计3次;'])(
  '%s, over and over, is read in time that grows with it',
  (words) => {
    time(of(words, 500));
    expect(time(of(words, 2_000)) / time(of(words, 500))).toBeLessThan(9);
  },
);
