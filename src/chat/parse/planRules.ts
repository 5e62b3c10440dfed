import { lookUps } from './lookUps.ts';
import type { PlanRule } from './planRule.ts';

/** In this order: the first one that fits counts. */
export const planRules: PlanRule[] = [
  {
    act: 'unknown',
    about: '改日期',
    has: ['日期 时间', '写错 填错 报错 错了 改成 改为 改到 更正 不对'],
    only: '日期 发生日期 时间 写错 填错 报错 错了 改成 改为 改到 更正 不对 应为 应该 是 一下',
  },
  { act: 'help', head: '帮助 help Help HELP 使用说明 使用方法 用法 指令 命令' },
  { act: 'meeting', about: '已召开', head: '已召开 会议已召开 已召开会议' },
  {
    act: 'meeting',
    about: '已召开',
    has: ['已召开 已开完'],
    only: '已召开 已开完 会议 会 月 日 号 今天 昨天 前天 上午 下午',
    needs: 'day',
    office: true,
  },
  {
    act: 'meeting',
    about: '已召开',
    has: ['会议已开 会议开了 会议开完了 会已开 会开了 会开完了'],
    office: true,
  },
  { act: 'meeting', about: '已召开', has: ['调度会', '已召开 召开了 已开 开完了 开了'] },
  // Others have a 推进会 of their own.
  { act: 'meeting', about: '已召开', has: ['推进会', '已召开 召开了 已开 开完了 开了'], office: true },
  { act: 'agenda', has: ['议程'] },
  {
    act: 'agenda',
    has: ['调度会', '什么时候 几号 哪天 几点 何时 在哪 哪里'],
    only: '调度会 月调度会 下次 下个月 这个月 本月 这次 下一次 下回 会 什么时候 几号 哪天 几点 何时 在哪 哪里 开 召开 开会 是',
  },
  {
    act: 'agenda',
    has: ['开会', '什么时候 几号 哪天 几点 何时'],
    only: '下次 这个月 本月 这次 下一次 什么时候 几号 哪天 几点 何时 开会 会',
  },
  { act: 'hold', head: '暂缓通报 暂缓签发 暂缓发布 通报暂缓 季通报暂缓 不同意签发', changes: true },
  {
    act: 'hold',
    has: ['通报', '缓 压 不发 暂不 撤回 别发 不签发 放一放'],
    only: `通报 季通报 季度通报 季 季度 稿 暂缓 暂缓签发 暂缓发布 缓一缓 先缓一缓 缓发 缓 先缓 先不发 不发 暂不 暂不签发 签发 发布 缓签 撤回 先别发 别发 不同意签发 不签发 缓一下 压一压 先压一压 压一下 先压一下
      先放一放`,
    changes: true,
  },
  { act: 'hold', only: '暂缓签发 缓发 暂不签发 不同意签发 先不发 暂缓发布 暂缓', changes: true },
  {
    act: 'bulletin',
    about: '更正',
    only: '更正 通报 季通报 季度通报 更正通报',
    has: ['通报', '更正'],
    changes: true,
  },
  {
    act: 'release',
    about: '已看到',
    has: ['通报', '已看到 看到了 已送达'],
    only: '通报 季通报 已看到 看到了 已送达 群里已看到',
  },
  {
    act: 'release',
    about: '补发',
    has: ['补发 重发'],
    only: '补发 重发 通报 季通报 季度通报',
    changes: true,
  },
  {
    act: 'release',
    has: ['签发 发布 同意发 可以发'],
    only: '通报 季通报 季度通报 季 季度 签发 发布 同意 同意发 可以 可以发 准予 同意签发 同意发布 我同意 同意印发',
    changes: true,
  },
  {
    act: 'pause',
    about: '恢复',
    has: ['恢复 继续 重新'],
    only: '恢复 继续 重新 推送 提醒 推消息 发消息',
    changes: true,
  },
  { act: 'pause', about: '暂停', head: '暂停推送 停止推送 暂停群推送', changes: true },
  {
    act: 'pause',
    about: '暂停',
    has: ['推送 推了 推消息 提醒 发消息', '暂停 停止 别 停 不要'],
    only: '暂停 停止 先别 别 先 停 停一停 几天 两天 一天 不要 推送 推 推消息 提醒 发提醒 发消息 群 消息',
    changes: true,
  },
  { act: 'audit', has: ['核验 校验 核对 验证', '台账 账本'] },
  { act: 'status', has: ['运行状态 系统状态 推送状态 机器人状态 推送情况 运行情况 运行怎么样'] },
  {
    act: 'status',
    has: [
      '推送 提醒 提示 消息 日报 晨报 周报',
      '为什么没 为啥没 怎么没 怎么还没 没收到 没有收到 没推送 发了没 发了吗 发没发 发出去没 推了没 推了吗 推送了吗 推送了没 送到没 送到了吗',
    ],
    only: `推送 提醒 提示 消息 日报 晨报 周报 为什么 为啥 怎么 没 没有 还没 收到 发 发了 发出 发出去 推 推了 推送了 送到 送到了 今天 昨天 今早 早上 上午 下午 今天早上 群 里 科室 领导 有 到 是`,
  },
  { act: 'register', has: ['登记本群 绑定本群 注册本群 登记群'], changes: true },
  { act: 'bind', head: '绑定', changes: true },
  { act: 'handover', head: '交接 停用', changes: true },
  { act: 'handover', has: ['换成 换为 接任 接替 改由', '科长 主任 负责人 所长 校长 副书记'], changes: true },
  {
    act: 'deputy',
    has: ['代办', '取消 结束 收回 停止 终止'],
    only: '代办 取消 结束 收回 停止 终止',
    changes: true,
  },
  { act: 'deputy', head: '代办 委托代办', needs: 'person', changes: true },
  { act: 'deputy', has: ['由 请 委托 让', '代办 代我 代为办理'], needs: 'person', changes: true },
  { act: 'export', about: '同意调卷', head: '同意调卷 批准调卷 准予调卷', changes: true },
  { act: 'export', about: '不同意调卷', head: '不同意调卷 不批准调卷 不予调卷', changes: true },
  { act: 'export', about: '调卷', head: '调卷 调阅', has: ['全部 所有 整卷 全卷'] },
  { act: 'export', has: ['导出 下载 导一份 导个 导一下'] },
  {
    act: 'export',
    about: '台账',
    has: ['台账', '发我 给我 发一份 要一份', '一份 份'],
    only: '台账 整改台账 发我 给我 发 要 一份 份 给 最新 excel Excel EXCEL 电子版 电子表 表格 文件',
  },
  { act: 'export', has: ['考核'], only: '考核 年考核 年度考核 考核材料 考核表 考核台账 考核数据 生成' },
  {
    act: 'export',
    has: ['会议 调度会 会务', '材料 资料'],
    only: '会议材料 会议资料 会务材料 会务资料 调度会材料 调度会资料 会议 调度会 月调度会 材料 生成 下次 本月 这个月',
  },
  { act: 'export', has: ['汇报'], only: '汇报 生成 汇报材料 季度汇报 书记汇报' },
  {
    act: 'help',
    about: '更正',
    has: ['报错 写错 填错 发错 报多 报少 多报 少报', '怎么办 咋办 怎么弄 怎么改 如何改'],
  },
  {
    act: 'help',
    has: [
      `怎么用 怎么报 怎么填 怎么写 怎么申请 怎么操作 怎么回复 怎么绑定 怎么登记 怎么延期 怎么销号 怎么更正 怎么撤回 怎么查 怎么发 怎么改 怎么弄 怎么交 怎么补 怎么提交 怎么撤销 怎么撤 如何用
        如何使用 如何报 如何填 如何申请 如何操作 如何回复 如何绑定 如何延期 如何销号 如何更正 如何撤回 如何查 如何登记 怎样申请 怎样填报 怎样报 咋用 咋报 咋填`,
    ],
  },
  { act: 'help', has: ['什么 哪些', '材料 手续 资料 功能 命令', '要 需 交 能 有 会 报'] },
  {
    act: 'help',
    only: '你 能干嘛 干嘛 能干啥 会干啥 能做啥 会做啥 能做什么 有什么功能 能干什么 会什么 可以做什么 ?',
    has: ['做什么 功能 干什么 会什么 干嘛 干啥 做啥 ?'],
  },
  {
    act: 'bulletin',
    has: [
      '通报',
      '生成 起草 重拟 通报稿 草稿 初稿 稿子 出个稿 出稿 拉出来 拟一份 出一份 发我 看看 看一下 看下',
    ],
  },
  { act: 'bulletin', has: ['通报'], only: '通报 季通报 季度通报 季度 季 拟 写 出 起草 做 一份 份 一期' },
  { act: 'meeting', head: '调度会 月调度会 推进会 开调度会 召开调度会', needs: 'day', changes: true },
  { act: 'meeting', has: ['调度会 推进会', '点 会议室 楼 上午 下午'], needs: 'day', changes: true },
  {
    act: 'meeting',
    has: ['调度会 推进会'],
    only: '调度会 月调度会 推进会 开 召开 生成 安排 取消',
    changes: true,
  },
  { act: 'meeting', has: ['月调度'], only: '月调度 生成', changes: true },
  {
    act: 'meeting',
    has: ['调度会 推进会', '改到 定在 定于 安排在 召开 推迟到 提前到'],
    needs: 'day',
    changes: true,
  },
  ...lookUps,
];
