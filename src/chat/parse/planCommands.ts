import type { Day } from '../../ledger/days.ts';
import type { Act, Ask, Intent, Understood } from '../intent.ts';
import { kindsIn, whensIn } from './claims.ts';
import { dueOn } from './dates.ts';
import type { Clause } from './items.ts';
import { textIn } from './portions.ts';
import type { Kind } from './words.ts';

/**
 * A command that names no task: the clause has a word of each list. `^` asks for one at its head, `=` for nothing
 * but these words and fillers.
 */
interface Rule {
  act: Act;
  about?: string;
  has: string[];
  /** Changes something, so that a question or a report about it isn't it. */
  does?: true;
}

const listing =
  '哪些 哪几项 哪几个 有哪些 几项 几个 多少 名单 清单 台账 列表 事项 任务 的 了 是 有 都 列一下 列出来 发我';
const states =
  '逾期 超期 滞后 红灯 黄灯 蓝灯 红色 黄色 红 黄 蓝 亮灯 挂牌 到期 临期 未启动 没启动 未销号 已销号 快到期 本月到期 下月到期';
const how =
  '怎么用 怎么报 怎么填 怎么写 怎么申请 怎么操作 怎么回复 怎么绑定 怎么登记 怎么延期 怎么销号 怎么更正 怎么撤回 怎么查 怎么发 怎么改 如何用 如何使用 如何报 如何填 如何填报 如何申请 如何操作 如何回复 如何绑定 如何延期 如何销号 如何更正 如何撤回 如何查 如何查询 怎样申请 怎样填报 怎么填报 咋用 咋报 咋填 怎么弄';

const rules: Rule[] = [
  { act: 'meeting', about: '已召开', has: ['^已召开 会议已召开 已召开会议'], does: true },
  { act: 'meeting', about: '已召开', has: ['调度会 推进会', '已召开 召开了 已开 开完了 开了'], does: true },
  { act: 'agenda', has: ['议程'] },
  {
    act: 'hold',
    has: ['通报', '暂缓 缓一缓 缓发 先缓 先不发 暂不 缓签 撤回 先别发 不同意签发 不签发 缓一下 先放一放'],
    does: true,
  },
  { act: 'hold', has: ['=暂缓签发 缓发 暂不签发 不同意签发 先不发 暂缓发布 暂缓'], does: true },
  { act: 'bulletin', about: '更正', has: ['通报', '更正'], does: true },
  { act: 'release', has: ['通报', '签发 发布 同意发 可以发'], does: true },
  { act: 'release', has: ['=同意签发 签发 同意发布 可以签发 准予签发 请签发 我同意签发'], does: true },
  { act: 'pause', about: '恢复', has: ['恢复 继续 重新', '推送 提醒 推消息'], does: true },
  {
    act: 'pause',
    about: '暂停',
    has: ['暂停 停止 先别 别 停 不要', '推送 推了 推消息 群里提醒 发提醒'],
    does: true,
  },
  { act: 'audit', has: ['核验 校验 核对 验证', '台账 账本 账'] },
  { act: 'status', has: ['运行状态 系统状态 推送状态 机器人状态 推送情况 运行情况 运行怎么样'] },
  { act: 'register', has: ['登记本群 绑定本群 注册本群 登记群'], does: true },
  { act: 'bind', has: ['^绑定'], does: true },
  { act: 'handover', has: ['^交接 停用'], does: true },
  { act: 'handover', has: ['换成 换为 接任 接替 改由', '科长 主任 负责人 所长 校长 副书记'], does: true },
  { act: 'deputy', has: ['^代办 委托代办'], does: true },
  { act: 'deputy', has: ['由 请 委托 让', '代办 代我 代为办理'], does: true },
  { act: 'export', has: ['导出 下载 导一份 导个 导一下'] },
  { act: 'export', has: ['=汇报 生成 汇报材料'] },
  { act: 'help', has: ['^帮助 help Help HELP 使用说明 使用方法 用法 指令 命令'] },
  { act: 'help', has: [how] },
  { act: 'help', has: ['什么 哪些', '材料 手续 资料 功能 命令 会什么', '要 需 交 能 有 会 报'] },
  { act: 'help', has: ['=你 能做什么 有什么功能 能干什么 会什么 可以做什么 怎么操作 ?'] },
  { act: 'bulletin', has: ['通报', '生成 起草 通报稿 草稿 初稿 拉出来 拟一份 出一份 发我 看看 看一下 看下'] },
  { act: 'bulletin', has: ['=通报 季通报 季度通报 季度 年 第 一季度 二季度 三季度 四季度'] },
  { act: 'meeting', has: ['^调度会 月调度会 推进会 开调度会 召开调度会 月调度'], does: true },
  { act: 'meeting', has: ['调度会 推进会', '改到 定在 定于 安排在 召开 取消 推迟到 提前到'], does: true },
  {
    act: 'mine',
    has: [
      '我的 我们 我科 本科室 我名下 我负责 我分管 我还有',
      '=我的 我名下的 我负责的 我分管的 我们科的 本科室的 我科的 我 我们 我们科 任务 事项 清单 台账 待办 还有 哪些 有哪些 什么 没办完 没完成 没报 没做 未完成 要办的 要报的 几项 是 需要 报 办',
    ],
  },
  {
    act: 'overview',
    has: [
      '=总览 整改 总体情况 整体情况 总体进展 整体进展 总体进度 整体进度 总体 整体 全局 概况 汇总 情况总览 进展总览 整改情况 整改进展 全部情况 怎么样 如何 情况 进展 目前 现在 了 看 看看 看下',
    ],
  },
  { act: 'ledger', has: ['^清单 台账 任务清单 任务列表 列表 查台账 看台账 看清单 查清单'] },
  { act: 'ledger', has: ['=下一页 更多 下页'], about: '下一页' },
  { act: 'ledger', has: [states, `=${states} ${listing} 安全科 查 看 看看 看下 查一下`] },
];

const fillers =
  '请 麻烦 帮我 帮忙 给我 给 把 将 再 一下 看看 查查 现在 目前 吧 啊 呀 下 督办 你好 您好 那个 就 呢 吗 了 的 来 个 先 群里 本群 这个群 这次 本次 您 ';

/** The command that a clause gives without naming a task. */
export function planCommand(
  clause: Clause,
  rest: readonly Clause[],
  today: Day,
  coded: boolean,
): Understood[] | null {
  const text = textIn(clause.tokens).replace(/ /g, '');
  const kinds = kindsIn(clause.tokens);
  const rule = rules.find((each) => each.has.every((list) => matches(text, list)));
  if (!rule || (coded && !rule.does)) return null;
  const { act, about, does } = rule;
  if (does && (['says', 'if'] satisfies Kind[]).some((kind) => kinds.has(kind as Kind))) return null;
  if (does && kinds.has('asks')) return act === 'meeting' || act === 'release' ? [{ act: 'unknown' }] : null;
  if (act === 'release' && /[不未没别]/.test(text)) return [{ ask: 'meaning' } satisfies Ask];
  const note = [clause, ...rest].map((each) => textIn(each.tokens)).join(',');
  const when = whensIn(clause.tokens).find((each) => each.from === each.to && each.clock === undefined);
  const date = act === 'meeting' && when ? (dueOn(when, today) ?? when.to) : undefined;
  const intent: Intent = { act, about: about ?? text, note, ...(date === undefined ? {} : { date }) };
  return [intent];
}

function matches(text: string, list: string): boolean {
  const words = list.replace(/^[=^]/, '').split(' ').filter(Boolean);
  if (list.startsWith('^')) {
    const head = without(text, fillers.split(' '), true);
    return words.some((word) => head.startsWith(word) || text.startsWith(word));
  }
  if (list.startsWith('='))
    return (
      text !== '' &&
      words.some((word) => text.includes(word)) &&
      isOnly(text, [...words, ...fillers.split(' ')])
    );
  return words.some((word) => text.includes(word));
}

/** Whether a text is made of these words and of periods, codes of years and marks only. */
const isOnly = (text: string, words: string[]): boolean =>
  without(text, words, false).replace(/[\d年:?!.、]/g, '') === '';

/** Takes words off a text's head, the longest first; `once` stops at the first other word. */
function without(text: string, words: readonly string[], once: boolean): string {
  const longest = [...words].filter(Boolean).sort((one, other) => other.length - one.length);
  let rest = '';
  let at = 0;
  while (at < text.length) {
    const word = longest.find((each) => text.startsWith(each, at));
    if (word) at += word.length;
    else if (once) return text.slice(at);
    else {
      rest += text.charAt(at);
      at += 1;
    }
  }
  return rest;
}
