import { closeoutAsked, extensionAsked, liftAsked, listingAsked } from '../../chat/asked.ts';
import { answerWith } from '../../chat/words.ts';
import { type InHand, inHand } from '../../ledger/acts/closeout.ts';
import { extensionsOf } from '../../ledger/acts/extension.ts';
import { listingOf } from '../../ledger/acts/listing.ts';
import { maySee, mayShow } from '../../ledger/rules/audience.ts';
import { judge } from '../../ledger/rules/task.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { type Undecided, undecidedOf } from '../../ledger/views/undecided.ts';
import { type Look, type Notice, platformOf } from '../push.ts';

/** What waits for a decision of which nobody who may take it has been asked: whoever was has the post or the role no more. */
export async function askedAnew(look: Look): Promise<Notice[]> {
  const { db, plan, members } = look;
  const waiting = await undecidedOf(db, plan);
  if (waiting.length === 0) return [];
  const { tasks } = await look.survey();
  const notices: Notice[] = [];
  for (const each of waiting) {
    const task = tasks.find(({ id }) => id === each.taskId);
    if (!task) continue;
    const hand = await inHand(db, plan, task);
    const asking = await askings[each.what](look, task, hand);
    const able = members.filter(
      (member) =>
        !member.resident &&
        member.id !== each.by &&
        asking !== null &&
        judge(hand, asking.act, member).may &&
        maySee(task.level, task, member, 'single') === 'yes',
    );
    const isAsked = each.asked.some((id) => id === null || able.some((member) => member.id === id));
    const to = able.find(({ id }) => look.reach(id) !== null) ?? able[0];
    if (asking && to && !isAsked) notices.push(noticeOf(look, task, each, to.id, asking.lines));
  }
  return notices;
}

interface Asking {
  act: 'agree' | 'decide' | 'order' | 'lift';
  lines: string[];
}

const askings: Record<Undecided['what'], (look: Look, task: Seen, hand: InHand) => Promise<Asking | null>> = {
  'close-out': async (_, task, hand) => ({
    act: 'agree',
    lines: closeoutAsked(task, hand, hand.request?.insisted),
  }),
  extension: async ({ db }, task) => {
    const open = (await extensionsOf(db, task.id)).find(({ granted }) => granted === null);
    return open ? { act: 'decide', lines: extensionAsked(task, open, '尚待批复') } : null;
  },
  listing: async ({ db }, task) => {
    const listing = await listingOf(db, task.id);
    if (!listing) return null;
    return listing.orderedEntryId === null
      ? { act: 'order', lines: listingAsked(task, listing.term) }
      : { act: 'lift', lines: liftAsked(task) };
  },
};

function noticeOf(look: Look, task: Seen, { mark }: Undecided, personId: number, lines: string[]): Notice {
  return {
    key: `asked:${mark}:${personId}:${look.today}`,
    to: { personId, ...(mayShow(task.level, 'section') ? { orSection: true } : {}) },
    reply: {
      title: '【整改提示】待您办理',
      lines,
      footer: answerWith(look.botNames[platformOf(look.reach(personId))]),
    },
    tasks: [task.code],
    marks: [mark],
    tells: true,
  };
}
