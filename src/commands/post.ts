import { pushName } from '../chat/pushNames.ts';
import { draftsWaiting, settleDraft, type Waiting } from '../ledger/outbox/drafts.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import type { Command } from './command.ts';

export const post: Command = {
  act: 'post',
  heardAfterwards: true,
  help: '同意发出(不予发出) 群名:没有推送授权时,待发的群消息由整改办或领导定',
  examples: ['同意发出', '同意发出 领导小组群整改进展', '不予发出 领导小组群'],
  may: ({ person, place }) => has(person, 'office', 'secretary', 'leader') && !isWide(place),
  suits: ({ person }) => has(person, 'office', 'secretary'),
  run: async ({ tx, plan, origin, now }, { about, note = '' }) => {
    const goes = about === '同意';
    const draft = meant(await draftsWaiting(tx, plan, now), note, goes);
    await settleDraft(tx, plan, draft, goes, origin);
    return { lines: [`已记录,${nameOf(draft)}${goes ? '随即发出' : '不发'}。`] };
  },
};

const nameOf = ({ group, push }: Waiting): string => `${group.name}${pushName(push)}`;

/** The one that is named; without a name the one that waits. */
function meant(waiting: Waiting[], words: string, goes: boolean): Waiting {
  const fits = waiting.filter((each) => words === '' || nameOf(each).includes(words.replace(/\s/g, '')));
  const [only, ...more] = fits;
  if (only && more.length === 0) return only;
  const verb = goes ? '同意发出' : '不予发出';
  const [first, ...others] = waiting.map(nameOf);
  if (first === undefined) throw new Refusal('没有待发的群消息。');
  throw new Refusal(`待发:${[first, ...others].join('、')}。请写明,如「${verb} ${first}」。`);
}
