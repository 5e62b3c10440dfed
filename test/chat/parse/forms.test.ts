import { describe, expect, test } from 'vitest';
import { heldAs } from '../../../src/chat/parse/planCommands.ts';
import { understand } from '../../../src/chat/parse.ts';
import { sceneOf, vocabulary } from './scene.ts';

const read = (text: string) => understand(text, sceneOf('整改办主任'), vocabulary);

/** Whole: whatever a form carries, and nothing else. */
describe('a form of the office is read as', () => {
  test.each([
    ['帮助', { act: 'help', about: '' }],
    ['帮助 延期', { act: 'help', about: '延期' }],
    ['help', { act: 'help', about: '' }],
    ['记录 方案', { act: 'history', about: '方案' }],
    ['方案记录', { act: 'history', about: '方案' }],
    ['取消', { act: 'unknown', about: '撤回' }],
    ['删掉吧', { act: 'unknown', about: '撤回' }],
    ['删除了。', { act: 'unknown', about: '撤回' }],
    ['删了', { act: 'unknown', about: '撤回' }],
    ['不算了吧', { act: 'unknown', about: '撤回' }],
    ['停用 李敏', { act: 'disable', person: '李敏' }],
    ['停用李敏', { act: 'disable', person: '李敏' }],
    ['启用 李敏', { act: 'enable', person: '李敏' }],
    ['新增人员 李敏 财务科 副科长', { act: 'enlist', person: '李敏', section: 'caiwu', about: '副科长' }],
    [
      '新增人员 李敏 财务科 副科长 角色 内勤',
      { act: 'enlist', person: '李敏', section: 'caiwu', about: '副科长', note: '内勤' },
    ],
    ['新增人员 李敏 园林科 副科长', { act: 'unknown', about: '新增人员' }],
    ['新增人员 李敏 财务科', { act: 'unknown', about: '新增人员' }],
    ['称呼 李敏 李科长', { act: 'address', person: '李敏', about: '李科长' }],
    ['称呼李敏 李科长', { act: 'address', person: '李敏', about: '李科长' }],
    ['角色 李敏 增加 内勤', { act: 'roles', person: '李敏', about: '内勤', gives: true }],
    ['角色 李敏 取消 内勤', { act: 'roles', person: '李敏', about: '内勤', gives: false }],
    ['角色李敏增加内勤', { act: 'roles', person: '李敏', about: '内勤', gives: true }],
    ['排序 李敏 在 王强 之前', { act: 'rank', person: '李敏', other: '王强', side: 'before' }],
    ['排序 李敏 在 王强 后面', { act: 'rank', person: '李敏', other: '王强', side: 'behind' }],
    ['排序李敏在王强前', { act: 'rank', person: '李敏', other: '王强', side: 'before' }],
    ['绑定码 李敏', { act: 'invite', person: '李敏' }],
    ['绑定码7K2M9Q', { act: 'bind', about: '绑定码7K2M9Q', note: '绑定码7K2M9Q' }],
    ['登记码 科室 财务科', { act: 'invite', about: '科室', section: 'caiwu' }],
    ['登记码 领导小组', { act: 'invite', about: '领导小组' }],
    ['登记码 全系统', { act: 'invite', about: '全系统' }],
    ['登记码 领导群', { act: 'invite', about: '领导' }],
    ['登记码 科室 园林科', { act: 'unknown', about: '登记码' }],
    [
      '日历 2027-02-05 至 2027-02-11 休',
      { act: 'calendar', date: '2027-02-05', about: '休', until: '2027-02-11' },
    ],
    ['日历 2027-02-20 班', { act: 'calendar', date: '2027-02-20', about: '班' }],
    ['日历 2027-02-05 放假', { act: 'calendar', date: '2027-02-05', about: '休' }],
    ['日历 2027-02-20 上班', { act: 'calendar', date: '2027-02-20', about: '班' }],
    [
      '日历 2027-02-05到2027-02-11 调休',
      { act: 'calendar', date: '2027-02-05', about: '休', until: '2027-02-11' },
    ],
    ['日历 明天 休', { act: 'unknown', about: '日历' }],
    ['同意发出 领导小组群整改进展', { act: 'post', about: '同意', note: '领导小组群整改进展' }],
    ['同意发送', { act: 'post', about: '同意', note: '' }],
    ['不予发出 安全管理科群整改进展', { act: 'post', about: '不予', note: '安全管理科群整改进展' }],
    ['不同意发送', { act: 'post', about: '不予', note: '' }],
    ['不同意发出 数据待核', { act: 'post', about: '不予', note: '数据待核' }],
    ['封存 4.3.2 第12号 含身份证号', { act: 'seal', task: '4.3.2', entry: 12, note: '含身份证号' }],
    ['封存 【4.3.2】 #12 含身份证号', { act: 'seal', task: '4.3.2', entry: 12, note: '含身份证号' }],
    ['封存 g4 3条记录,含身份证号', { act: 'seal', task: 'G4', entry: 3, note: '含身份证号' }],
    ['封存 方案 7:含电话', { act: 'seal', task: '方案', entry: 7, note: '含电话' }],
    ['封存 4.3.2 含身份证号', { act: 'unknown', about: '封存' }],
    [
      '接单 请校门口加装减速带 财务科 5月20日前',
      {
        act: 'enter',
        about: '点单',
        note: '请校门口加装减速带 财务科 5月20日前',
        task: '2.2.1',
        sections: ['caiwu'],
        date: '2026-05-20',
      },
    ],
    [
      '接单:张家巷路灯不亮,教育类,责任科室安全科,5月20日前办结',
      {
        act: 'enter',
        about: '点单',
        note: '张家巷路灯不亮,教育类,责任科室安全科,5月20日前办结',
        task: '2.2.1',
        sections: ['anquan'],
        date: '2026-05-20',
        facet: '教育',
      },
    ],
    ['点单 食堂窗口少', { act: 'enter', about: '点单', note: '食堂窗口少', task: '2.2.1', sections: [] }],
    [
      '三重一大登记 项目采购方案 4月9日党组会',
      {
        act: 'enter',
        about: '三重一大',
        note: '项目采购方案 4月9日党组会',
        task: '3.2.1',
        sections: [],
        on: '2026-04-09',
      },
    ],
    [
      '上会登记:项目采购方案',
      { act: 'enter', about: '三重一大', note: '项目采购方案', task: '3.2.1', sections: [] },
    ],
    [
      '督查登记 4月8日查三中,发现隐患9处,安全科5月10日前整改',
      {
        act: 'enter',
        about: '督查',
        note: '4月8日查三中,发现隐患9处,安全科5月10日前整改',
        task: 'G4',
        sections: ['anquan'],
        on: '2026-04-08',
        date: '2026-05-10',
      },
    ],
    ['督查 登记 三中消防', { act: 'enter', about: '督查', note: '三中消防', task: 'G4', sections: [] }],
    [
      '实地登记 4月9日 县二中 财务科、人事科',
      {
        act: 'enter',
        about: '实地',
        note: '4月9日 县二中 财务科、人事科',
        task: 'G5',
        sections: ['caiwu', 'renshi'],
        on: '2026-04-09',
      },
    ],
    ['实地 登记:县二中', { act: 'enter', about: '实地', note: '县二中', task: 'G5', sections: [] }],
    [
      '减负 意见 报表太多',
      { act: 'enter', about: '减负意见', note: '报表太多', task: '5.2.3', sections: [] },
    ],
    [
      '减负 意见:报表太多,办公室5月底前答复',
      {
        act: 'enter',
        about: '减负意见',
        note: '报表太多,办公室5月底前答复',
        task: '5.2.3',
        sections: ['bangongshi'],
        date: '2026-05-31',
      },
    ],
    ['办结 点单 3', { act: 'finish', about: '点单', task: '2.2.1', row: 3, note: '办结 点单 3' }],
    ['办结点单第3号', { act: 'finish', about: '点单', task: '2.2.1', row: 3, note: '办结点单第3号' }],
    ['督单 办结', { act: 'unknown', about: '督单' }],
    [
      '办结 三重一大 第2条。',
      { act: 'finish', about: '三重一大', task: '3.2.1', row: 2, note: '办结 三重一大 第2条。' },
    ],
    ['办结 督查 12', { act: 'finish', about: '督查', task: 'G4', row: 12, note: '办结 督查 12' }],
    [
      '办结减负意见 4件',
      { act: 'finish', about: '减负意见', task: '5.2.3', row: 4, note: '办结减负意见 4件' },
    ],
    ['办结 实地 2', { act: 'unknown', about: '办结' }],
    ['接单', { act: 'unknown', about: '接单' }],
    ['督查登记', { act: 'unknown', about: '督查登记' }],
    ['日历', { act: 'unknown', about: '日历' }],
    ['日历 二月五日休', { act: 'unknown', about: '日历' }],
    ['代办', { act: 'unknown', about: '代办' }],
    ['绑定', { act: 'bind', about: '绑定', note: '绑定' }],
    ['登记本群', { act: 'register', about: '登记本群', note: '登记本群' }],
    ['角色 李敏', { act: 'unknown', about: '角色' }],
    ['排序 李敏', { act: 'unknown', about: '排序' }],
    ['中止 4.3.2', { act: 'unknown', about: '中止' }],
    ['催办 4.3.2', { act: 'unknown', about: '催办' }],
    ['取消延期 4.3.2', { act: 'unknown', about: '取消延期' }],
    ['改日期 4.3.2', { act: 'unknown', about: '改日期' }],
    ['恢复', { act: 'pause', about: '恢复', note: '恢复' }],
    ['明细', { act: 'unknown', about: '明细' }],
    ['初审 4.3.2', { act: 'unknown', about: '初审' }],
    ['周梳理', { act: 'unknown', about: '周梳理' }],
    ['举报数', { act: 'unknown', about: '举报数' }],
    [
      '日历 2027-02-05~2027-02-11休',
      { act: 'calendar', date: '2027-02-05', about: '休', until: '2027-02-11' },
    ],
  ])('%s', (text, intent) => {
    expect(read(text)).toEqual([intent]);
  });
});

describe('what is to go back is called', () => {
  test.each([
    ['撤回延期', { act: 'undo', back: { called: '延期', acts: ['extend'] } }],
    ['撤回销号申请', { act: 'undo', back: { called: '销号', acts: ['submit'] } }],
    ['撤回佐证', { act: 'undo', back: { called: '佐证', acts: ['evidence', 'inspect'] } }],
    ['撤回确认', { act: 'undo', back: { called: '确认', acts: ['confirm'] } }],
    ['撤回演练', { act: 'undo', back: { called: '演练', indicators: ['4.3.2/2'] } }],
    ['撤回 4.3.2 隐患', { act: 'undo', task: '4.3.2', back: { called: '隐患', indicators: ['4.3.2/4'] } }],
    ['撤回说明', { act: 'undo', back: { called: '说明', acts: ['note'] } }],
    [
      '撤回刚才的申请',
      { act: 'undo', back: { called: '申请', acts: ['submit', 'extend', 'list', 'delist'] } },
    ],
    ['撤回挂牌', { act: 'undo', back: { called: '挂牌', acts: ['list'] } }],
    ['撤回摘牌', { act: 'undo', back: { called: '摘牌', acts: ['delist'] } }],
    ['撤回议定', { act: 'undo', back: { called: '议定', acts: ['assign', 'settle'] } }],
    ['撤回交办', { act: 'undo', back: { called: '交办', acts: ['assign', 'settle'] } }],
    ['撤回代办', { act: 'undo', back: { called: '代办', acts: ['deputy'] } }],
    ['撤回静音', { act: 'undo', back: { called: '静音', acts: ['mute'] } }],
    ['撤回节点', { act: 'undo', back: { called: '节点', acts: ['node'] } }],
    ['撤回期初', { act: 'undo', back: { called: '期初', acts: ['baseline'] } }],
    ['撤回调度会', { act: 'undo', back: { called: '调度会', acts: ['held'] } }],
    ['撤回已召开', { act: 'undo', back: { called: '已召开', acts: ['held'] } }],
    ['撤回前两条', { act: 'undo', about: '多条' }],
    ['全部撤回', { act: 'undo', about: '多条' }],
    ['撤回上面3条', { act: 'undo', about: '多条' }],
    ['撤回所有延期', { act: 'undo', back: { called: '延期', acts: ['extend'] }, about: '多条' }],
    ['都撤了吧', { act: 'undo', about: '多条' }],
    ['撤回前两条演练', { act: 'undo', back: { called: '演练', indicators: ['4.3.2/2'] }, about: '多条' }],
    ['恢复刚才撤回的', { act: 'unknown', about: '恢复' }],
    ['撤回展期', { act: 'undo', back: { called: '展期', acts: ['extend'] } }],
    ['撤回顺延', { act: 'undo', back: { called: '顺延', acts: ['extend'] } }],
    ['撤回 财务科', { act: 'undo', section: 'caiwu' }],
    ['确认 财务科', { act: 'confirm', section: 'caiwu' }],
    ['确认 4.3.2', { act: 'confirm', task: '4.3.2' }],
  ])('%s', (text, intent) => {
    expect(read(text)).toEqual([intent]);
  });
});

describe('a meeting is set for', () => {
  test.each([
    ['调度会 5月29日 15:00 三楼会议室', { date: '2026-05-29', time: '15:00', place: '三楼会议室' }],
    ['调度会 5月29日下午3点半 局三楼会议室', { date: '2026-05-29', time: '15:30', place: '局三楼会议室' }],
    ['调度会定于5月29日上午9点在二楼会议室召开', { date: '2026-05-29', time: '09:00', place: '二楼会议室' }],
    ['调度会 5月29日 晚上7点 大礼堂', { date: '2026-05-29', time: '19:00', place: '大礼堂' }],
    ['调度会 5月29日 9:05', { date: '2026-05-29', time: '09:05' }],
    ['调度会 5月29日 25点', { date: '2026-05-29' }],
    ['调度会 5月29日 下午12点 报告厅', { date: '2026-05-29', time: '12:00', place: '报告厅' }],
    ['调度会 5月29日 三楼会场', { date: '2026-05-29', place: '三楼会场' }],
    ['调度会 5月29日', { date: '2026-05-29' }],
    ['推进会 5月29日 15:00', { date: '2026-05-29', time: '15:00' }],
    ['调度会', {}],
    ['生成月调度', {}],
    ['调度会改到5月28日下午', { date: '2026-05-28' }],
  ])('%s', (text, { date, time, place }: { date?: string; time?: string; place?: string }) => {
    expect(read(text)).toEqual([{ act: 'meeting', about: text, note: text, date, time, place }]);
  });
});

test.each([
  ['参会26人,时长85分钟', { attended: 26, minutes: 85 }],
  ['到会24人,开了82分钟', { attended: 24, minutes: 82 }],
  ['参会人数:30,1小时20分', { attended: 30, minutes: 80 }],
  ['32人参加,80分', { attended: 32, minutes: 80 }],
  ['参加28名', { attended: 28 }],
  ['出席 12 人', { attended: 12 }],
  ['12名出席', { attended: 12 }],
  ['两小时', { minutes: 120 }],
  ['1个小时', { minutes: 60 }],
  ['2小时半', { minutes: 150 }],
  ['一个半小时', { minutes: 90 }],
  ['1小时5分钟', { minutes: 65 }],
  ['共80人', {}],
  ['参会约30人,90 分钟', { attended: 30, minutes: 90 }],
  ['26人参会 1小时', { attended: 26, minutes: 60 }],
  ['会议开了很久', {}],
])('a meeting went so: %s', (words, held) => {
  expect(heldAs(words)).toEqual(held);
});
