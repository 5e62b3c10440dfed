import { type BookDay, type BookGroup, type BookPerson, type BookSection, SET } from '../../ledger/book.ts';
import { CellFault, type Column } from '../column.ts';
import { choice, choices, list, yes } from '../columns/choice.ts';
import { sureDay } from '../columns/day.ts';
import { whole } from '../columns/number.ts';
import { sectionOrBlank, sureSection } from '../columns/reference.ts';
import { code, text } from '../columns/text.ts';
import type { Sheet } from '../sheet.ts';

const retired = yes({ header: '停用', hint: '填 是 即停用,记录仍保留' });
const rank = whole({ header: '排序', width: 6, hint: '从1起' }, { least: 1, shift: 1 });

export const sections: Sheet<BookSection> = {
  title: '科室',
  columns: {
    code: code(
      { header: '代码', hint: '定下后不改' },
      { form: /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, example: 'anquan' },
    ),
    name: text({ header: '名称', width: 18 }, { most: 40 }),
    kind: choice(
      { header: '类别', hint: '局领导、科室、下属单位、派驻' },
      { 局领导: 'leadership', 科室: 'section', 下属单位: 'unit', 派驻: 'resident' },
    ),
    aliases: list({ header: '别名', hint: '大家平时怎么叫,多个用、隔开' }),
    rank,
    retired,
  },
};

export const people: Sheet<BookPerson> = {
  title: '人员',
  columns: {
    name: text({ header: '姓名', width: 16, hint: '不改;换人请新增一行并停用旧行' }, { most: 50 }),
    post: text({ header: '职务', width: 16 }, { most: 50 }),
    address: text({ header: '称呼', width: 14, hint: '如 李局长' }, { most: 50 }),
    section: sureSection({ header: '科室' }),
    roles: choices(
      { header: '角色', hint: '书记、班子成员、科室负责人、内勤、整改办、纪检、管理员,多个用、隔开' },
      {
        ...({ 书记: 'secretary', 班子成员: 'leader', 科室负责人: 'chief', 内勤: 'staff' } as const),
        ...({ 整改办: 'office', 纪检: 'discipline', 管理员: 'admin' } as const),
      },
    ),
    rank,
    wecom: accountColumn('企业微信账号', '企业微信的 userid'),
    dingtalk: accountColumn('钉钉账号', '钉钉的 staffId'),
    retired,
  },
};

/** Accounts are the exact strings that the platform sends: typed as text, nothing trimmed inside. */
function accountColumn(header: string, hint: string): Column<string[]> {
  const words = list({ header, width: 18, hint });
  return {
    ...words,
    read: (cell, names) => {
      if (typeof cell.value === 'number') {
        throw new CellFault('是数字格式,请把单元格设为文本再填,否则开头的 0 会丢');
      }
      const accounts = words.read(cell, names);
      const odd = accounts.find((account) => !/^[\x21-\x7e]{1,128}$/.test(account));
      if (odd !== undefined) throw new CellFault('账号只能是半角字母、数字和符号,中间没有空格');
      return accounts;
    },
  };
}

export const groups: Sheet<BookGroup> = {
  title: '群',
  columns: {
    code: code(
      { header: '代码', hint: '定下后不改' },
      { form: /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, example: 'office' },
    ),
    name: text({ header: '名称', width: 18 }, { most: 60 }),
    platform: choice({ header: '平台' }, { 企业微信: 'wecom', 钉钉: 'dingtalk' }),
    chatId: code(
      { header: '会话ID', width: 28, hint: '平台给的会话编号,原样填写' },
      { form: /^[\x21-\x7e]{1,128}$/, example: 'wrXXXXXXXXXX' },
    ),
    audience: choice(
      { header: '用途', hint: '领导小组、整改办、全系统、科室' },
      { 领导小组: 'leaders', 整改办: 'office', 全系统: 'system', 科室: 'section' },
    ),
    section: sectionOrBlank({ header: '科室', hint: '科室群填「科室」表里的名称' }),
    address: secretColumn('推送地址', '群机器人的地址;空着或 已设置 不变,清除 即去掉'),
    secret: secretColumn('加签密钥', '钉钉机器人的加签;空着或 已设置 不变,清除 即去掉'),
    retired,
  },
};

/** What a cell says about a secret. It is never shown again, and never repeated in a fault. */
export const KEEP = '保持';
export const REMOVE = '清除';

function secretColumn(header: string, hint: string): Column<string> {
  return {
    ...{ header, hint, width: 20, format: 'text' },
    read: ({ value, formula, broken }) => {
      if (formula || broken || (value !== null && typeof value !== 'string')) {
        throw new CellFault('应填文字(地址或密钥本身)');
      }
      const words = (value ?? '').trim();
      if (words === '' || words === SET) return words === '' ? KEEP : SET;
      if (!/^[\x21-\x7e]{8,500}$/.test(words) && words !== REMOVE) {
        throw new CellFault('写法不对:应为完整的地址或密钥,中间没有空格和全角字符');
      }
      return words;
    },
    show: (value) => value,
  };
}

export const calendar: Sheet<BookDay> = {
  title: '日历',
  columns: {
    day: sureDay({ header: '日期' }),
    kind: choice({ header: '休班' }, { 休: 'off', 班: 'work' }),
    source: text({ header: '依据', width: 40, hint: '如 国办发明电某号' }),
    retired: { ...retired, hint: '填 是 即恢复为平常日' },
  },
};
