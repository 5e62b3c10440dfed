import type { Day } from './days.ts';
import type { Audience, Clock, Comparator, IndicatorKind, Level, PlatformName, Role } from './terms.ts';

/**
 * Everything that a bureau sets up, as rows: what a workbook shows, and what an import is compared with. Rows refer
 * to each other by code, to people by name. Retired ones are among them.
 */
export interface Book {
  plan: BookPlan[];
  outline: BookOutline[];
  tasks: BookTask[];
  duties: BookDuty[];
  indicators: BookIndicator[];
  papers: BookPaper[];
  sections: BookSection[];
  people: BookPerson[];
  groups: BookGroup[];
  calendar: BookDay[];
}

export type SheetName = keyof Book;

/** What each kind of row is known by, from one import to the next. */
export const keys = {
  plan: 'code',
  outline: 'code',
  tasks: 'code',
  duties: 'code',
  indicators: 'code',
  papers: 'code',
  sections: 'code',
  people: 'name',
  groups: 'code',
  calendar: 'day',
} as const satisfies { [S in SheetName]: keyof Book[S][number] };

export const sheetNames = Object.keys(keys) as SheetName[];

export type Part = { label: string; aliases: string[]; numerator: string; denominator: string };
export type Value = string | number | boolean | null | string[] | Part[];
export type Row = Record<string, Value>;

export const emptyBook = (): Book => ({
  ...{ plan: [], outline: [], tasks: [], duties: [], indicators: [], papers: [] },
  ...{ sections: [], people: [], groups: [], calendar: [] },
});

export const keyOf = (sheet: SheetName, row: Row): string => String(row[keys[sheet]]);

/** Of the trial's last day: there is none. */
export const NO_TRIAL = '不试运行';

/** The plan's settings one by one; what isn't set is null or empty. */
export type BookPlan = {
  code: string;
  title: string;
  org: string;
  year: number;
  starts: Day;
  ends: Day;
  /** Null: the day it is brought in. */
  since: Day | null;
  timeZone: string;
  note: string;
  contactName: string;
  contactPhone: string;
  meetingRule: 'last-friday' | null;
  meetingTime: string;
  meetingPlace: string;
  meetingMinutes: number | null;
  authorisedScope: string[];
  authorisedBy: string;
  authorisedBasis: string;
  authorisedOn: Day | null;
  release: 'auto' | 'signed';
  /** Null: a new plan's first ten working days, later what it was. */
  trialUntil: Day | typeof NO_TRIAL | null;
  confirmStaff: boolean;
  closeout: string[];
  digestAt: string;
  quietFrom: string;
  quietTo: string;
  /** When a task is lit: working days, and shares in percent; and the words of the colours. */
  closeDays: number;
  timeLeft: number;
  completion: number;
  red: string;
  yellow: string;
  blue: string;
  /** The days of the ladder. */
  soonDays: number;
  verySoonDays: number;
  againDays: number;
  proposeDays: number;
  behindDays: number;
  listedDays: number;
};

/** A category (`3`) or a measure (`3.2`). */
export type BookOutline = { code: string; title: string };

export type BookDuty = {
  code: string;
  title: string;
  leader: string | null;
  section: string | null;
  coSections: string[];
  deadline: Day | null;
  /** Its deadline lies before the plan: it came over from the year before with its lateness. */
  carried: boolean;
  clock: Clock;
  level: Level;
  standard: string;
  sourceText: string;
  sourcePlace: string;
  mergedWith: string | null;
  retired: boolean;
};

export type BookTask = Omit<BookDuty, 'mergedWith'> & { serial: number };

export type BookIndicator = {
  code: string;
  label: string;
  aliases: string[];
  unit: string;
  unitAliases: string[];
  comparator: Comparator;
  target: number;
  targetHigh: number | null;
  clock: Clock;
  subject: 'bureau' | 'person' | 'unclear';
  class: 'chase' | 'monitor';
  kind: IndicatorKind;
  level: Level | null;
  preset: boolean;
  explicit: boolean;
  numerator: string;
  numeratorAliases: string[];
  denominator: string;
  denominatorAliases: string[];
  denominatorOf: string;
  parts: Part[];
  retired: boolean;
};

/** A paper to be handed in (`1.1.2/d1`): one, once. */
export type BookPaper = {
  code: string;
  label: string;
  subject: 'bureau' | 'person' | 'unclear';
  level: Level | null;
  retired: boolean;
};

export type BookSection = {
  code: string;
  name: string;
  kind: 'leadership' | 'section' | 'unit' | 'resident';
  aliases: string[];
  rank: number;
  retired: boolean;
};

export type BookPerson = {
  name: string;
  post: string;
  address: string;
  section: string;
  roles: Role[];
  rank: number;
  wecom: string[];
  dingtalk: string[];
  retired: boolean;
};

/** Of a push address or a secret: `SET` where one is kept, empty where none is, or else a new one in plain text. */
export const SET = '已设置';

export type BookGroup = {
  code: string;
  name: string;
  platform: PlatformName;
  chatId: string;
  audience: Audience;
  section: string | null;
  address: string;
  secret: string;
  retired: boolean;
};

export type BookDay = { day: Day; kind: 'off' | 'work'; source: string; retired: boolean };

/** The task that an indicator or a paper belongs to: `4.3.2` of `4.3.2/1`. */
export const taskOf = (code: string): string => code.split('/')[0] ?? '';

/** What doesn't fit together in a book; in Chinese, with the field to mend. */
export interface Misfit {
  sheet: SheetName;
  key: string;
  field: string;
  why: string;
  /** It names a row of that sheet which isn't there: perhaps only because that one can't be read. */
  absent?: SheetName;
}
