import type { Workbook } from './desk.ts';

/** Workbooks with something where nobody would read it, or without whom the ledger can't do without. */
export const astray: [string, (book: Workbook) => void, string][] = [
  [
    'a sheet twice, once with a blank before its name',
    (book) => {
      book.sheets.push({ ...book.sheet('任务'), name: ' 任务' });
    },
    '任务:这张工作表有两张,请只留一张',
  ],
  [
    'a cell far out to the right',
    (book) => {
      (book.sheet('任务').rows[4] ?? [])[60] = '改到年底';
    },
    '任务 第5行:第60列以后还有内容,请删去',
  ],
  [
    'a line under 方案 that is none of its things',
    (book) => {
      book.sheet('方案').rows.push([null, '会议地点改为三楼']);
    },
    'A列:这一行没有写项目,但有内容',
  ],
  [
    'a remark beside 方案’s columns',
    (book) => {
      (book.sheet('方案').rows[3] ?? [])[3] = '待定';
    },
    '方案 第4行 D列:只读项目、内容、说明三列,请删去这一格',
  ],
  [
    'nobody left of the office',
    (book) => {
      book.set('人员', '整改办主任', '停用', '是');
      book.set('人员', '整改办工作人员', '角色', '内勤');
    },
    '整改办至少要有一人在用',
  ],
  [
    'no group left to the office',
    (book) => book.set('群', 'office', '用途', '全系统'),
    '整改办至少要有一个群在用',
  ],
];
