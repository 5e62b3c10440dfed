import { describe, expect, test } from 'vitest';
import { lexiconOf } from '../../../src/chat/parse/lexicon.ts';
import { numberOf } from '../../../src/chat/parse/numerals.ts';
import { ownWords } from '../../../src/chat/parse/ownWords.ts';
import { tidy } from '../../../src/chat/parse/tidy.ts';
import { tokensOf } from '../../../src/chat/parse/tokens.ts';
import { sceneOf, today, vocabulary } from './scene.ts';

describe('tidying', () => {
  test.each([
    ['４．３．２　隐患＋１２', '4.3.2 隐患+12'],
    ['4。3。2 演练＋１', '4.3.2 演练+1'],
    ['督查+1。4.3.1 排查+1', '督查+1。4.3.1 排查+1'],
    ['3·2·1 已落实', '3.2.1 已落实'],
    ['@督办 4.3.2  演练\u200b+1', '4.3.2 演练+1'],
    ['演练+1 @督办\u20054.3.2', '演练+1 4.3.2'],
    ['督办,4.3.2 演练+1', '4.3.2 演练+1'],
    ['督办单 3.2.1', '督办单 3.2.1'],
    ['①4.3.1排查②4.3.2演练', '4.3.1排查\n4.3.2演练'],
    ['1️⃣4.3.1 排查', '4.3.1 排查'],
    ['120m² 已验收', '120m 已验收'],
    ['收到[强]👍', '收到'],
    ['学位1,200个', '学位1200个'],
    ['演练+1,120处', '演练+1,120处'],
    ['演练+1，120处', '演练+1,120处'],
    ['4 月 9 日', '4月9日'],
    ['4.3.2 4月演练', '4.3.2 4月演练'],
    ['(2026)12号文', '〔2026〕12号文'],
    ['4.3.2\r\n\r\n演练\t+1', '4.3.2\n演练 +1'],
  ])('makes %j to %j', (text, tidied) => {
    expect(tidy(text, ['督办'])).toBe(tidied);
  });
});

describe('the speaker’s own words', () => {
  test.each([
    ['「张三:4.3.2 已完成」\n- - - - - - - - -\n收到', '收到'],
    ['> 4.3.2 已完成\n收到', '收到'],
    ['转发:4.3.2 已完成', ''],
    ['安全科 10:32\n4.3.2 已完成', ''],
    ['【黄·滞后】【4.3.2】应急预案:已记2个\n预案+1', '预案+1'],
    ['已记录【4.3.2】校园安全督查:1→2次\n不对', '不对'],
    ['#接龙\n1. 机关党委 1.1.2完成\n2. 安全科 演练+1', '演练+1'],
    ['#接龙\n1. 机关党委 1.1.2完成\n2. 局办 5.2.3+1', ''],
    ['1、4.3.1 排查+1\n2、4.3.2 演练+1', '4.3.1 排查+1\n4.3.2 演练+1'],
    ['1. 4.3.1 排查+1', '4.3.1 排查+1'],
    ['17、18项已完成', '17、18项已完成'],
    ['1.1.2 已完成', '1.1.2 已完成'],
  ])('of %j are %j', (text, own) => {
    expect(ownWords(tidy(text, []), sceneOf('安全管理科科长'), vocabulary).text).toBe(own);
  });

  test('leave what they quote as the quote', () => {
    const { quote } = ownWords('【黄·滞后】【4.3.2】预案2个\n预案+1', sceneOf('安全管理科科长'), vocabulary);
    expect(quote).toBe('【黄·滞后】【4.3.2】预案2个');
  });
});

describe('numbers', () => {
  test.each([
    ['12', 12],
    ['0.6万', 6000],
    ['1.2亿', 120_000_000],
    ['一千二百', 1200],
    ['二十八', 28],
    ['十', 10],
    ['一百零五', 105],
    ['两', 2],
    ['三万', 30_000],
    ['两三', null],
    ['四五十', null],
    ['', null],
    ['万万', null],
    ['十百', null],
  ])('%j is %s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });
});

describe('figures', () => {
  const figuresIn = (text: string) =>
    tokensOf(text, lexiconOf(vocabulary), today).flatMap((token) =>
      token.is === 'figure'
        ? [
            `${token.figure.form} ${token.figure.value}${token.figure.whole === undefined ? '' : `/${token.figure.whole}`}${token.figure.unit}`,
          ]
        : [],
    );

  test.each([
    ['演练3次', ['plain 3次']],
    ['隐患 + 12 处', ['plus 12处']],
    ['演练加一', ['plus 1']],
    ['隐患-2', ['minus 2']],
    ['进度60%', ['percent 60%']],
    ['责任书17/20家', ['slash 17/20家']],
    ['第3次演练', ['ordinal 3次']],
    ['督查1→2次', ['reached 2次']],
    ['学习一天半', ['plain 1.5天']],
    ['今天半天', ['plain 0.5天']],
    ['学位0.36万个', ['plain 3600个']],
    ['又演练了两三次', ['vague 0次']],
    ['隐患120余项', ['vague 0项']],
    ['3-5名', ['vague 0名']],
    ['隐患3+2处', ['vague 0处']],
    ['隐患+1o处', ['vague 1']],
    ['80、85分钟', ['plain 80', 'plain 85分钟']],
    ['8.6万元', ['other 0']],
    ['〔2026〕12号', ['other 0']],
    ['15:30', ['other 0']],
    ['12中', ['other 12']],
    ['三重一大', []],
    ['一岗双责', []],
    ['4.3.2', []],
    ['4月9日', []],
  ])('in %s are %j', (text, figures) => {
    expect(figuresIn(text)).toEqual(figures);
  });
});

describe('codes', () => {
  const codesIn = (text: string) =>
    tokensOf(text, lexiconOf(vocabulary), today).flatMap((token) =>
      token.is === 'code'
        ? [`${token.code.how} ${token.code.indicator ?? token.code.tasks.join(' ')}`.trim()]
        : [],
    );

  test.each([
    ['4.3.2', ['task 4.3.2']],
    ['4-3-2', ['task 4.3.2']],
    ['4. 3. 2', ['task 4.3.2']],
    ['四点三点二', ['task 4.3.2']],
    ['四(三)2', ['task 4.3.2']],
    ['四类第三项第二条', ['task 4.3.2']],
    ['4.3.2/4', ['task 4.3.2/4']],
    ['1.1.2/d1', ['task 1.1.2/d1']],
    ['4.3.1/4.3.2', ['task 4.3.1', 'task 4.3.2']],
    ['第17、18项', ['task 3.1.3 3.2.1']],
    ['#18', ['task 3.2.1']],
    ['18号', ['dayish 3.2.1']],
    ['g4', ['task G4']],
    ['3.2', ['group 3.2.1 3.2.2']],
    ['(三)2', ['group 3.2.1 3.2.2']],
    ['三类第二项', ['group 3.2.1 3.2.2']],
    ['9.9.9', ['unknown']],
    ['4.3.2.1', ['unknown']],
    ['第43项', ['unknown']],
    ['3.2万', []],
    ['2026-4-9', []],
    ['7类', []],
  ])('in %s are %j', (text, codes) => {
    expect(codesIn(text)).toEqual(codes);
  });
});
