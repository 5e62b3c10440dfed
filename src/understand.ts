import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Scene, Vocabulary } from './chat/intent.ts';
import { project, understand } from './chat/parse.ts';
import { vocabularyOf } from './chat/vocabulary.ts';
import { dayOf } from './ledger/days.ts';
import { samplePlan } from './ledger/plan.ts';

const line = z.object({
  id: z.string(),
  by: z.string(),
  text: z.string(),
  at: z.iso.datetime({ offset: true }),
  quote: z.string().optional(),
  last: z.string().optional(),
  chat: z.enum(['leaders', 'office', 'system', 'section', 'single']).default('section'),
});

const plan = samplePlan();
const vocabulary = vocabularyOf(plan, ['督办']);

for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (text.trim() === '') continue;
  const { id, by, at, quote, last, chat, ...said } = line.parse(JSON.parse(text));
  const scene: Scene = {
    by: speaker(by, vocabulary),
    today: dayOf(new Date(at), plan.plan.time_zone),
    chat,
    noticeOpen: false,
    ...(quote === undefined ? {} : { quote }),
    ...(last === undefined ? {} : { last }),
  };
  const intents = understand(said.text, scene, vocabulary).map(project);
  process.stdout.write(`${JSON.stringify({ id, intents })}\n`);
}

/** A section's name stands for its chief. */
function speaker(by: string, { sections, people }: Vocabulary): string {
  const section = sections.find(({ code, name, aliases }) => [code, name, ...aliases].includes(by));
  const chief = people.find((person) => person.section === section?.code && person.roles.includes('chief'));
  return people.some((person) => person.name === by) ? by : (chief?.name ?? by);
}
