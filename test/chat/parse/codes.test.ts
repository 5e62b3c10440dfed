import { describe, expect, test } from 'vitest';
import { accountFor } from '../../../src/chat/parse.ts';
import { replies, shortly } from './plan.ts';
import { sceneOf, vocabulary } from './scene.ts';

/** How tasks are written by number, and what looks like that and is none. */
describe('a task by its number', () => {
  replies('整改办主任', {
    '4.3.2/3 +1': '4.3.2/3 +1',
    '1.1.2/d1 已印发': '1.1.2/d1 =1',
    '1.1.2/D1 已印发': '1.1.2/d1 =1',
    '4.3.2/9 +1': '?task coded',
    G4: 'show G4',
    'g4/1 +1': 'G4/1 +1',
    G12: 'silent | G12',
    'G4/12': '?task coded',
    '4.3.2': 'show 4.3.2',
    '4-3-2': 'show 4.3.2',
    '4 . 3 . 2': 'show 4.3.2',
    '4. 3. 2': 'show 4.3.2',
    '4.3.2.1': '?task coded',
    '4.3.25': '?task coded',
    '4·3·2': 'show 4.3.2',
    '4。3。2': 'show 4.3.2',
    四点三点二: 'show 4.3.2',
    '四(三)2': 'show 4.3.2',
    '第四(三)2': 'show 4.3.2',
    '四（三）２': 'show 4.3.2',
    '(三)2': '?task options=3.2.1,3.2.2',
    四类三项: '?task options=4.3.1,4.3.2',
    第四类第三项第2小项: 'show 4.3.2',
    四类三项2: 'show 4.3.2',
    '4类3项2条': 'show 4.3.2',
    四类第三项第二个: 'show 4.3.2',
    第四类: '?task options=4.1.1,4.1.2,4.2.1,4.2.2,4.2.3,4.3.1,4.3.2',
    四类的都: '?task options=4.1.1,4.1.2,4.2.1,4.2.2,4.2.3,4.3.1,4.3.2',
    第四类任务: '?task options=4.1.1,4.1.2,4.2.1,4.2.2,4.2.3,4.3.1,4.3.2',
    '4.3': '?task options=4.3.1,4.3.2',
    '9.9.9': '?task coded',
    第28项: 'show 4.3.2',
    第28号任务: 'show 4.3.2',
    第28个任务: 'show 4.3.2',
    第28条任务: 'show 4.3.2',
    第二十八项: 'show 4.3.2',
    '第27、28项': 'show 4.3.1; show 4.3.2',
    '第27,28项': 'show 4.3.1; show 4.3.2',
    第99项: '?task coded',
    '#28': 'show 4.3.2',
    '# 28': 'show 4.3.2',
    序号28: 'show 4.3.2',
    '序号:28': 'show 4.3.2',
    编号28: 'show 4.3.2',
    任务28: 'show 4.3.2',
    '任务 28': 'show 4.3.2',
    '28号': 'show 4.3.2',
    '28号楼': 'silent | 28号楼',
    '28号文': 'silent | 28号文',
    查28号: 'show 4.3.2',
    '查 第28项': 'show 4.3.2',
    '4.3.2、4.3.1': 'show 4.3.2; show 4.3.1',
    '查4.3.2和5.1.1': 'show 4.3.2; show 5.1.1',
    '查 432': '?task',
  });
  replies('安全管理科科长', {
    '432 演练+1': '4.3.2/2 +1',
    '4 3 2 演练+1': '4.3.2/2 +1',
    '四三二演练+1': '4.3.2/2 +1',
    '421 评估+1': '?task',
    '28 演练+1': '4.3.2/2 +1 | 28',
    '28号 演练+1': '4.3.2/2 +1',
    '28号演练1次': '?amount 4.3.2/2',
    '任务28 演练+1': '4.3.2/2 +1',
    '4.3 演练+1': '4.3.2/2 +1',
    '4.3.2督查5次': '?amount 4.3.2/3',
    '【4.3.2】 督查+1': '4.3.2/3 +1',
    '(4.3.2)督查+1': '4.3.2/3 +1',
    '安全科-4.3.2 督查+1': '4.3.2/3 +1',
    '4.3.2-督查+1': '4.3.2/3 +1',
    '4.3.2:督查+1': '4.3.2/3 +1',
    '4.3.2。督查+1': '4.3.2/3 +1',
    '4.3.2 4.3.1 都在推进': 'note 4.3.2; note 4.3.1',
    '4.3.2及4.3.1已完成': 'submit 4.3.2; submit 4.3.1',
  });
  replies('财务科科长', {
    '432 演练+1': '?task',
  });
});

describe('a plan with more than nine of a kind', () => {
  const [task] = vocabulary.tasks.filter(({ code }) => code === '4.3.2');
  if (!task) throw new Error('no task');
  /** The same task once more, by other numbers. */
  const numbered = (code: string) => ({
    ...task,
    code,
    serial: null,
    measure: null,
    indicators: task.indicators.map((each, at) => ({ ...each, code: `${code}/${at + 10}` })),
  });
  const large = { ...vocabulary, tasks: [...vocabulary.tasks, ...['10.1.11', 'G12'].map(numbered)] };

  test.each([
    ['10.1.11 演练+1', '10.1.11/11 +1'],
    ['10.1.11/11 +1', '10.1.11/11 +1'],
    ['查 10.1.11', 'show 10.1.11'],
    ['查10.1.11', 'show 10.1.11'],
    ['【10.1.11】演练+1', '10.1.11/11 +1'],
    ['G12 演练+1', 'G12/11 +1'],
    ['g12/11 +1', 'G12/11 +1'],
    ['查 G12', 'show G12'],
    ['G13 演练+1', '?task'],
  ])('%j is understood as %s', (text, meaning) => {
    expect(shortly(accountFor(text, sceneOf('整改办主任'), large))).toBe(meaning);
  });

  test('quotes by them', () => {
    const scene = sceneOf('整改办主任', { quote: '【黄·滞后】【10.1.11】演练' });
    expect(shortly(accountFor('演练+1', scene, large))).toBe('10.1.11/11 +1');
  });
});
