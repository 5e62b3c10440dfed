import type { Day } from '../ledger/days.ts';
import type { Clock, EntryAct } from '../ledger/terms.ts';

export type { Scene, Vocabulary, VocabularyIndicator, VocabularyTask } from './scene.ts';

export const acts = [
  'progress',
  'note',
  'submit',
  'verify',
  'return',
  'extend',
  'grant',
  'refuse',
  'list',
  'delist',
  'confirm',
  'evidence',
  'mute',
  'pause',
  'deputy',
  'handover',
  'lookback',
  'meeting',
  'agenda',
  'decide',
  'bulletin',
  'release',
  'hold',
  'mine',
  'overview',
  'ledger',
  'show',
  'history',
  'ack',
  'undo',
  'correct',
  'bind',
  'register',
  'export',
  'audit',
  'status',
  'help',
  'unknown',
] as const;

/**
 * Acts of our own beside those, and as what they show outside (`npm run understand`): fixed forms for the office, said
 * as a whole message.
 */
export const ownActs = {
  disable: 'handover',
  enable: 'unknown',
  enlist: 'unknown',
  address: 'unknown',
  rank: 'unknown',
  roles: 'unknown',
  invite: 'unknown',
  seal: 'unknown',
  calendar: 'unknown',
  post: 'release',
  node: 'unknown',
  baseline: 'unknown',
  // Words kept under a task.
  enter: 'note',
  finish: 'note',
} as const satisfies Record<string, (typeof acts)[number]>;

export type Act = (typeof acts)[number] | keyof typeof ownActs;

/** One thing that a message wants, understood: nothing is recorded yet and nobody's right to it has been looked at. */
export interface Intent {
  act: Act;
  /** `4.3.2` or `G4`. */
  task?: string;
  /** `4.3.2/3`, or a paper to hand in, `1.1.2/d1`. */
  indicator?: string;
  op?: 'add' | 'set';
  /** A ratio's denominator. */
  value?: number;
  /** A ratio's numerator. */
  part?: number;
  percent?: number;
  /** Which part of an indicator with several (文件, 会议). */
  facet?: string;
  /** Whose figure it is, or on whose behalf (代报): a name of the plan; `*` where it was said of everyone. */
  person?: string;
  /** A section that somebody reports for (代安全科 …): its code. */
  section?: string;
  /** The day that an extension, a listing, a decision or a meeting is for. */
  date?: Day;
  /** When a meeting begins (`15:00`) and where it is. */
  time?: string;
  place?: string;
  /** The day that a grant names, where it names one: it may be another than was asked for. */
  until?: Day;
  /** Whose name stands beside another's: before or behind whom, for whom. */
  other?: string;
  side?: 'before' | 'behind';
  /** Whether a role is given or taken away. */
  gives?: boolean;
  /** An entry of a task's history, by its number. */
  entry?: number;
  /** When it happened, where the words say it; decides the period. */
  on?: Day;
  /** The span a total was stated over, where the words name one longer or other than the running period (今年以来). */
  span?: Clock;
  /** Of what was recorded last, what is to go back: figures of these indicators or of a day, or these acts; as it was called. */
  back?: { called: string; indicators?: readonly string[]; acts?: readonly EntryAct[]; on?: Day };
  /** The increment that this one was said in the place of (+1,不对,+2): it may have been sent before. */
  instead?: number;
  /** Of what the speaker recorded just now, which no word names: the indicators whose unit the figure has. */
  lately?: readonly string[];
  /** The wrong figure that a right one stands beside (不是6是7). */
  was?: number;
  /** An increment by 本月 or 7月 alone, of the indicator's own period: it may be what the period comes to. */
  ofPeriod?: true;
  /** A total by 已 alone: where more stands, it may be of this time. */
  weak?: true;
  /** 第3次, of a span that the words don't name. */
  ordinal?: true;
  /** A period named outright (记入3月): `2026-03`. */
  period?: string;
  /** The sections that a line of a register names: their codes. */
  sections?: string[];
  /** A milestone's figures by their days. */
  nodes?: { due: Day; value: number | null }[];
  /** How many came to a meeting, and how many minutes it took. */
  attended?: number;
  minutes?: number;
  /** Which line of a list is meant (第2条). */
  row?: number;
  /** A look-back's finding. */
  result?: 'holds' | 'relapsed';
  /** What 清单, 导出, 帮助 and the like are about; a one-time code. */
  about?: string;
  /** The indicator that words without a number tell of: what might have been counted (排查完了). */
  hint?: string;
  /** Of a note with a number in it, the day to come that it was said of. */
  ahead?: Day;
  /** The words to keep with the entry. */
  note?: string;
  /** The words that it was read from, where the message says several figures. */
  piece?: string;
  /** Its share of the message, where that speaks of other matters too: no more is kept with its entry. */
  words?: string;
}

/** What the bot would ask back; nothing of the item is recorded. */
export interface Ask {
  ask: 'task' | 'indicator' | 'amount' | 'date' | 'person' | 'meaning';
  /** Codes to choose from. */
  options?: string[];
  /** The words of the item, to be read again with the answer. */
  item?: string;
  /** A number was said that the plan doesn't have. */
  coded?: true;
  /** Those of them that are asked about. */
  words?: string;
  /** Of an amount or a person the indicator it is of, where that is known. */
  indicator?: string;
  /** What each answer would mean, in the order of the choices (of amounts: added, then in total). */
  readings?: Intent[][];
}

/** Nothing was meant for the bot. */
export interface Silent {
  act: 'silent';
  /** Something was said that is no courtesy, and nothing is known of it. */
  puzzled?: true;
}

export type Understood = Intent | Ask | Silent;
