import { expect, test } from 'vitest';
import { withDots } from '../../../src/chat/parse/dotless.ts';
import { chiefOf, sceneOf, vocabulary } from './scene.ts';

/** A plan whose measures have more than nine tasks, three of them the safety section's. */
const own = vocabulary.tasks.find(({ code }) => code === '4.3.2');
const grown = {
  ...vocabulary,
  tasks: ['4.3.2', '4.3.12', '1.12.3', '1.1.23', '11.2.3'].map((code) => ({ ...own, code })),
} as typeof vocabulary;
const read = (text: string) => withDots(text, sceneOf(chiefOf('安全管理科')), grown);

test.each([
  ['432 演练+1', '4.3.2 演练+1'],
  ['4 3 12 演练+1', '4.3.12 演练+1'],
  ['4312演练+1', '4.3.12演练+1'],
  // Of two tasks.
  ['1123演练+1', '1123演练+1'],
  ['4399演练+1', '4399演练+1'],
  ['432人参加演练', '432人参加演练'],
])('%s is %s', (typed, meant) => {
  expect(read(typed)).toBe(meant);
});
