import type { EntryRow } from '../../entries.ts';

/** What stands in the place of taking a decision back. */
const decisions: Readonly<Record<string, string>> = {
  verify: '销号环节已办理,不能撤回。需要收回请由下一环节「退回」。',
  return: '已退回承办科室,不能撤回,整改后再申请销号即可。',
  grant: '延期已批复,不能撤回。时限有变请承办科室再申请延期。',
  refuse: '不予批准已告知申请人,不能撤回,可再次提请。',
  order: '挂牌已批准,不能撤回。需要解除请按程序摘牌。',
  unlist: '不同意挂牌已办理,不能撤回,可再次提请。',
  lift: '摘牌已批准,不能撤回。需要挂牌请再提请。',
  unlift: '不同意摘牌已办理,不能撤回,可再次提请。',
  holds: '回头看结果已入账,不能撤回。结果有变请再发「回头看」。',
  relapsed: '任务已重新推进,不能撤回。整改后按程序再申请销号。',
};

/** What to do instead where something recorded can't be taken back any more, by its act. */
const instead: Record<string, string> = {
  progress: '改数请发「更正 CODE 指标 数」',
  correct: '改数请发「更正 CODE 指标 累计数」',
  confirm: '改数请发「更正 CODE 指标 累计数」',
  note: '说明不改数,有变化请再登记一条',
  evidence: '佐证有变化请再登记一条',
  inspect: '情况有变化请再登记一次现场核验',
  submit: '需要收回请由现在的环节回复「退回 CODE 理由」',
  extend: '不再需要请批复人回复「不同意延期 CODE 理由」',
  list: '请组长回复「不同意挂牌 CODE」',
  delist: '请组长回复「不同意摘牌 CODE」',
  assign: '办好后发「议定 CODE 已办结」',
  settle: '仍需办理的请重新议定',
  node: '请按新数再登记一次节点',
  baseline: '请按新数再登记一次期初',
  mute: '静音到期自行结束',
  held: '请整改办再登记一次「已召开」',
  deputy: '提前结束请发「结束代办」',
  handover: '需要调整请再发「交接」',
  disable: '恢复请发「启用 姓名」',
  enable: '请发「停用 姓名」',
  roles: '需要调整请再发「角色」',
};

/** `【4.3.2】`; the plan's own chain has no name. */
const chainWord = ({ chain }: Pick<EntryRow, 'chain'>): string => (chain === 'plan' ? '' : `【${chain}】`);

/** Why it stands, and what to do instead: `【4.3.2】登记已超过10分钟,不能撤回。改数请发「更正 4.3.2 指标 数」。` */
export const standsWord = (entry: Pick<EntryRow, 'act' | 'chain'>, why: string): string =>
  `${chainWord(entry)}${why},不能撤回。${(instead[entry.act] ?? '需要调整请联系整改办').replace('CODE', entry.chain)}。`;

/** Why a decision of the speaker's stands, which was his last act. */
export function decidedWord(entry: Pick<EntryRow, 'act' | 'chain' | 'detail'>): string {
  const closed = `已批准销号,不能撤回。发现问题请登记「回头看 ${entry.chain} 反弹 说明」。`;
  const word = entry.detail.closes === true ? closed : decisions[entry.act];
  return `${chainWord(entry)}${word ?? '该事项已办理,不能撤回。需要调整请联系整改办。'}`;
}
