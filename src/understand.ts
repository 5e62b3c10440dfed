import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Scene, Vocabulary } from './chat/intent.ts';
import { project, understand } from './chat/parse.ts';
import { vocabularyOf } from './chat/vocabulary.ts';
import { dayOf } from './ledger/days.ts';
import { samplePlan } from './ledger/plan/load.ts';

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

let row = 0;
for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  row += 1;
  if (text.trim() === '') continue;
  const said = read(text);
  if ('fault' in said) {
    process.stderr.write(`第${row}行:${said.fault}\n`);
    process.exitCode = 1;
  }
  process.stdout.write(
    `${JSON.stringify('fault' in said ? said : { id: said.id, intents: intentsOf(said) })}\n`,
  );
}

/** A line, or why it can't be understood; the others are. */
function read(text: string): z.infer<typeof line> | { id: string | null; intents: []; fault: string } {
  const given = parsed(text);
  const { data, error } = line.safeParse(given);
  const id = z.object({ id: z.string() }).safeParse(given).data?.id ?? null;
  const refused = (fault: string) => ({ id, intents: [] as [], fault });
  if (given === undefined) return refused('不是一行 JSON');
  if (!data) {
    const wrong = new Set(error.issues.map(({ path }) => path.join('.') || '整行'));
    return refused(`${[...wrong].join('、')} 写法不对`);
  }
  const known = vocabulary.people.some(({ name }) => name === speaker(data.by, vocabulary));
  return known ? data : refused(`by:示例方案里没有「${data.by}」这个人或科室`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function intentsOf({ by, at, quote, last, chat, text }: z.infer<typeof line>) {
  const scene: Scene = {
    by: speaker(by, vocabulary),
    today: dayOf(new Date(at), plan.plan.time_zone),
    chat,
    noticeOpen: false,
    ...(quote === undefined ? {} : { quote }),
    ...(last === undefined ? {} : { last }),
  };
  return understand(text, scene, vocabulary).map(project);
}

/** A section's name stands for its chief. */
function speaker(by: string, { sections, people }: Vocabulary): string {
  const section = sections.find(({ code, name, aliases }) => [code, name, ...aliases].includes(by));
  const chief = people.find((person) => person.section === section?.code && person.roles.includes('chief'));
  return people.some((person) => person.name === by) ? by : (chief?.name ?? by);
}
