import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene, Understood } from '../../src/chat/intent.ts';

/** A line of the published phrases: see README.md beside this. */
export interface Phrase {
  id: string;
  habit: string;
  by: string;
  text: string;
  at: string;
  quote?: string;
  last?: string;
  chat?: Scene['chat'];
  intents: Record<string, unknown>[];
  more?: Record<string, unknown>[];
  left?: string[];
}

export const files: readonly string[] = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => join(import.meta.dirname, name));

export const linesOf = (file: string): Phrase[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Phrase => JSON.parse(line));

/** What an answer carries that isn't published; `=` stands for the whole text. */
export function unpublished(
  understood: Understood,
  published: Record<string, unknown>,
  text: string,
): Record<string, unknown> {
  const rest = Object.entries(understood).filter(
    ([key, value]) => value !== undefined && !(key in published),
  );
  return Object.fromEntries(rest.map(([key, value]) => [key, value === text ? '=' : value]));
}

/** Nothing is written for those that carry nothing more. */
export function told(more: Record<string, unknown>[]): Record<string, unknown>[] {
  const last = more.findLastIndex((each) => Object.keys(each).length > 0);
  return more.slice(0, last + 1);
}
