import type { PlanRule } from './planRule.ts';

const moved = '延期 延了期 申请延期 展期';
const states = `逾期 超期 滞后 红灯 黄灯 蓝灯 红色 黄色 红 黄 蓝 亮灯 挂牌 到期 临期 未启动 没启动 未销号 已销号 快到期 本周到期 这周到期 下周到期 本月到期 这个月到期 下月到期 下个月到期 本季到期 本季度到期`;
const listing = `本周 这周 下周 本月 下月 哪些 哪几项 哪几个 哪几个科室 哪几个科 哪个科室 哪个科 有哪些 几项 几个 多少 名单 清单 台账 列表 事项 任务 是 有 都 列一下 列出来 发我 有没有 有无`;
/** What is only asked about: said of oneself (没完成) it is a report. */
const open = `没完成 未完成 没办完 没办结 没做完 没整改完 没销号 没有完成 没动 没有动 未动 没动静 已经销号 销号了 销了号 办结了`;
const unrecorded = `没报 未报 没登记 未登记 没有报 没有登记 没填 没报送 没更新`;
const unproved =
  '没有佐证 没佐证 缺佐证 缺少佐证 无佐证 佐证没交 佐证还没交 佐证还没报 佐证没报 佐证不全 佐证不齐 佐证没齐 没交佐证 没报佐证 没传佐证 没附佐证 没有交佐证';
const which = '谁 哪 几 多少 有没有 有无';
const whose = '谁 科室 单位 哪个 哪家 哪几家 还 还有 还剩 剩 剩下 已 已经 现在 目前';

/** What somebody asks to see of the plan. They come last: whatever orders something is none of them. */
export const lookUps: PlanRule[] = [
  {
    act: 'mine',
    has: ['我的 待办 我们 我科 本科室 我名下 我负责 我分管 我还有 我这边 我们这边'],
    only: `我的 我这边 这边 哪几项 哪几个 我名下 我负责 我分管 我们科 本科室 我科 任务 事项 清单 台账 待办 还有 哪些 有哪些 什么 没办完 没完成 没报 没做 未完成 要办 要报 几项 有几项 有 是 需要 报 办`,
  },
  {
    act: 'mine',
    about: '待批',
    has: [
      '待我 待批 待核验 待审核 待审批 等着核验 等着审核 等着审批 等着批 没批 未批 要我批 要我审 要我签 要我定 要我办 要我看 等我 需要我 我要批 我要审 我要签 我要审批',
    ],
    only: `我要批 我要审 我要签 我要审批 要我 等我 等着 需要我 待 待办 我的待办 待办事项 待我 待批 没批 未批 还 延期 销号 挂牌 申请 件 几件 有几件 办理 审核 核验 批 审 签 签字 签批 定 拍板 看 审批 批准 办 什么 啥 这周 今天 ${listing}`,
  },
  {
    act: 'mine',
    has: ['要干 要做 要报 该报 要办 要完成'],
    only: `要干 要做 要报 该报 要办 要完成 啥 什么 哪些 的 这周 本周 下周 本月 这个月 下月 下个月 今天 明天 我们 我们科 我科 该 事 活 工作 任务`,
  },
  {
    act: 'mine',
    has: ['我分管 我负责 我的 我科 我们科 我这边 我们这边', `${states} 到期 截止`],
    only: `什么时候 几号 哪天 何时 到期 截止 我分管 我负责 我的 我科 我们科 我这边 我们这边 这边 ${states} ${listing}`,
  },
  {
    act: 'mine',
    has: ['差 缺 报 要办 要做 有什么 有啥', '什么 啥 哪些 哪几项'],
    only: '没报 没登记 我 我们 我们科 我科 咱们 还 差 缺 报 要报 该报 要办 要做 要 该 什么 啥 哪些 哪几项 这个月 本月 月 这周 本周 今天 需要 有 没 事项 任务 想 想问 问',
  },
  {
    act: 'overview',
    has: ['总览 总揽 总缆 总体 整体 全局 概况 汇总 整改情况 整改进展'],
    only: `各科 各科室 什么 总览 总揽 总缆 整改 总体 整体 全局 概况 汇总 情况 进展 进度 怎么样 怎样 咋样 如何 全部`,
  },
  {
    act: 'overview',
    has: ['整改 总体 整体 全局', '到啥程度 到什么程度 到哪一步 到哪步 到哪儿 到哪了 进行得怎 推进得怎'],
    only: `整改 工作 总体 整体 全局 上 咱们 咱们局 全局 做 进行 推进 得 到啥程度 到什么程度 到哪一步 到哪步 到哪儿 到哪了 怎么样 怎样 如何`,
  },
  {
    act: 'overview',
    has: ['完成了 完成 销号了 办结了', '多少 几项'],
    only: '完成了 完成 销号了 办结了 多少 几项 现在 目前 已 已经 一共 总共 共 项 任务 里 里面 其中 整改',
  },
  { act: 'ledger', head: '清单 台账 任务清单 任务列表 列表 查台账 看台账 看清单 查清单' },
  { act: 'ledger', has: [states, '谁'], only: `${states} 谁 谁的 了 还 被` },
  { act: 'ledger', has: [moved, which], only: `${moved} 申请 批 批了 获批 同意 过 ${listing} ${whose}` },
  {
    act: 'ledger',
    about: '今日登记',
    has: ['今天 今日', '报了 报过 登记了 填了 更新了', which],
    only: `今天 今日 报了 报过 登记了 填了 更新了 ${listing} ${whose} 进展 情况 数据 进度 数`,
  },
  { act: 'ledger', has: [states], only: `${states} ${listing} 把 列 列给我 给我 给我看 列出 所有 全部` },
  {
    act: 'ledger',
    about: '滞后',
    has: ['慢 拖 落后 滞后', which],
    only: `最 比较 得 慢 拖 拖得 拖了 后腿 厉害 多 久 严重 落后 滞后 进度 进展 推进 完成 在 ${listing} ${whose}`,
  },
  {
    act: 'ledger',
    about: '滞后',
    has: ['没达标 未达标 不达标 没有达标', which],
    only: `没达标 未达标 不达标 没有达标 ${listing} ${whose}`,
  },
  { act: 'ledger', has: [open, which], only: `${open} ${listing} ${whose}` },
  {
    act: 'ledger',
    about: '上周未登记',
    has: ['上周 上星期 上个星期 上一周', unrecorded],
    only: `上周 上星期 上个星期 上一周 ${unrecorded} ${listing} ${whose} 进展 情况 数据 进度 一直`,
  },
  {
    act: 'ledger',
    about: '本周未登记',
    has: ['本周 这周 这星期 这个星期', unrecorded, which],
    only: `本周 这周 这星期 这个星期 ${unrecorded} ${listing} ${whose} 进展 情况 数据 进度 一直`,
  },
  {
    act: 'ledger',
    about: '缺佐证',
    has: [unproved, `${which} 清单 名单`],
    only: `${unproved} ${listing} ${whose} 材料`,
  },
  {
    act: 'ledger',
    about: '未登记',
    has: [unrecorded, which],
    only: `${unrecorded} ${listing} ${whose} 这个月 月 进展 情况 数据 进度 一直`,
  },
  {
    act: 'ledger',
    about: '未登记',
    has: [unrecorded, '科室 单位 名单'],
    only: `${unrecorded} 名单 ${whose} 这个月 本月 月 份`,
  },
  {
    act: 'ledger',
    about: '未登记',
    has: ['没动 没有动 没动静', '月', which],
    only: `没动 没有动 没动静 ${listing} ${whose} 这个月 月 份`,
  },
  {
    act: 'ledger',
    has: ['报了吗 报了没 报没报 报了没有 登记了吗 登记了没 填了吗 填了没'],
    only: '报了吗 报了没 报没报 报了没有 登记了吗 登记了没 填了吗 填了没 这个月 这月 本月 月 份 今天 这周 本周 都 数据 数 进展',
    needs: 'section',
  },
  { act: 'ledger', has: [states, which], only: `${states} ${listing} ${whose}` },
  { act: 'ledger', has: [states, which], only: `${states} ${listing} ${whose}`, needs: 'section' },
  { act: 'ledger', has: [open, which], only: `${open} ${listing} ${whose}`, needs: 'section' },
  {
    act: 'ledger',
    has: ['怎么样 怎样 如何 咋样 到哪一步 到哪步'],
    only: '怎么样 怎样 如何 咋样 到哪一步 到哪步 最近 近期 这块 那边 这边 工作 整改 干得 做得 推进得 推进 情况 进展 进度 任务',
    needs: 'section',
  },
  {
    act: 'ledger',
    has: ['情况 进展 任务 事项 进度'],
    only: '情况 进展 进展情况 任务 事项 进度 所有 全部 各项 最新 完成情况 落实情况 整改 本月 这个月 上月 上个月 月 月份 近期 最近',
    needs: 'section',
  },
  { act: 'ledger', has: ['怎么 为什么 为何 咋', '没 不'], needs: 'section' },
  { act: 'ledger', has: ['情况 进展 任务 事项 进度', '怎么样 如何 哪些 查 看'], needs: 'section' },
  {
    act: 'ledger',
    has: ['忙什么 忙啥 干什么 干啥 做什么 动静'],
    only: '最近 近期 在 都 这段时间 忙什么 忙啥 干什么 干啥 做什么 有什么 有 没有 动静 什么',
    needs: 'section',
  },
];
