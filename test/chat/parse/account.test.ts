import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountFor, isOfPeople, timesIn } from '../../../src/chat/parse.ts';
import { sceneOf, today, vocabulary } from './scene.ts';

const heard = (text: string, by = '安全管理科科长') => accountFor(text, sceneOf(by), vocabulary);

describe('what nothing was made of', () => {
  test.each([
    ['4.3.2 隐患+12 教育9件', ['教育9件']],
    ['4.3.2 演练+1,4月9日在一中开展,参加300人', ['参加300人']],
    ['申请销号 4.3.2,演练+1', ['演练+1']],
    ['撤回,演练+1', ['演练+1']],
    ['4.3.2 演练+1,投入3万元', ['投入3万元']],
    ['4.3.2 演练+1,进展顺利', []],
    ['4.3.2 演练累计3次(全年任务4次),还差1次', []],
    ['4.3.2 演练+1 佐证:演练照片3张', []],
    ['上一条发错了,撤回', []],
  ])('of %j is %j', (text, left) => {
    expect(heard(text).left).toEqual(left);
  });

  test('is a deed on a day that stands behind two figures', () => {
    const { understood, left } = heard('研讨+1,学习+2天,3月26日召开案例交流会', '机关党委专职副书记');
    expect(understood).toHaveLength(2);
    expect(left).toEqual(['3月26日召开案例交流会']);
  });
});

/** Pieces of a report, each with a number of its own in place of n; no two of one indicator, where a total says it all. */
const pieces = {
  hazards: ['隐患+n', '又整改隐患n处', '隐患整改累计n处'],
  drills: ['演练+n', '演练累计n次', '演练n次', '计划再演练n次', '一中演练n次'],
  checks: ['督查+n', '4月9日督查n次', '督查n次', '预计督查n次'],
  papers: ['预案已修订n个', '预案+n', '风险n项'],
  strangers: ['参加n人', '食堂检查n家', '教育n件', '学位+n', '投入n万元', '3月n日召开案例交流会', '跑了n趟'],
  commands: ['申请销号', '撤回', '佐证:照片n张', '延期至5月n日', '我的', '挂牌'],
};
const piece = (texts: string[]) => fc.option(fc.constantFrom(...texts), { nil: undefined });
const message = fc
  .tuple(
    fc
      .shuffledSubarray(Object.values(pieces), { minLength: 1 })
      .chain((kinds) => fc.tuple(...kinds.map(piece))),
    fc.constantFrom(',', ';', '。', '\n', ' ', '、'),
    fc.constantFrom('', '4.3.2 ', '4.3.1 ', '代安全科 '),
  )
  .map(([parts, mark, head]) => {
    const said = parts.flatMap((each) => each ?? []);
    const numbered = said.map((each, at) => each.replace('n', String(11 + at * 3)));
    return {
      text: head + numbered.join(mark),
      numbers: said.flatMap((each, at) => (each.includes('n') ? [11 + at * 3] : [])),
    };
  })
  .filter(({ numbers }) => numbers.length > 0)
  // Without a mark between them the words behind 延期 are its reason.
  .filter(({ text }) => !/延期至\S+ 3月/.test(text));

describe('a number in a message', () => {
  test('is recorded, asked about or named as left', () => {
    fc.assert(
      fc.property(message, ({ text, numbers }) => {
        const { understood, left } = heard(text);
        const [only, ...more] = understood;
        // One question, and how a command is written, is about the whole message.
        if (only && more.length === 0 && ('ask' in only || only.act === 'unknown')) return;
        const told = JSON.stringify([understood, left]);
        for (const number of numbers)
          expect(told, `${number} of ${JSON.stringify(text)}`).toContain(String(number));
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  ['党组书记', true],
  ['书记、分管党建副局长', true],
  ['书记和分管体育副局长都', true],
  ['班子成员', true],
  ['班子成员组织生活', false],
  ['书记2次', false],
  ['安全管理科', false],
  ['、', false],
])('%s names people and nothing else: %s', (words, isNamed) => {
  expect(isOfPeople(words, vocabulary, today)).toBe(isNamed);
});

test('the days and spans that some words name are found as they were typed', () => {
  expect(timesIn('4月9日和上周督查2次,本季度演练1次', vocabulary, today)).toEqual([
    '4月9日',
    '上周',
    '本季度',
  ]);
  expect(timesIn('演练2次', vocabulary, today)).toEqual([]);
});
