import { officePost } from '../../chat/closeout.ts';
import type { Intent } from '../../chat/intent.ts';
import { type Extension, extensionsOf } from '../../ledger/acts/extension.ts';
import type { Db } from '../../ledger/db.ts';
import { type HeldRequest, heldRequests } from '../../ledger/people/handover.ts';
import type { Person } from '../../ledger/people.ts';
import type { Plan } from '../../ledger/plan.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { has } from '../../ledger/rules/audience.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Said } from '../command.ts';
import { handFor } from './reach.ts';

/**
 * Of what is asked for besides a close-out: the task's leader, the office, discipline in its place, and the secretary of
 * a listing.
 */
export const answersRequests = ({ person }: Pick<Said, 'person'>): boolean =>
  has(person, 'leader', 'office', 'discipline', 'secretary');

/** The extension that this person may decide on now; whoever asked for it doesn't. */
export async function awaiting(said: Said, intent: Intent): Promise<{ task: Seen; open: Extension }> {
  const { task, hand } = await handFor(said, intent, 'decide');
  const open = (await extensionsOf(said.tx, task.id)).find(({ granted }) => granted === null);
  if (!open) throw new Refusal(`【${task.code}】没有待批复的延期申请。`);
  if (open.personId === said.person.id) {
    throw new Refusal(`【${task.code}】延期由本人申请,请${officePost(hand)}批复。`);
  }
  return { task, open };
}

/** What waits for this person's own word as the new chief of a section. */
export async function heldFor(tx: Db, { id }: Plan, person: Person): Promise<HeldRequest[]> {
  if (!has(person, 'chief')) return [];
  return (await heldRequests(tx, id)).filter(({ task }) => task.sectionId === person.sectionId);
}
