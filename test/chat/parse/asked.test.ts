import { describe, expect, test } from 'vitest';
import { groupOf, isOfPeople, namesOfPeopleIn, tasksNamed, timesIn } from '../../../src/chat/parse.ts';
import { today, vocabulary } from './scene.ts';

/** What others than the grammar ask it about some words. */
describe('the words', () => {
  test.each([
    ['4.3.2', '3.2 演练+1', undefined],
    ['3.2.1', '督办 3.2 会议1次', '3.2'],
    ['3.2.1', '4.3 演练,3.2 会议', '3.2'],
    ['3.2.1', '3.2.1 会议1次', undefined],
    ['3.2.1', '会议1次', undefined],
    ['4.3.2', '三(二)', undefined],
    ['3.2.1', '第三类第二项', '第三类第二项'],
  ])('%s in %j is one of %s', (code, text, group) => {
    expect(groupOf(code, text, vocabulary, today)).toBe(group);
  });

  test.each([
    ['党组书记讲党课', ['党组书记']],
    ['书记和分管体育副局长各1次', ['书记', '分管体育副局长']],
    ['副局长讲党课', []],
    ['安全管理科演练1次', []],
    ['4.3.2 演练', []],
  ])('%j name the people %j', (text, names) => {
    expect(namesOfPeopleIn(text, vocabulary, today)).toEqual(names);
  });

  test.each([
    ['4.3.2 演练、5.1.1 责任书', ['4.3.2', '5.1.1']],
    ['第18项', ['3.2.1']],
    ['3.2 会议', []],
    ['9.9.9 会议', []],
    ['演练1次', []],
  ])('%j name the tasks %j', (text, tasks) => {
    expect(tasksNamed(text, vocabulary, today)).toEqual(tasks);
  });

  test.each([
    ['4月9日演练,督查上周', ['4月9日', '上周']],
    ['演练1次', []],
  ])('%j name the times %j', (text, times) => {
    expect(timesIn(text, vocabulary, today)).toEqual(times);
  });

  test.each([
    ['党组书记和班子成员', true],
    ['党组书记讲党课', false],
    ['4月9日', false],
    ['和', false],
  ])('%j name nobody but people: %s', (text, whether) => {
    expect(isOfPeople(text, vocabulary, today)).toBe(whether);
  });
});
