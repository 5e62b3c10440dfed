import type { BookDuty, BookIndicator, BookOutline, BookPaper, BookTask, Part } from '../../ledger/book.ts';
import { DUTY, INDICATOR, only, PAPER, PLACE, TASK } from '../../ledger/rules/code.ts';
import { CellFault, type Column } from '../column.ts';
import { choice, list, yes } from '../columns/choice.ts';
import { day } from '../columns/day.ts';
import { amount, amountOrBlank, whole } from '../columns/number.ts';
import { person, section, sectionList } from '../columns/reference.ts';
import { code, longText, text } from '../columns/text.ts';
import type { Sheet } from '../sheet.ts';

const clocks = {
  ...({ 每周: 'week', 每月: 'month', 每季度: 'quarter', 每半年: 'half' } as const),
  ...({ 全年: 'year', 一次: 'once', 逢销号: 'closure' } as const),
};
const levels = { 公开: 'open', 系统内: 'system', 限知: 'office', 本人: 'self' } as const;
const ownLevel = { '': null, ...levels };
const retired = yes({ header: '停用', hint: '填 是 即停用,记录仍保留' });

export const outline: Sheet<BookOutline> = {
  title: '类项',
  columns: {
    code: code(
      { header: '编号', hint: '类如 3,项如 3.2' },
      { form: /^\d{1,2}(\.\d{1,2})?$/, example: '3.2' },
    ),
    title: text({ header: '名称', width: 40 }),
  },
};

const common = {
  title: text({ header: '任务', width: 32 }),
  leader: person({ header: '责任领导' }),
  section: section({ header: '责任科室' }),
  coSections: sectionList({ header: '协办科室' }),
  deadline: day({ header: '完成时限', hint: '如 2026-12-31,未定填待明确' }),
  carried: yes({ header: '结转', hint: '填 是 即由上年结转,完成时限沿用原来的' }),
  clock: choice({ header: '周期' }, clocks),
  level: choice({ header: '知悉范围' }, levels),
  standard: longText({ header: '量化标准', width: 40 }),
  sourceText: longText({ header: '原文', width: 50 }),
  sourcePlace: text({ header: '原文位置' }, { needed: false }),
};

export const tasks: Sheet<BookTask> = {
  title: '任务',
  columns: {
    serial: whole({ header: '序号', width: 6 }, { least: 1, most: 999 }),
    code: code({ header: '编号' }, { form: only(TASK), example: '3.2.1' }),
    ...common,
    retired,
  },
};

export const duties: Sheet<BookDuty> = {
  title: '常态工作',
  columns: {
    code: code({ header: '编号' }, { form: only(DUTY), example: 'G1' }),
    ...common,
    mergedWith: mergedColumn(),
    retired,
  },
};

function mergedColumn(): Column<string | null> {
  const column = code(
    { header: '合并计入', hint: '与哪个指标是同一件事,如 1.3.1/2' },
    { form: only(`${TASK}/${PLACE}`), example: '1.3.1/2', needed: false },
  );
  return {
    ...column,
    read: (cell, names) => {
      const value = column.read(cell, names);
      return value === '' ? null : value;
    },
    show: (value) => value,
  };
}

export const indicators: Sheet<BookIndicator> = {
  title: '指标',
  columns: {
    code: code(
      { header: '编号', hint: '任务编号/序,如 4.3.2/1' },
      { form: only(INDICATOR), example: '4.3.2/1' },
    ),
    label: text({ header: '指标', width: 18 }, { most: 40 }),
    aliases: list({ header: '别名', hint: '大家平时怎么说,多个用、隔开' }),
    unit: text({ header: '单位', width: 7 }, { most: 10 }),
    unitAliases: list({ header: '单位别名', width: 12 }),
    comparator: choice(
      { header: '要求', width: 8 },
      { 不少于: '>=', 等于: '=', 不超过: '<=', 区间: 'range' },
    ),
    target: amount({ header: '目标', hint: '数字;区间填下限;占比填 70 不填 70%' }),
    targetHigh: amountOrBlank({ header: '目标上限', hint: '只有区间才填' }),
    clock: choice({ header: '周期' }, clocks),
    subject: choice(
      { header: '对象', hint: '全局合计、每人(班子成员)、待明确' },
      { 合计: 'bureau', 每人: 'person', 待明确: 'unclear' },
    ),
    class: choice({ header: '督办', hint: '催办、只统计' }, { 催办: 'chase', 只统计: 'monitor' }),
    kind: choice(
      { header: '类型', hint: '累计数、存量数、成果、限额(每次)、占比' },
      { 累计数: 'count', 存量数: 'level', 成果: 'deliverable', 限额: 'limit', 占比: 'ratio' },
    ),
    level: choice({ header: '知悉范围', hint: '空着同任务' }, ownLevel),
    preset: yes({ header: '预设数', hint: '方案先定的数,待真实清单替换' }),
    explicit: yes({ header: '方案明列' }),
    numerator: text({ header: '分子', hint: '占比才填' }, { needed: false }),
    numeratorAliases: list({ header: '分子别名' }),
    denominator: text({ header: '分母', hint: '占比才填' }, { needed: false }),
    denominatorAliases: list({ header: '分母别名' }),
    denominatorOf: code(
      { header: '分母取自', hint: '分母就是哪个指标的数,如 2.2.1/1' },
      { form: only(INDICATOR), example: '2.2.1/1', needed: false },
    ),
    parts: partsColumn(),
    retired,
  },
};

/** 文件(发文):比上年减少的文件数/上年文件数, one line a part. */
function partsColumn(): Column<Part[]> {
  const words = longText({ header: '分项', width: 30, hint: '一行一项:名称(别名):分子/分母' });
  return {
    ...words,
    read: (cell, names) =>
      words
        .read(cell, names)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(partOf),
    show: (parts) =>
      parts
        .map(({ label, aliases, numerator, denominator }) => {
          const also = aliases.length === 0 ? '' : `(${aliases.join('、')})`;
          return `${label}${also}:${numerator}/${denominator}`;
        })
        .join('\n'),
  };
}

function partOf(line: string): Part {
  const found = /^([^(:/]+)(?:\(([^)]*)\))?:([^/]+)\/([^/]+)$/.exec(line.trim().normalize('NFKC'));
  const [, label = '', aliases = '', numerator = '', denominator = ''] = (found ?? []).map((part) =>
    (part ?? '').trim(),
  );
  if (found === null || label === '' || numerator === '' || denominator === '') {
    throw new CellFault('分项写法不对,应一行一项,如 文件(发文):比上年减少的文件数/上年文件数');
  }
  const also = aliases
    .split(/[、,]/)
    .map((alias) => alias.trim())
    .filter(Boolean);
  return { label, aliases: also, numerator, denominator };
}

export const papers: Sheet<BookPaper> = {
  title: '成果',
  columns: {
    code: code(
      { header: '编号', hint: '任务编号/d序,如 1.1.2/d1' },
      { form: only(PAPER), example: '1.1.2/d1' },
    ),
    label: text({ header: '成果', width: 40 }),
    subject: choice({ header: '对象' }, { 合计: 'bureau', 每人: 'person', 待明确: 'unclear' }),
    level: choice({ header: '知悉范围', hint: '空着同任务' }, ownLevel),
    retired,
  },
};
