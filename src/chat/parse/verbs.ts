import type { Act } from '../intent.ts';

/**
 * The verbs of the design's table of commands with the aliases people use. `anywhere` verbs are unmistakable;
 * the others count at the head of a clause, or right behind the task's name.
 */
interface Row {
  act: Act;
  words: string;
  anywhere?: true;
  /** What the intent is then about, where one act has several forms. */
  about?: string;
}

const taskVerbs: Row[] = [
  { act: 'show', words: '查 查询 查看 查一下 查下 看 看看 看下 看一下 了解一下 调出' },
  { act: 'history', words: '记录 历史记录 历史 办理记录 看记录 查记录' },
  {
    act: 'submit',
    words:
      '申请销号 申请办结 提请销号 报请销号 请予销号 请求销号 申请核销 可以销号 可以销号了 可销号 报销号 提交销号 销号申请',
    anywhere: true,
  },
  {
    act: 'submit',
    words: '坚持申请 坚持销号 坚持申请销号 仍要申请 仍申请销号',
    anywhere: true,
    about: '坚持',
  },
  {
    act: 'verify',
    words:
      '同意销号 批准销号 准予销号 予以销号 审核通过 核验通过 初审通过 复审通过 复核通过 审批通过 同意办结 审核同意 审定通过 销号通过 同意核销 核销',
  },
  {
    act: 'return',
    words:
      '退回 打回 退回整改 退回重办 退回补充 不同意销号 不予销号 不批准销号 审核不通过 审核退回 初审退回 核验不通过 初审不通过 未通过审核 不予通过 驳回销号 打回去 退回去',
  },
  {
    act: 'extend',
    words:
      '延期 申请延期 申请延期至 延期申请 延期至 延期到 顺延 顺延至 顺延到 延长至 延长到 申请延至 延至 延到 展期 展期至 申请展期 推迟至 推迟到 申请推迟到 申请推迟至 宽限到 宽限至',
  },
  { act: 'grant', words: '同意延期 批准延期 准予延期 同意展期 同意顺延 延期同意', anywhere: true },
  {
    act: 'refuse',
    words:
      '不同意延期 不予延期 不批准延期 不准延期 驳回延期 不同意展期 不同意挂牌 不予挂牌 不同意摘牌 不予摘牌',
    anywhere: true,
  },
  {
    act: 'list',
    words:
      '挂牌 挂牌督办 列为挂牌 列入挂牌 建议挂牌 提请挂牌 拟挂牌 拟挂牌督办 提议挂牌 予以挂牌 实行挂牌督办 列为挂牌督办 建议挂牌督办',
  },
  { act: 'list', words: '同意挂牌 批准挂牌 同意挂牌督办 批准挂牌督办', anywhere: true, about: '同意' },
  { act: 'delist', words: '摘牌 建议摘牌 提请摘牌 申请摘牌 拟摘牌 解除挂牌 取消挂牌 撤牌 撤销挂牌' },
  { act: 'delist', words: '同意摘牌 批准摘牌 同意解除挂牌', anywhere: true, about: '同意' },
  { act: 'confirm', words: '确认 确认无误 确认属实 数据确认 确认数据' },
  {
    act: 'evidence',
    words: '佐证 佐证材料 补佐证 补充佐证 附佐证 证明材料 补充证明 佐证补充 上传佐证 佐证如下',
  },
  { act: 'mute', words: '静音 免提醒 不再提醒 停止提醒 暂停提醒' },
  { act: 'lookback', words: '回头看' },
  { act: 'decide', words: '议定 交办 会议议定 会上议定 议定事项' },
  {
    act: 'undo',
    words: '撤回 撤销 撤回上一条 撤销上一条 撤回刚才 撤销刚才的 撤回刚才的 撤了 取消上一条 取消刚才那条',
  },
  { act: 'correct', words: '更正 订正 纠正 改正 更正一下 修正 勘误 更正为 修改' },
  { act: 'unknown', words: '节点 设置节点 新增节点', about: '节点' },
  { act: 'unknown', words: '期初 期初数 设期初', about: '期初' },
  { act: 'export', words: '督办单', about: '督办单' },
  { act: 'export', words: '调卷 调阅', about: '调卷' },
];

/** Commands that name no task: at the head of a line, with what follows as their matter. */
const planVerbs: Row[] = [
  {
    act: 'mine',
    words:
      '我的 我的任务 我的事项 我负责的 我的清单 我的台账 本科室任务 我科任务 我有哪些任务 我还有哪些 我名下的 我的待办 待办 我们科的 我分管的',
  },
  {
    act: 'overview',
    words:
      '总览 总体情况 整体情况 总体进展 整体进展 全局 概况 总体 汇总 情况总览 进展总览 完成情况 整改情况 总体怎么样 整改进展',
  },
  { act: 'ledger', words: '清单 台账 任务清单 列表 任务列表 看台账 查台账 看清单' },
  {
    act: 'ledger',
    words:
      '逾期 逾期的 逾期清单 逾期事项 超期 滞后 滞后的 滞后清单 滞后事项 红灯 黄灯 蓝灯 亮灯 红 黄 蓝 本月到期 本月到期的 挂牌清单 挂牌事项清单 哪些逾期 哪些滞后 有哪些逾期 有哪些滞后 哪些挂牌 临期 到期 快到期的 未启动',
    about: '',
  },
  { act: 'ledger', words: '下一页 更多 下页', about: '下一页' },
  { act: 'pause', words: '暂停推送 暂停提醒本群 停止推送 别推了 暂停群推送', about: '暂停' },
  { act: 'pause', words: '恢复推送 恢复提醒 继续推送 重新推送', about: '恢复' },
  { act: 'handover', words: '交接', about: '' },
  { act: 'handover', words: '停用', about: '停用' },
  { act: 'deputy', words: '代办 委托代办', about: '' },
  {
    act: 'meeting',
    words: '调度会 月调度会 调度会定于 月调度 开调度会 推进会 会议改到 调度会改到 月调度生成 召开调度会',
  },
  { act: 'meeting', words: '已召开 调度会已召开 月调度会已召开 会议已召开 推进会已召开', about: '已召开' },
  { act: 'agenda', words: '议程 会议议程 调度会议程 看议程 本次议程 议题' },
  {
    act: 'bulletin',
    words: '通报 季通报 季度通报 生成通报 起草通报 通报生成 季通报生成 季度通报生成 通报草稿 看通报 出通报',
  },
  { act: 'bulletin', words: '更正通报 通报更正', about: '更正' },
  {
    act: 'release',
    words:
      '签发通报 签发 通报签发 季通报签发 发布通报 同意签发 同意发布 同意印发通报 签发季通报 签发季度通报',
  },
  {
    act: 'hold',
    words:
      '暂缓通报 暂缓签发 暂缓发布 通报暂缓 缓发 缓发通报 先不发 通报先不发 暂不签发 暂不发布 季通报撤回 不同意签发',
  },
  { act: 'bind', words: '绑定 绑定身份 绑定码' },
  { act: 'register', words: '登记本群 绑定本群 注册本群 登记群' },
  { act: 'export', words: '导出 导出台账 导出通报 导出考核 下载 下载台账 年考核导出 汇报生成 生成汇报' },
  { act: 'audit', words: '核验台账 验证台账 核验账本 校验台账 台账核验 核对台账' },
  { act: 'status', words: '运行状态 系统状态 状态 运行情况 推送情况 机器人状态' },
  {
    act: 'help',
    words:
      '帮助 怎么用 使用说明 帮助一下 help Help HELP ? 用法 有什么功能 能做什么 怎么报 怎么填 怎么写 如何填报 怎么填报 怎么回复 指令 命令 说明 使用方法 有哪些命令 如何使用 怎么操作 你能做什么',
  },
];

/** The two halves of a decision said apart: 同意 4.3.2 延期. */
export const decisionVerbs = {
  agree: '同意 批准 准予 核准 通过 准 可以通过 予以通过 审批同意 我同意 同意的',
  disagree: '不同意 不批准 不予批准 不准 驳回 不通过 不予同意 不行 不准予 暂不同意 没同意 不予通过',
};

/** What a decision is about, said or quoted, and which act it then is. */
export const decisionMatters = {
  销号: { agree: 'verify', disagree: 'return' },
  办结: { agree: 'verify', disagree: 'return' },
  延期: { agree: 'grant', disagree: 'refuse' },
  展期: { agree: 'grant', disagree: 'refuse' },
  挂牌: { agree: 'list', disagree: 'refuse' },
  摘牌: { agree: 'delist', disagree: 'refuse' },
} as const satisfies Record<string, { agree: Act; disagree: Act }>;

export interface Verb {
  act: Act;
  takes: 'task' | 'plan';
  anywhere: boolean;
  about?: string;
}

/** All verbs by their words. */
export const verbs: ReadonlyMap<string, Verb> = new Map([
  ...rows(taskVerbs, 'task'),
  ...rows(planVerbs, 'plan'),
]);

function rows(table: Row[], takes: Verb['takes']): [string, Verb][] {
  return table.flatMap(({ act, words, anywhere = false, about }) =>
    words
      .split(/\s+/)
      .map((word): [string, Verb] => [
        word,
        { act, takes, anywhere, ...(about === undefined ? {} : { about }) },
      ]),
  );
}
