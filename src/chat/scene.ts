import type { Day } from '../ledger/days.ts';
import type { Clock, IndicatorKind, Level, Ratio, Role } from '../ledger/terms.ts';

/** What the grammar knows of the plan: its words, and nothing of its state. */
export interface Vocabulary {
  /** The bot's names, taken out of a text wherever they are mentioned. */
  botNames: string[];
  sections: { code: string; name: string; aliases: string[] }[];
  people: { name: string; post: string; section: string; roles: Role[] }[];
  tasks: VocabularyTask[];
}

export interface VocabularyTask {
  /** The indicator that a standing duty is one with. */
  mergedWith?: string;
  code: string;
  /** Null for the standing duties. */
  serial: number | null;
  title: string;
  measure: string | null;
  leader: string | null;
  section: string | null;
  coSections: string[];
  level: Level;
  clock: Clock;
  indicators: VocabularyIndicator[];
}

export interface VocabularyIndicator {
  code: string;
  label: string;
  aliases: string[];
  unit: string;
  unitAliases: string[];
  clock: Clock;
  subject: 'bureau' | 'person' | 'unclear';
  kind: IndicatorKind;
  /** Null where the task's own level holds. */
  level: Level | null;
  ratio: Ratio | null;
}

/** Who speaks, where, when, and what they can be pointing at. */
export interface Scene {
  /** A name of the vocabulary's people. */
  by: string;
  /** The day in the plan's time zone. */
  today: Day;
  chat: 'leaders' | 'office' | 'system' | 'section' | 'single';
  quote?: string;
  /** The task that the bot last showed this person in this chat. */
  last?: string;
  /** Whether a notice to this person is open, so that 收到 acknowledges something. */
  noticeOpen: boolean;
}
