/**
 * The glossary. Code uses these words and no synonyms; people read the Chinese ones.
 *
 * plan 方案 · category 类 · measure 项 · task 任务 · indicator 量化指标 · entry 记录 · section 科室/单位 ·
 * person 人员 · group 群 · listing 挂牌督办 · extension 延期 · close-out 销号 · look-back 回头看 · meeting 月调度会 ·
 * follow-up 议定事项 · bulletin 季通报 · light 亮灯 · letter 待发消息 · node 节点 · baseline 期初数 ·
 * evidence 佐证 · source 原文
 *
 * The code's own words, which people never read. In the ledger: `origin`, who did it, where, by which message, when and
 * in which words; `chain`, the entries of one task or of the plan, each sealed onto the one before; `posting`, what one
 * entry says of a figure; `facts`, a task with what is recorded on it; `setup`, what of a plan changes only with its
 * version; `survey`, the plan as it stands on a day; `hand`, a task with how far its close-out has come and who took
 * which step. By the clock: `look`, one round of all pushes; `slot`, a moment from which a push is due, and until when;
 * `notice`, what a push says and to whom; `reach`, where a person would read it; `way`, how it gets there; `mark`, what
 * a letter told, by which a later look knows it; `rung`, a step of the ladder of reminders; `parcel`, letters to one
 * chat that leave as one message. Around them: `house`, the running server; `room`, a folder of `src`; `double`, a
 * platform played on this machine.
 */
import type { Day } from './days.ts';

export type Role = 'secretary' | 'leader' | 'chief' | 'staff' | 'office' | 'discipline' | 'admin';

/** Where people talk; in the order in which one is told of both. */
export const platformNames = ['wecom', 'dingtalk'] as const;
export type PlatformName = (typeof platformNames)[number];

/** Whom a group consists of. */
export type Audience = 'leaders' | 'office' | 'system' | 'section';

/** 公开 · 系统内 · 限知 · 本人. */
export type Level = 'open' | 'system' | 'office' | 'self';

/** 未启动 · 推进中 · 已申请销号 · 已销号. */
export type TaskState = 'pending' | 'active' | 'submitted' | 'closed';

/**
 * What an entry says was done, each word one thing. `undo` and `seal` are written to a task's chain or to the plan's; a
 * bulletin's `release` to both, since it counts on the tasks that promise it.
 */
export type EntryAct =
  // What is said of a task's figures, and what stands behind them.
  | 'progress'
  | 'note'
  | 'correct'
  | 'confirm'
  | 'evidence'
  | 'inspect'
  | 'file'
  | 'node'
  | 'baseline'
  | 'enter'
  | 'finish'
  | 'held'
  // A task's close-out and look-back, its listing and its extension; who asked for it may have handed over meanwhile.
  | 'submit'
  | 'verify'
  | 'return'
  | 'holds'
  | 'relapsed'
  | 'list'
  | 'order'
  | 'unlist'
  | 'delist'
  | 'lift'
  | 'unlift'
  | 'extend'
  | 'grant'
  | 'refuse'
  | 'suspend'
  | 'uphold'
  // What else is done about a task.
  | 'assign'
  | 'settle'
  | 'mute'
  | 'amend'
  // Of the plan: its people and accounts.
  | 'handover'
  | 'takeover'
  | 'deputy'
  | 'disable'
  | 'enable'
  | 'enlist'
  | 'roles'
  | 'address'
  | 'rank'
  | 'invite'
  | 'bind'
  | 'register'
  // Its meetings, days and posts, its bulletins, and what leaves it as a file.
  | 'meeting'
  | 'calendar'
  | 'pause'
  | 'resume'
  | 'post'
  | 'withhold'
  | 'draft'
  | 'hold'
  | 'sign'
  | 'release'
  | 'correctBulletin'
  | 'callFile'
  | 'grantFile'
  | 'refuseFile'
  | 'export'
  | 'import'
  // Of either.
  | 'undo'
  | 'seal';

/** How often an indicator starts anew; `closure` counts closed tasks, `once` never starts anew. */
export type Clock = 'week' | 'month' | 'quarter' | 'half' | 'year' | 'once' | 'closure';

/**
 * The short registers: 群众点单, 三重一大 decisions, inspections of the month, sections visited unannounced, and what is
 * said about burdens.
 */
export type Register = 'wish' | 'decision' | 'inspection' | 'visit' | 'burden';

export type Comparator = '>=' | '=' | '<=' | 'range';

/**
 * `count` adds up; `level` is a standing number, stated anew and never summed over periods; `deliverable` is
 * papers handed in; `limit` holds for each single event; `ratio` has a numerator and a denominator.
 */
export type IndicatorKind = 'count' | 'level' | 'deliverable' | 'limit' | 'ratio';

/** What the two sides of a ratio are called, in all and in each of its parts. */
export interface Ratio {
  numerator: string;
  numeratorAliases: string[];
  denominator: string;
  denominatorAliases: string[];
  /** The indicator whose figure is the denominator. */
  of?: string;
  parts?: { label: string; aliases: string[]; numerator: string; denominator: string }[];
}

/** 正常 · 临期 · 滞后 · 逾期. */
export type Light = 'green' | 'blue' | 'yellow' | 'red';

/**
 * A letter is `sending` from before the first byte leaves until its fate is known. `waiting` goes again at its
 * due time; `unknown` may have arrived; `dead`, `expired` and `sent` are ends. A `draft` leaves only at somebody's word.
 */
export type LetterState =
  | 'draft'
  | 'pending'
  | 'sending'
  | 'sent'
  | 'waiting'
  | 'unknown'
  | 'dead'
  | 'expired';

/** 通报稿 · 已暂缓 · 已签发 · 已发布. */
export type BulletinState = 'draft' | 'held' | 'signed' | 'released';

export interface PlanSettings {
  meeting: { rule: 'last-friday'; time: string; place: string; minutes: number } | null;
  /** On what timed group posts rest; without it they go to the office as drafts. */
  authorisation: { scope: string[]; by: string; basis: string; date: Day } | null;
  bulletin: { release: 'auto' | 'signed' };
  /** Until then every push goes to the office group only. */
  trial_until: Day | null;
  /** Whether a clerk's figures wait for the chief. */
  confirm_staff: boolean;
  closeout: string[];
  digest_at: string;
  quiet: [string, string];
  lights: LightSettings;
  ladder: LadderSettings;
}

/** What makes a task lit, and the words its colours go by; a colour is never told without its word. */
export interface LightSettings {
  /** Working days before a day that make it close. */
  close: number;
  /** Less than this share of the time being left makes a task behind whose completion is … */
  time_left: number;
  /** … below this. */
  completion: number;
  words: { red: string; yellow: string; blue: string };
}

/** When a task's people are told; working days, but for `behind` and `listed`, which are days. */
interface LadderSettings {
  /** Before the deadline: the chief, then the chief and the leader. */
  soon: number;
  very_soon: number;
  /** Between two reminders of one overdue task; an entry counts like a reminder. */
  again: number;
  /** Over the deadline, or behind, after which the office is proposed a listing. */
  propose: number;
  behind: number;
  /** After which the secretary hears, once a month, that a task is still listed. */
  listed: number;
}
