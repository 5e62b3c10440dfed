import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Scene, Understood } from '../../../src/chat/intent.ts';
import { accountFor, project } from '../../../src/chat/parse.ts';
import { dayOf } from '../../../src/ledger/days.ts';
import { chiefOf, sceneOf, vocabulary } from './plan.ts';

interface Phrase {
  id: string;
  by: string;
  text: string;
  at: string;
  quote?: string;
  last?: string;
  chat?: Scene['chat'];
  intents: Record<string, unknown>[];
  days?: (string | null)[];
  left?: string[];
}

const folder = join(import.meta.dirname, '../../phrases');
const phrases = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
  .filter((line) => line.trim() !== '')
  .map((line): Phrase => JSON.parse(line));

/** What a line is compared by: not the note, of a question only the options that the line gives, in any order. */
function compared(intent: Record<string, unknown>, wanted: Record<string, unknown>): Record<string, unknown> {
  const { note: _, options, ...rest } = intent;
  const sorted =
    Array.isArray(options) && wanted.options !== undefined ? { options: [...options].sort() } : {};
  return { ...rest, ...sorted };
}

/** The day that a figure is recorded for, or its period by name. */
const dayIn = (each: Understood): string | null =>
  'act' in each && each.act !== 'silent' ? (each.on ?? each.period ?? null) : null;

describe('the published phrases', () => {
  test.each(phrases)('$id: $text', ({ by, text, at, quote, last, chat, intents, days, left }) => {
    const scene = sceneOf(chiefOf(by), {
      today: dayOf(new Date(at), 'Asia/Shanghai'),
      ...(chat === undefined ? {} : { chat }),
      ...(quote === undefined ? {} : { quote }),
      ...(last === undefined ? {} : { last }),
    });
    const account = accountFor(text, scene, vocabulary);
    const understood = account.understood.map(project);
    const wanted = intents.map((intent) => compared(intent, intent));
    expect(understood.map((intent, index) => compared(intent, intents[index] ?? {}))).toEqual(wanted);
    if (days) expect(account.understood.map(dayIn)).toEqual(days);
    if (left) expect(account.left).toEqual(left);
  });
});
