import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../../db.ts';
import type { Plan } from '../../plan.ts';
import { isMember } from '../../rules/audience.ts';
import { undoneBy } from '../../rules/deed.ts';
import { entries, people } from '../../schema.ts';
import type { EntryAct, Role } from '../../terms.ts';

/** Of one person what an entry changed, before and after. */
interface Change {
  person: number;
  roles?: [Role[], Role[]];
  active?: [boolean, boolean];
}

type PersonRow = {
  sheet: string;
  person: number;
  added?: true;
  fields?: { roles?: Change['roles']; retired?: [boolean, boolean] };
};

/** Who was secretary or leader before an instant, in the order of 排序: today's people, and what entries have changed since taken back. */
export async function membersBefore(db: Db, plan: Plan, until: Date): Promise<number[]> {
  const deeds = await db
    .select({ seq: entries.seq, act: entries.act, at: entries.at, detail: entries.detail })
    .from(entries)
    .where(
      and(eq(entries.planId, plan.id), isNull(entries.taskId), inArray(entries.act, [...changing, 'undo'])),
    )
    .orderBy(asc(entries.id));
  const rows = await db
    .select({ id: people.id, roles: people.roles, active: people.active })
    .from(people)
    .where(eq(people.planId, plan.id))
    .orderBy(asc(people.rank), asc(people.id));
  const stood = new Map(rows.map((row) => [row.id, row]));
  const put = (changes: readonly Change[], which: 0 | 1) => {
    for (const { person, roles, active } of changes) {
      const row = stood.get(person);
      if (roles && row) row.roles = roles[which];
      if (active && row) row.active = active[which];
    }
  };
  for (const deed of deeds.filter(({ at }) => at >= until).toReversed()) {
    const undone = undoneBy(deed);
    for (const each of deeds.filter(({ seq }) => undone.includes(seq))) put(changesIn(each), 1);
    put(changesIn(deed), 0);
  }
  return [...stood.values()].filter((row) => row.active && isMember(row)).map(({ id }) => id);
}

/** Acts by which people come, go, and are given something else to do; a handover passes a chief's post alone. */
const changing: EntryAct[] = ['enlist', 'roles', 'disable', 'enable', 'import'];

function changesIn({ act, detail }: { act: EntryAct; detail: Record<string, unknown> }): Change[] {
  const person = Number(detail.person);
  if (act === 'roles') return [{ person, roles: [detail.before as Role[], detail.after as Role[]] }];
  if (act === 'disable') return [{ person, active: [true, false] }];
  if (act === 'enlist' || act === 'enable') return [{ person, active: [false, true] }];
  if (act !== 'import' || !Array.isArray(detail.rows)) return [];
  return (detail.rows as PersonRow[])
    .filter(({ sheet }) => sheet === 'people')
    .map(({ person: id, added, fields: { roles, retired } = {} }) => ({
      person: id,
      ...(roles ? { roles } : {}),
      ...(added ? { active: [false, true] } : retired ? { active: [!retired[0], !retired[1]] } : {}),
    }));
}
