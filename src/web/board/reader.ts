import type { Whom } from '../../chat/link.ts';
import type { Db } from '../../ledger/db.ts';
import { personBy } from '../../ledger/people/roster.ts';
import { groupBy } from '../../ledger/people.ts';
import { type Plan, planOf } from '../../ledger/plan.ts';
import { has, maySee, maySeeFigure, mayShow, type Owner } from '../../ledger/rules/audience.ts';
import type { Level } from '../../ledger/terms.ts';

/** Who a page is for: it shows what they may see, and the rest isn't there. */
export interface Reader {
  plan: Plan;
  /** Null where it is a group. */
  personId: number | null;
  /** `党组书记本人`, `领导小组群成员`. */
  name: string;
  /** Whether it is one person, to whom things may be told that no group reads. */
  alone: boolean;
  /** Whether the office's version of a bulletin is theirs. */
  office: boolean;
  sees(level: Level, owner: Owner): boolean;
  seesFigure(ofPersonId: number, level: Level, owner: Owner): boolean;
}

/** As they stand in the ledger now; undefined for a person who has left and for a group that is no longer there. */
export async function readerOf(db: Db, whom: Whom): Promise<Reader | undefined> {
  return 'personId' in whom ? personOf(db, whom.personId) : groupOf(db, whom.groupId);
}

async function personOf(db: Db, id: number): Promise<Reader | undefined> {
  const row = await personBy(db, id);
  if (!row) return undefined;
  const { person, plan } = row;
  return {
    plan: await planOf(db, plan),
    personId: id,
    name: `${person.address}本人`,
    alone: true,
    office: has(person, 'office', 'secretary'),
    sees: (level, owner) => maySee(level, owner, person, 'single') === 'yes',
    seesFigure: (of, level, owner) => maySeeFigure(of, level, owner, person, 'single') === 'yes',
  };
}

/** A link goes from hand to hand: what is restricted it shows to no group, not to the office's either. */
async function groupOf(db: Db, id: number): Promise<Reader | undefined> {
  const row = await groupBy(db, id);
  if (!row) return undefined;
  return {
    plan: await planOf(db, row.plan),
    personId: null,
    name: `${row.group.name}成员`,
    alone: false,
    office: false,
    sees: (level) => mayShow(level, 'system'),
    seesFigure: () => false,
  };
}
