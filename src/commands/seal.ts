import type { Intent } from '../chat/intent.ts';
import { folded, unaddressed } from '../chat/words.ts';
import { entryAt, sealEntry } from '../ledger/acts/sealing.ts';
import type { Chain, EntryRow } from '../ledger/entries.ts';
import { chainOf } from '../ledger/facts.ts';
import { lockPlan, planChain } from '../ledger/plan/chain.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import { taskFor } from './command/reach.ts';
import type { Command, Said } from './command.ts';

/** As much of somebody's words as every text of ours that shows them has. */
const BEGINNING = 20;

/** The opening of our frame and the words in it: nothing else that was ever told begins so. */
const asShown = (said: string): string => `「${folded(unaddressed(said), BEGINNING).replace(/…$/, '')}`;

export const seal: Command = {
  act: 'seal',
  heardAfterwards: true,
  help: '封存 任务编号 记录号 理由:移除该条记录的原话和附件,事实、校验值和理由保留',
  examples: ['封存 {task} 5 涉及个人信息'],
  may: ({ person, place }) => has(person, 'office', 'discipline') && !isWide(place),
  run: async (said, intent) => {
    const { chain, name } = await chainFor(said, intent);
    const entry = await entryFor(said, chain, intent);
    const sealed = await sealEntry(said.tx, chain, entry, asShown, said.origin);
    if (!sealed) throw new Refusal(`${name}第${entry.seq}条记录没有原话和附件,不需封存。`);
    const what = [...(sealed.words ? ['原话'] : []), ...(sealed.files > 0 ? [`附件${sealed.files}个`] : [])];
    const codes = sealed.elsewhere.map((code) => `【${code}】`).join('');
    return {
      lines: [
        `已记录:${name}第${entry.seq}条记录的${what.join('和')}已封存,事实和校验值保留。`,
        ...(codes === '' ? [] : [`相同内容的附件另存于${codes},如需移除请分别封存。`]),
      ],
    };
  },
};

/** The task's chain, locked since the message was understood; or the plan's own. */
async function chainFor(said: Said, intent: Intent): Promise<{ chain: Chain; name: string }> {
  if (intent.task === '方案')
    return { chain: planChain(await lockPlan(said.tx, said.plan.id)), name: '方案' };
  const { task } = await taskFor(said, intent);
  return { chain: chainOf(task), name: `【${task.code}】` };
}

async function entryFor({ tx, plan }: Said, chain: Chain, { entry: seq }: Intent): Promise<EntryRow> {
  const entry = seq === undefined ? undefined : await entryAt(tx, plan.id, chain.name, seq);
  if (!entry) throw new Refusal('没有这条记录,未封存。记录号见「记录 任务编号」。');
  return entry;
}
