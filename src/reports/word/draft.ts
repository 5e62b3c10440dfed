import type { Day } from '../../ledger/days.ts';

/**
 * A Word document as plain content; how it looks is decided in one place, `render`. Ours is set with full-width marks,
 * what a person typed stands as it was typed.
 */
export type Words = string | { said: string };

export interface Cell {
  text: Words | Words[];
  /** Columns and rows that it takes. */
  across?: number;
  down?: number;
  align?: 'left' | 'center' | 'right';
  /** A form's own words, not what is filled in. */
  label?: boolean;
  /** In the words' place the page on which the part of that anchor begins, which whoever opens the paper reckons. */
  page?: string;
}

export interface Row {
  cells: (Words | Cell)[];
  /** At least so many millimetres high. */
  height?: number;
}

export type Block =
  /** Numbered by the kit: 一、 and (一). */
  | { is: 'heading'; level: 1 | 2; text: string }
  | { is: 'text'; text: Words; lead?: string; flush?: boolean }
  /** 1. 2. 3. */
  | { is: 'list'; items: Words[] }
  /** Widths in parts of the page's own; the head is repeated on each page. `together`: all on one page. */
  | {
      is: 'table';
      widths: number[];
      head?: string[];
      rows: Row[];
      caption?: string;
      together?: boolean;
    }
  | { is: 'attached'; names: string[] }
  /** Who issues it; the day is left open for whoever signs, unless it has been let go. */
  | { is: 'signed'; by: string; year: number; on?: Day }
  | { is: 'gap' };

/** Begins on a page of its own. */
export interface Part {
  title: string[];
  /** What a cell's `page` calls it by. */
  anchor?: string;
  landscape?: boolean;
  /** The number of issue, left open; `upward`, to whoever stands above, with who signs it. */
  numbered?: { year: number; upward?: boolean };
  /** Belongs to the part before it, and says so over its title. */
  annex?: boolean;
  to?: string;
  blocks: Block[];
}

/** For the office to change and to sign. */
export interface Draft {
  name: string;
  /** Stands at the head of each page; without one that it is a draft. */
  mark?: string;
  parts: Part[];
}

export const heading = (text: string): Block => ({ is: 'heading', level: 1, text });
export const subheading = (text: string): Block => ({ is: 'heading', level: 2, text });
export const text = (words: Words, lead?: string): Block => ({
  is: 'text',
  text: words,
  ...(lead === undefined ? {} : { lead }),
});
export const list = (items: Words[]): Block => ({ is: 'list', items });
export const row = (...cells: (Words | Cell)[]): Row => ({ cells });
export const label = (words: string): Cell => ({ text: words, label: true, align: 'center' });
/** Where somebody signs by hand. */
export const toSign = (who: string): string => `${who}签字:             年   月   日`;
