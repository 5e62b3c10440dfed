import { and, desc, eq, gt, inArray, type SQL } from 'drizzle-orm';
import type { Day } from '../../days.ts';
import type { Db } from '../../db.ts';
import type { EntryRow, Origin } from '../../entries.ts';
import { Refusal } from '../../refusal.ts';
import { notUndone } from '../../rules/deed.ts';
import { entries } from '../../schema.ts';
import type { EntryAct } from '../../terms.ts';
import { decidedWord, standsWord } from './words.ts';

/** 撤回 holds for so long after the message. */
const WITHIN = 10 * 60_000;

/** Acts that 撤回 takes back. */
const recording: EntryAct[] = [
  'progress',
  'note',
  'evidence',
  'correct',
  'confirm',
  'submit',
  'extend',
  'list',
  'delist',
  'assign',
  'settle',
  'node',
  'baseline',
  'inspect',
  'enter',
  'finish',
  'held',
  'mute',
  ...(['deputy', 'handover', 'disable', 'enable', 'roles'] as const),
];
/** A decision stands once it is taken: what came before it isn't meant by a 撤回 right after. */
const standing: EntryAct[] = [
  'verify',
  'return',
  'order',
  'unlist',
  'lift',
  'unlift',
  'grant',
  'refuse',
  'holds',
  'relapsed',
  'uphold',
];

/** What of the last message is to go back: its part on one task, its figures of an indicator or a day, its acts of a kind. */
export interface Wanted {
  code: string | undefined;
  /** Named in words, as it was called. */
  back: { called: string; indicators?: readonly string[]; acts?: readonly EntryAct[]; on?: Day } | undefined;
}

export const isWanted = ({ chain, act, detail }: EntryRow, { code, back }: Wanted): boolean =>
  (code === undefined || chain === code) &&
  (back?.indicators === undefined || back.indicators.includes(String(detail.indicator))) &&
  (back?.acts === undefined || back.acts.includes(act)) &&
  (back?.on === undefined || back.on === detail.on);

/** Called with whatever is named next, and throws where that may not be. */
export type Named = (rows: EntryRow[]) => Promise<void>;

/** Nothing there, nothing of this task in the last message, or too late: then it is said of the last thing recorded. */
export async function whyNothing(
  tx: Db,
  planId: number,
  personId: number,
  recorded: EntryRow[],
  { code, back }: Wanted,
  named: Named,
): Promise<string> {
  const [other] = recorded;
  const what =
    back === undefined ? `【${code}】` : `${code === undefined ? '' : `【${code}】`}“${back.called}”`;
  if (other) return `本人最近一次登记不含${what},没有可撤回的记录。撤回最近一次请只发「撤回」。`;
  const chain = code === undefined ? undefined : eq(entries.chain, code);
  const own = await ownEntries(tx, planId, personId, recording, chain).limit(LATELY);
  const [last] = notUndone(own);
  const none = '没有可撤回的记录';
  if (last) await named([last]);
  return last ? `${none}:${standsWord(last, '登记已超过10分钟')}` : `${none}:本人没有登记。`;
}

/** So many of somebody's entries are looked through for the last one that stands. */
const LATELY = 50;

/** Somebody's entries of these acts and what they took back of them, the newest first. */
const ownEntries = (tx: Db, planId: number, personId: number, acts: EntryAct[], which: SQL | undefined) =>
  tx
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.planId, planId),
        eq(entries.personId, personId),
        inArray(entries.act, [...acts, 'undo']),
        which,
      ),
    )
    .orderBy(desc(entries.id));

/** What the speaker's last recording message wrote and nobody has taken back yet. */
export async function lastRecorded(
  tx: Db,
  planId: number,
  { personId, at }: Pick<Origin, 'at'> & { personId: number },
  named: Named,
): Promise<EntryRow[]> {
  const lately = gt(entries.at, new Date(at.getTime() - WITHIN));
  const recent = await ownEntries(tx, planId, personId, [...recording, ...standing], lately);
  const open = notUndone(recent);
  const last = open[0];
  if (!last) return [];
  if (standing.includes(last.act)) {
    await named([last]);
    throw new Refusal(decidedWord(last));
  }
  return open.filter(
    ({ act, platform, messageId }) =>
      recording.includes(act) && platform === last.platform && messageId === last.messageId,
  );
}
