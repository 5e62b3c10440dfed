import type { Ask } from '../../chat/intent.ts';
import { inHand } from '../../ledger/acts/closeout.ts';
import { extensionsOf } from '../../ledger/acts/extension.ts';
import { listingOf } from '../../ledger/acts/listing.ts';
import { isWide, maySee } from '../../ledger/rules/audience.ts';
import { judge } from '../../ledger/rules/task.ts';
import { mattersOf } from '../../ledger/views/matters.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Part, Said } from '../command.ts';
import { surveyFor } from './reach.ts';
import { heldFor } from './requests.ts';

/** What now waits for this person's word, as it would be written: `同意延期 5.1.1`. No group reads what is only asked for. */
async function waitingFor(said: Said): Promise<string[]> {
  if (isWide(said.place)) return [];
  const matters = await mattersOf(said.tx, said.plan);
  if (Object.values(matters).every((codes) => codes.length === 0)) return [];
  const { tasks } = await surveyFor(said);
  const found: string[] = [];
  for (const [matter, codes] of Object.entries(matters)) {
    for (const task of tasks.filter(({ code }) => codes.includes(code))) {
      if (maySee(task.level, task, said.person, said.place) !== 'yes') continue;
      const word = await wordFor[matter as keyof typeof matters](said, task);
      if (word !== null) found.push(`${word} ${task.code}`);
    }
  }
  const held = await heldFor(said.tx, said.plan, said.person);
  return [...held.map(({ task }) => `确认 ${task.code}`), ...found];
}

/** The verb of each matter, where it is this person's to decide. */
const wordFor = {
  closeouts: async ({ tx, plan, person }: Said, task: Seen) =>
    judge(await inHand(tx, plan, task), 'agree', person).may ? '同意销号' : null,
  extensions: async ({ tx, plan, person }: Said, task: Seen) => {
    const open = (await extensionsOf(tx, task.id)).find(({ granted }) => granted === null);
    const mayDecide = judge(await inHand(tx, plan, task), 'decide', person).may;
    return open && !open.held && open.personId !== person.id && mayDecide ? '同意延期' : null;
  },
  listings: async ({ tx, plan, person }: Said, task: Seen) => {
    const isLift = (await listingOf(tx, task.id))?.orderedEntryId !== null;
    const act = isLift ? 'lift' : 'order';
    return judge(await inHand(tx, plan, task), act, person).may ? (isLift ? '同意摘牌' : '同意挂牌') : null;
  },
};

/** Words of a decision whose matter or task isn't clear. */
const DECIDING = /同意|批准|通过|退回|核验|审核|驳回|不批/u;

/** Beside a question about a decision, what waits for one. */
export async function waitingBeside(said: Said, asks: Ask[]): Promise<Part[]> {
  if (!asks.some(({ words = '' }) => DECIDING.test(words))) return [];
  const lines = await waitingLine(said);
  return lines.length === 0 ? [] : [{ lines, only: 'asked' }];
}

/** In one line, for whoever asks what is to be done. */
export async function waitingLine(said: Said): Promise<string[]> {
  const waiting = await waitingFor(said);
  return waiting.length === 0 ? [] : [`待您办理:${waiting.map((each) => `「${each}」`).join('、')}`];
}
