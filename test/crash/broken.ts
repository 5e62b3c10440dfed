import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Places in the product's sources, and what is put there instead. */
type Breach = [file: string, ...places: [from: string, to: string][]];

/** Builds that break what the trials are for: each must be told from the sound one. */
const breaches: Record<string, Breach> = {
  /** Acknowledges what isn't committed yet. */
  'answers-early': [
    'bot.ts',
    [
      'const reply = await store.within(patience, async (tx) => {',
      'const reply = await new Promise((give, fail) => void store.within(patience, async (tx) => {',
    ],
    [
      'return draft;\n      });',
      'give(draft);\n await new Promise((on) => setTimeout(on, 20));\n return draft;\n }).catch(fail));',
    ],
  ],
  /** Takes each delivery of a message for a message of its own. */
  'forgets-messages': ['bot.ts', ['messageId: id,', 'messageId: id + randomUUID(),']],
  /** Marks a letter as sent before it leaves. */
  'marks-first': [
    'delivery.ts',
    [
      'const outcome = await post(',
      "await settle(parcel, { is: 'sent' }, leave.repeats(head), look);\n const outcome = await post(",
    ],
  ],
  /** Takes what a dead process was sending for not sent. */
  'sends-again': [
    'delivery.ts',
    [
      "const abandoned: Outcome = { is: 'unknown', why: '发送途中进程终止', ours: true };",
      "const abandoned: Outcome = { is: 'later', at: new Date(0), pause: false, why: 'again' };",
    ],
    ['of left)', 'of left.map((post) => post.map((each) => ({ ...each, inDoubt: false }))))'],
  ],
  /** Leaves what a dead process was sending where it is. */
  'leaves-behind': ['delivery.ts', ['of left)', 'of [])']],
  /** Makes a database where it is to lie, so that one half made is taken for a whole one. */
  'half-made': [
    'ledger/db/home.ts',
    ['const fresh = await mkdtemp(join(dataDir, FRESH));', 'const fresh = home;'],
    ['await rename(fresh, home);', ''],
  ],
  /** Lets two processes take the same letter. */
  'claims-twice': ['ledger/outbox/claim.ts', [".for('update', { skipLocked: true })", '']],
};

/** Breaks the sources in a folder in the way of this name. */
export async function spoil(folder: string, name: string): Promise<void> {
  const [file, ...places] = breaches[name] ?? [];
  if (file === undefined) throw new Error(`broken how? ${Object.keys(breaches).join(', ')}`);
  const path = join(folder, file);
  let text = await readFile(path, 'utf8');
  for (const [from, to] of places) {
    if (text.split(from).length !== 2) throw new Error(`${name}: «${from}» isn't what ${file} has once`);
    text = text.replace(from, () => to);
  }
  await writeFile(path, text);
}
