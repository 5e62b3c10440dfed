import { describe, expect, test } from 'vitest';
import type { Intent } from '../../../src/chat/intent.ts';
import { project, understand } from '../../../src/chat/parse.ts';
import { hear, replies } from './plan.ts';
import { sceneOf, vocabulary } from './scene.ts';

const intentsOf = (by: string, text: string): Intent[] =>
  understand(text, sceneOf(by), vocabulary).flatMap((each) =>
    'act' in each && each.act !== 'silent' ? [each] : [],
  );

describe('what the ledger needs besides', () => {
  test('is the day on which it happened', () => {
    expect(intentsOf('安全管理科科长', '4.3.2 4月9日演练1次')[0]?.on).toBe('2026-04-09');
    expect(intentsOf('安全管理科科长', '昨天演练1次,督查1次').map(({ on }) => on)).toEqual([
      '2026-04-12',
      '2026-04-12',
    ]);
  });

  test('is the period that was named outright', () => {
    expect(intentsOf('安全管理科科长', '4.3.1 排查1次,记入3月')[0]?.period).toBe('2026-03');
    expect(intentsOf('机关党委专职副书记', '一季度案例交流会已召开1次')[0]?.period).toBe('2026-Q1');
  });

  test('is the span of a total that is longer than the indicator’s clock', () => {
    expect(intentsOf('安全管理科科长', '4.3.1 今年以来排查5次')[0]?.span).toBe('year');
    expect(intentsOf('安全管理科科长', '4.3.2 今年以来演练2次')[0]?.span).toBeUndefined();
  });

  test('is the section that was reported for', () => {
    const reported = intentsOf('整改办主任', '代安全科 4.3.2 隐患+12、演练+1');
    expect(reported.map(({ section }) => section)).toEqual(['anquan', 'anquan']);
  });

  test('is which part of a ratio was meant', () => {
    const facets = intentsOf('局办公室主任', '5.2.1 文件减少12件(上年80件),会议减少6场(上年40场)');
    expect(facets.map(({ facet }) => facet)).toEqual(['文件', '会议']);
    // 上年 is when its other side was, and not when this was done.
    expect(facets.map(({ period }) => period)).toEqual([undefined, undefined]);
  });

  test('is that a correction gave a total', () => {
    expect(intentsOf('安全管理科科长', '更正 4.3.2 隐患累计118')[0]?.op).toBe('set');
    expect(intentsOf('安全管理科科长', '更正 4.3.2 隐患118')[0]?.op).toBeUndefined();
  });

  test('is that somebody insists', () => {
    expect(intentsOf('安全管理科科长', '坚持申请 4.3.2 演练未满4次')[0]).toMatchObject({
      act: 'submit',
      about: '坚持',
    });
  });

  test('are the words, kept as the note', () => {
    expect(intentsOf('安全管理科科长', '4.3.2 预计12月完成')[0]?.note).toBe('预计12月完成');
    expect(intentsOf('安全管理科科长', '退回 4.3.2 佐证不全,请补')[0]?.note).toBe('佐证不全,请补');
  });
});

describe('the view from outside', () => {
  test('shows no field that only the ledger needs', () => {
    const [shown] = understand('代安全科 更正 4.3.2 隐患累计118', sceneOf('整改办主任'), vocabulary).map(
      project,
    );
    expect(shown).toEqual({ act: 'correct', task: '4.3.2', indicator: '4.3.2/4', value: 118 });
  });

  test('dates only what runs to a day', () => {
    const [meeting] = understand('调度会 4月24日 15:00 局三楼会议室', sceneOf('整改办主任'), vocabulary).map(
      project,
    );
    expect(meeting).toMatchObject({ act: 'meeting', date: '2026-04-24' });
    const [event] = understand('4.3.2 4月9日演练1次', sceneOf('安全管理科科长'), vocabulary).map(project);
    expect(event).not.toHaveProperty('date');
  });
});

test('收到 acknowledges where a notice is open; thanks never do', () => {
  expect(hear('安全管理科科长', '收到', { noticeOpen: true })).toBe('ack');
  expect(hear('安全管理科科长', '收到,马上办', { noticeOpen: true })).toBe('ack');
  expect(hear('安全管理科科长', '谢谢', { noticeOpen: true })).toBe('silent');
  expect(hear('安全管理科科长', '收到')).toBe('silent');
});

/** What holds to the end of its sentence, whatever comes in between. */
replies('安全管理科科长', {
  '听李科说,隐患已整改30处': 'note 4.3.2',
  '听李科说,隐患已整改30处。演练+1': '4.3.2/2 +1 | 隐患已整改30处',
  '如果下周天气好,4.3.2 演练+1': 'note 4.3.2',
  '除一中外,4.3.2 已完成': 'note 4.3.2',
  '听说4.3.1已完成,4.3.2也已完成': 'note 4.3.1; note 4.3.2',
  '预计月底前,演练累计4次': 'note 4.3.2',
  '下周开展督查,演练+1': '?amount 4.3.2/2',
  '下周再督查1次,目前已督查3次': '4.3.2/3 =3 | 下周再督查1次',
});

/** An indicator's own code. */
replies('机关党委专职副书记', {
  '4.3.2/4 +12': '4.3.2/4 +12',
  '4.3.2/4 +12次': '?amount',
  '1.1.2/d1 已印发': '1.1.2/d1 =1',
  '5.1.1/2 17/20': '5.1.1/2 =17/20',
});
