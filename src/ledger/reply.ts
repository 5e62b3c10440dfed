import type { Level } from './terms.ts';

/**
 * What the bot says, as plain data. Every string is words, never markup: a platform renders it so that
 * nothing in it can become a mention, a link or formatting.
 */
export interface Reply {
  title?: string;
  /** One item each; a text that is too long is cut between items, never inside one. */
  lines: string[];
  /** The last line, kept on every part of a split text. */
  footer?: string;
  /** Accounts to mention, on the platform that the text goes to; taken from the ledger, never from a text. */
  mention?: string[];
  /** Pictures and files that go with it, each as a message of its own after the words. */
  enclosed?: Enclosed[];
  /** Holds a one-time code: it is told once and kept nowhere. */
  secret?: true;
}

/** A finished paper on its way: what it is called and how narrow it is stands with it, its bytes in the ledger. */
export interface Enclosed {
  kind: 'picture' | 'file';
  paper: number;
  name: string;
  level: Level;
}
