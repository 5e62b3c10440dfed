import { type Listing, proposerOf } from '../../ledger/acts/listing.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { has } from '../../ledger/rules/audience.ts';
import type { Said } from '../command.ts';

/** The office proposes and the secretary orders: what is said decides which of the two it is. */
export const mayList = ({ person }: Pick<Said, 'person'>): boolean => has(person, 'office', 'secretary');

/**
 * Whether it is the secretary's word on a proposal. One who is of the office too proposes as well, and nobody signs what he
 * has proposed himself.
 */
export async function signs({ tx, person }: Said, listing: Listing | null): Promise<boolean> {
  if (!has(person, 'secretary')) return false;
  const proposer = await proposerOf(tx, listing);
  if (!has(person, 'office')) {
    if (proposer === person.id) throw new Refusal('由本人提请的,不能由本人批准。请整改办另行提请。');
    return true;
  }
  return proposer !== null && proposer !== person.id;
}
