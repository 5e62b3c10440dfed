import type { Act } from '../intent.ts';

/**
 * The verbs of the design's table of commands that are said of a task, with the aliases people use. A verb counts at
 * the head of a clause, right behind the task's name, or, where it is unmistakable, anywhere in it.
 */
interface Row {
  act: Act;
  words: string;
  anywhere?: true;
  /** Several forms of one act. */
  about?: string;
  /** A decision only from those who lead; from anybody else it tells how things stand. */
  leads?: true;
  /** What it is in the mouth of those who decide on what others ask for. */
  decides?: Act;
}

/** 时限改到12月20日: the term itself is moved. */
function moved(): string {
  const nouns = ['时限', '期限', '完成时限', '办结时限', '完成时间'];
  return nouns
    .flatMap((noun) =>
      ['改到', '改为', '改至', '调到', '调整到', '调整为', '调整至'].map((verb) => `${noun}${verb}`),
    )
    .join(' ');
}

/** 缓一个月: by how long and not until when, which is asked about. */
function putOff(): string {
  const lengths =
    '一个月 1个月 两个月 2个月 三个月 3个月 半个月 个把月 一周 两周 一个星期 几天 一段时间'.split(' ');
  return ['缓', '宽限', '延后', '推后']
    .flatMap((verb) => lengths.map((length) => `${verb}${length}`))
    .join(' ');
}

/** 同意内勤填的数: the chief stands by what the clerk typed. */
function agreed(): string {
  const typed = ['填', '报', '代填', '代报', '登记'].flatMap((verb) =>
    ['的', '的数', '的数据', '的数字'].map((noun) => `${verb}${noun}`),
  );
  return typed.map((what) => `同意内勤${what}`).join(' ');
}

/** 上一条不算: what was said last counts no more. */
function voided(): string {
  const last = '上一条 上条 上面那条 上面的 前面那条 刚才那条 刚才报的 刚报的 刚才的'.split(' ');
  return last.flatMap((each) => ['作废', '不算', '不作数'].map((verb) => `${each}${verb}`)).join(' ');
}

const table: Row[] = [
  { act: 'show', words: '查 查询 查看 查一下 查下 看 看看 看下 看一下 了解一下 调出 查查' },
  {
    act: 'history',
    words:
      '记录 历史记录 历史 办理记录 看记录 查记录 的记录 都报过什么 报过什么 报过哪些 都报了什么 报了些什么',
  },
  {
    act: 'submit',
    words: `申请销号 申请办结 提请销号 报请销号 请予销号 请求销号 申请核销 报销号 提交销号 销号申请 请销号 请予以销号
      申请予以销号 申请办结销号`,
    anywhere: true,
  },
  {
    act: 'submit',
    words: '可以销号 可以销号了 可以销了 可以销 能销了 能销号了 可销号',
    anywhere: true,
    decides: 'verify',
  },
  {
    act: 'submit',
    words: '坚持申请 坚持销号 坚持申请销号 仍要申请 仍申请销号 坚持要申请',
    anywhere: true,
    about: '坚持',
  },
  {
    act: 'verify',
    words: `同意销号 批准销号 准予销号 予以销号 审核通过 核验通过 初审通过 复审通过 复核通过 审批通过 同意办结 审核同意 审定通过 销号通过 同意核销
      核销 初审同意 核验同意`,
  },
  {
    act: 'return',
    words: `退回 先退回 先退回去 先打回 先打回去 打回 退回整改 退回重办 退回补充 不同意销号 不予销号 不批准销号 审核不通过 审核退回 核验不通过 初审退回 初审不通过 不予通过 驳回销号
      打回去 退回去 先退 退了吧 退吧 核验退回 不能销号 核验未通过 审核未通过 未通过核验 未通过审核 初审未通过`,
  },
  {
    act: 'extend',
    words: `延期 申请延期 延期申请 请求延期 延期至 延期到 申请延期至 申请延期到 请求延期至 请求延期到 顺延 顺延至 顺延到 延长至 延长到 申请延至 延至 延到
      延 再延 再延期 展期 展期至 申请展期 推迟至 推迟到 申请推迟到 申请推迟至 宽限到 宽限至 缓到 缓至 申请延到
      拟申请延期 拟申请延期至 拟申请延期到 拟延期 拟延期至 拟延期到 ${moved()} ${putOff()}`,
  },
  { act: 'grant', words: '同意延期 批准延期 准予延期 同意展期 同意顺延 延期同意', anywhere: true },
  {
    act: 'refuse',
    words: '不同意延期 不予延期 不批准延期 不准延期 驳回延期 不同意展期 延期不批',
    anywhere: true,
    about: '延期',
  },
  { act: 'refuse', words: '不同意挂牌 不予挂牌', anywhere: true, about: '挂牌' },
  {
    act: 'refuse',
    words:
      '可以不挂 可以不挂牌 不用挂 不用挂牌 不必挂 不必挂牌 不挂牌 先不挂 先不挂牌 暂不挂 暂不挂牌 先别挂 先别挂牌',
    about: '挂牌',
    leads: true,
  },
  { act: 'refuse', words: '不同意摘牌 不予摘牌', anywhere: true, about: '摘牌' },
  {
    act: 'list',
    words: `挂牌 挂起来 先挂起来 先挂牌 先挂上 挂牌督办 列为挂牌 列入挂牌 建议挂牌 提请挂牌 拟挂牌 拟挂牌督办 提议挂牌 予以挂牌 实行挂牌督办 列为挂牌督办 建议挂牌督办 申请挂牌`,
  },
  { act: 'list', words: '同意挂牌 批准挂牌 同意挂牌督办 批准挂牌督办', anywhere: true, about: '同意' },
  {
    act: 'delist',
    words:
      '摘牌 建议摘牌 提请摘牌 申请摘牌 拟摘牌 解除挂牌 取消挂牌 撤牌 撤销挂牌 可以摘牌 摘掉 摘了 的牌摘了 的牌摘掉 的牌子摘了 的牌子摘掉 的牌可以摘了',
  },
  { act: 'delist', words: '同意摘牌 批准摘牌 同意解除挂牌', anywhere: true, about: '同意' },
  {
    act: 'confirm',
    words: `确认 都确认 全部确认 均确认 一并确认 确认无误 确认属实 数据确认 确认数据 ${agreed()}`,
  },
  {
    act: 'evidence',
    words:
      '佐证 佐证材料 补佐证 补充佐证 附佐证 证明材料 补充证明 佐证补充 上传佐证 佐证如下 补充佐证材料 补佐证材料 附佐证材料',
  },
  {
    act: 'mute',
    words:
      '静音 免提醒 不再提醒 停止提醒 暂停提醒 暂不提醒 先别催 先别催了 别催了 先不提醒 先不催 提醒先停 提醒先停了 提醒停了 提醒停一停 停提醒 先停提醒 提醒暂停 别提醒 别提醒了 不要提醒了 先别提醒',
    anywhere: true,
  },
  {
    act: 'unknown',
    words: '取消静音 解除静音 恢复提醒 取消免提醒',
    anywhere: true,
    about: '取消静音',
  },
  { act: 'unknown', words: '删了 删掉 删除 删了吧', anywhere: true, about: '撤回' },
  { act: 'lookback', words: '回头看', anywhere: true },
  { act: 'decide', words: '议定 交办 会议议定 会上议定 会上定了 会议定了 会上明确 会议明确 议定事项' },
  {
    act: 'undo',
    words: `撤回 撤销 撤回上一条 撤销上一条 撤回刚才 撤销刚才的 撤回刚才的 撤了 撤一下 撤掉 取消上一条 取消刚才那条 撤回一下 撤下 收回 收回刚才的 收回上一条 收回刚才那条 作废上一条 作废
      ${voided()}`,
    anywhere: true,
  },
  { act: 'correct', words: '更正 订正 纠正 改正 更正一下 修正 勘误 更正为' },
  { act: 'node', words: '节点 设置节点 新增节点' },
  { act: 'baseline', words: '期初 期初数 设期初' },
  { act: 'evidence', words: '现场核验 现场核查 实地核验', about: '现场核验' },
  { act: 'export', words: '导出 下载' },
  { act: 'export', words: '督办单 导出督办单', about: '督办单' },
  { act: 'export', words: '销号审批单 审批单 导出销号审批单 导出审批单', about: '审批单' },
  { act: 'export', words: '调卷 调阅', about: '调卷' },
];

/** The two halves of a decision said apart: 同意 4.3.2 延期. */
export const decisionVerbs = {
  agree: '同意 准了 照准 批准 准予 核准 通过 可以通过 予以通过 审批同意 我同意',
  disagree: '不同意 不批准 不予批准 不准 驳回 不通过 不予同意 不准予 暂不同意 不批 不予 不能批',
};

/** What a decision is about, said or quoted, and which act it then is. */
export const decisionMatters = {
  销号: { agree: 'verify', disagree: 'return' },
  延期: { agree: 'grant', disagree: 'refuse' },
  挂牌: { agree: 'list', disagree: 'refuse' },
  摘牌: { agree: 'delist', disagree: 'refuse' },
} as const satisfies Record<string, { agree: Act; disagree: Act }>;

export type Matter = keyof typeof decisionMatters;

/** How the matter of a decision is called. */
export const matterWords: Record<Matter, string> = {
  销号: '销号 办结 核销 初审 复审 核验 审核 销号申请 申请销号 申请办结',
  延期: '延期 展期 顺延 延到 延至 延期至 延期到 申请延期 延期申请',
  挂牌: '挂牌 挂牌督办 拟挂牌 拟挂牌督办',
  摘牌: '摘牌 解除挂牌 拟摘牌',
};

export interface Verb {
  act: Act;
  anywhere: boolean;
  about?: string;
  leads?: true;
  decides?: Act;
}

/** All verbs by their words. */
export const verbs: ReadonlyMap<string, Verb> = new Map(
  table.flatMap(({ words, anywhere = false, ...row }) =>
    words.split(/\s+/).map((word): [string, Verb] => [word, { ...row, anywhere }]),
  ),
);
