import type { IndicatorRow } from '../ledger/plan.ts';
import { confirmedBy, undoneBy } from '../ledger/rules/deed.ts';
import type { Figure } from '../ledger/rules/figure.ts';
import { isPaper } from '../ledger/rules/indicator.ts';
import type { EntryAct, Register } from '../ledger/terms.ts';
import type { HistoryLine } from '../ledger/views/history.ts';
import { registerWords } from './registers.ts';
import { figureWords } from './telling.ts';
import { dayWord, figureWord, movedWord } from './words.ts';

/** Lines of the registers: their words are read in the registers, by those who keep them, and in no history. */
export const keptApart: readonly EntryAct[] = ['enter'];

/** Why a task is listed, and what is said on it, no group reads but the office's. */
export const reasoned: readonly EntryAct[] = ['list', 'order', 'unlist', 'delist', 'lift', 'unlift', 'amend'];

/** Who stands behind an entry: a workbook brought in without a name is the office's, what the clock did nobody's. */
export const whoseWord = ({ name, act }: Pick<HistoryLine, 'name' | 'act'>): string =>
  name ?? (act === 'amend' || act === 'import' ? '整改办(工作簿导入)' : '系统');

type Detail = HistoryLine['detail'];
type Word = string | ((detail: Detail, indicator: IndicatorRow | undefined) => string);

const steps: Record<string, string> = { review: '审核通过', verify: '核验通过', approve: '批准销号' };

const words: Record<EntryAct, Word> = {
  progress: ofIndicator('进展', (indicator, detail) => {
    const { op, value, part } = detail as { op: string; value: number | null; part: number | null };
    if (isPaper(indicator)) return `${indicator.label}${value === 0 ? '尚未完成' : '已完成'}`;
    const amount =
      part === null
        ? figureWord(value ?? 0)
        : `${figureWord(part)}/${value === null ? '' : figureWord(value)}`;
    return `${indicator.label}${op === 'add' ? '+' : '累计'}${amount}`;
  }),
  note: '进展说明',
  correct: ofIndicator('更正', (indicator, detail) => {
    const { before, after } = detail as { before: Figure; after: Figure };
    return `更正${indicator.label}${figureWords(indicator, before)}→${figureWords(indicator, after)}`;
  }),
  confirm: (detail) => `确认代填${confirmedBy({ act: 'confirm', detail }).length}笔`,
  evidence: (_, indicator) => `${indicator?.label ?? ''}佐证`,
  inspect: (_, indicator) => `${indicator?.label ?? ''}现场核验`,
  file: (detail, indicator) => {
    const mark = String(detail.sha256).slice(0, 12);
    return `${indicator?.label ?? ''}佐证文件存档(校验码${mark}${detail.same === true ? ',以前登记过' : ''})`;
  },
  node: ofIndicator('节点', (indicator, detail) => {
    const set = detail.nodes as { due: string; value: number | null }[];
    const word = (value: number | null) => (value === null ? '取消' : figureWord(value) + indicator.unit);
    return `${indicator.label}节点${set.map(({ due, value }) => dayWord(due) + word(value)).join('、')}`;
  }),
  baseline: ofIndicator(
    '期初',
    (indicator, detail) =>
      `${indicator.label}期初${figureWords(indicator, detail.after as Figure)}(截至${detail.on})`,
  ),
  enter: (detail) => `登记${rowWord(detail)}`,
  finish: (detail) => `${rowWord(detail)}办结`,
  held: (detail) => `已召开月调度会(参会${detail.people}人,${detail.minutes}分钟)`,

  submit: '申请销号',
  verify: (detail) => steps[detail.step as string] ?? '销号环节通过',
  return: '退回',
  holds: '回头看巩固',
  relapsed: '回头看反弹',
  list: '拟挂牌',
  order: '批准挂牌',
  unlist: '不同意挂牌',
  delist: '拟摘牌',
  lift: '批准摘牌',
  unlift: '不同意摘牌',
  extend: (detail) => `申请延期${toWord(detail)}`,
  grant: (detail) => `同意延期${toWord(detail)}`,
  refuse: (detail) => `不同意延期${toWord(detail)}`,
  suspend: '科室负责人交接,原申请待新任确认',
  uphold: '新任确认原申请',

  assign: '议定交办',
  settle: (detail) => `议定交办第${detail.row}条办结`,
  mute: '静音',
  amend: '方案调整',

  handover: '科室负责人交接',
  takeover: '交接生效',
  deputy: '代办',
  disable: '停用人员',
  enable: '启用人员',
  enlist: '新增人员',
  roles: '角色调整',
  address: '称呼调整',
  rank: '排序调整',
  invite: '发放绑定码或登记码',
  bind: '绑定账号',
  register: '登记群',

  meeting: '调度会安排',
  calendar: '日历调整',
  pause: '暂停推送',
  resume: '恢复推送',
  post: '同意发出',
  withhold: '不予发出',
  draft: '通报稿生成',
  hold: '暂缓通报',
  sign: '签发通报',
  release: (_, indicator) => (indicator === undefined ? '发布通报' : `${indicator.label}发布,计1次`),
  correctBulletin: '更正通报',
  callFile: '申请调卷',
  grantFile: '同意调卷',
  refuseFile: '不同意调卷',
  export: '导出',
  import: '工作簿导入',

  undo: (detail) => `撤回#${undoneBy({ act: 'undo', detail }).join('、#')}`,
  seal: '封存',
};

/** What an entry says was done, in words and figures of ours; `indicator` is the one that it names, if there still is one. */
export function deedWord(
  { act, detail }: Pick<HistoryLine, 'act' | 'detail'>,
  indicator?: IndicatorRow,
): string {
  const word = words[act];
  return typeof word === 'string' ? word : word(detail, indicator);
}

/** Only its kind can be told where the indicator is gone. */
function ofIndicator(called: string, tell: (indicator: IndicatorRow, detail: Detail) => string): Word {
  return (detail, indicator) => (indicator === undefined ? called : tell(indicator, detail));
}

const rowWord = ({ register, number }: Detail): string => `${registerWords[register as Register]}${number}`;

const toWord = ({ from, to, late }: Detail): string =>
  `(${movedWord(from as string, to as string)}${late === true ? ',逾期后申请' : ''})`;
