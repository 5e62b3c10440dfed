import type { IndicatorRow } from '../ledger/plan.ts';
import { confirmedBy, undoneBy } from '../ledger/rules/deed.ts';
import type { Figure } from '../ledger/rules/figure.ts';
import type { Register } from '../ledger/terms.ts';
import type { HistoryLine } from '../ledger/views/history.ts';
import { registerWords } from './registers.ts';
import { figureWords } from './telling.ts';
import { dayWord, figureWord, movedWord } from './words.ts';

/** Lines of the registers: their words are read in the registers, by those who keep them, and in no history. */
export const keptApart: readonly string[] = ['enter'];

/** Why a task is listed, and what is said on it, no group reads but the office's. */
export const reasoned: readonly string[] = ['list', 'order', 'unlist', 'delist', 'lift', 'unlift', 'amend'];

const acts: Record<string, string> = {
  note: '进展说明',
  submit: '申请销号',
  return: '退回',
  list: '拟挂牌',
  order: '批准挂牌',
  unlist: '不同意挂牌',
  delist: '拟摘牌',
  lift: '批准摘牌',
  unlift: '不同意摘牌',
  extend: '申请延期',
  grant: '同意延期',
  refuse: '不同意延期',
  mute: '静音',
  assign: '议定交办',
  holds: '回头看巩固',
  relapsed: '回头看反弹',
  amend: '方案调整',
  held: '科室负责人交接,原申请待新任确认',
  uphold: '新任确认原申请',
  seal: '封存',
};
const steps: Record<string, string> = { review: '审核通过', verify: '核验通过', approve: '批准销号' };

/** Who stands behind an entry: a workbook brought in without a name is the office's, what the clock did nobody's. */
export const whoseWord = ({ name, act }: Pick<HistoryLine, 'name' | 'act'>): string =>
  name ?? (act === 'amend' ? '整改办(工作簿导入)' : '系统');

/** What was done to the plan itself. */
const planActs: Record<string, string> = {
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
  draft: '通报稿生成',
  hold: '暂缓通报',
  sign: '签发通报',
  release: '发布通报',
  amend: '更正通报',
  post: '同意发出',
  withhold: '不予发出',
  export: '导出',
  import: '工作簿导入',
  seal: '封存',
};

export const planDeedWord = ({ act, detail }: Pick<HistoryLine, 'act' | 'detail'>): string =>
  act === 'undo' ? `撤回#${undoneBy({ act, detail }).join('、#')}` : (planActs[act] ?? '方案事项');

/** What an entry says was done, in words and figures of ours. */
export function deedWord(
  { act, detail }: Pick<HistoryLine, 'act' | 'detail'>,
  indicator: IndicatorRow | undefined,
): string {
  if (act === 'undo') return `撤回#${undoneBy({ act, detail }).join('、#')}`;
  if (act === 'verify') return steps[detail.step as string] ?? '销号环节通过';
  if (act === 'settle') return `议定交办第${detail.row}条办结`;
  if (act === 'file') {
    const mark = String(detail.sha256).slice(0, 12);
    return `${indicator?.label ?? ''}佐证文件存档(校验码${mark}${detail.same === true ? ',以前登记过' : ''})`;
  }
  if (act === 'enter' || act === 'finish') {
    const name = `${registerWords[detail.register as Register]}${detail.number}`;
    return act === 'enter' ? `登记${name}` : `${name}办结`;
  }
  if (act === 'confirm') return `确认代填${confirmedBy({ act, detail }).length}笔`;
  if (detail.to !== undefined && detail.from !== undefined) {
    const late = detail.late === true ? ',逾期后申请' : '';
    return `${acts[act] ?? act}(${movedWord(detail.from as string, detail.to as string)}${late})`;
  }
  if (indicator === undefined) return acts[act] ?? act;
  if (act === 'evidence') return `${indicator.label}佐证`;
  if (act === 'inspect') return `${indicator.label}现场核验`;
  if (act === 'held') return `已召开月调度会(参会${detail.people}人,${detail.minutes}分钟)`;
  if (act === 'release') return `${indicator.label}发布,计1次`;
  if (act === 'node') {
    const set = detail.nodes as { due: string; value: number | null }[];
    const word = (value: number | null) => (value === null ? '取消' : figureWord(value) + indicator.unit);
    return `${indicator.label}节点${set.map(({ due, value }) => dayWord(due) + word(value)).join('、')}`;
  }
  if (act === 'baseline') {
    return `${indicator.label}期初${figureWords(indicator, detail.after as Figure)}(截至${detail.on})`;
  }
  if (act === 'correct') {
    const { before, after } = detail as { before: Figure; after: Figure };
    return `更正${indicator.label}${figureWords(indicator, before)}→${figureWords(indicator, after)}`;
  }
  if (act !== 'progress') return acts[act] ?? act;
  const { op, value, part } = detail as { op: string; value: number | null; part: number | null };
  const amount =
    part === null ? figureWord(value ?? 0) : `${figureWord(part)}/${value === null ? '' : figureWord(value)}`;
  return `${indicator.label}${op === 'add' ? '+' : '累计'}${amount}`;
}
