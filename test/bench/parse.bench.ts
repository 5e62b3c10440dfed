import { bench, describe } from 'vitest';
import { understand } from '../../src/chat/parse.ts';
import { sceneOf, vocabulary } from '../chat/parse/scene.ts';

const scene = sceneOf('安全管理科科长');

describe('an ordinary message', () => {
  bench('4.3.2 隐患+12 演练+1', () => {
    understand('@督办 4.3.2 隐患+12 演练+1', scene, vocabulary);
  });
});

/** Texts made to be slow to read: the time for 20 kB should be about twice the time for 10 kB, whatever they repeat. */
const baits = [
  '4.3.2 隐患+12,',
  '责任书17/20 ',
  '总分1分 ',
  '不是1是',
  '未申请销号',
  '由',
  '撤回x',
  '能不能',
  '(',
  '"',
  '一百',
  '1.',
  '第1项、',
  '\n1. ',
];

describe.each(baits)('bait %j', (bait) => {
  for (const size of [10_000, 20_000]) {
    const text = bait.repeat(Math.ceil(size / bait.length)).slice(0, size);
    bench(`${size / 1000} kB`, () => void understand(text, scene, vocabulary), { time: 200, iterations: 3 });
  }
});
