import { and, eq, inArray, isNull } from 'drizzle-orm';
import { type BookGroup, type BookPerson, type BookSection, type Row, SET } from '../book.ts';
import type { Db } from '../db.ts';
import { HELD_BACK, NEEDLESS } from '../outbox/fate.ts';
import { withdraw } from '../outbox.ts';
import { forget, loses, relieve } from '../people/staff.ts';
import { accounts, groups, letters, people, sections } from '../schema.ts';
import { type PlatformName, platformNames, type Role } from '../terms.ts';
import type { Change } from './differ.ts';

/** Seals a push address or a secret. */
export type Address = (plain: string) => string;

/** Why a group is no longer posted to when the office retires it in the workbook. */
const RETIRED = '整改办停用';

export async function writeSections(tx: Db, planId: number, changes: Change[]): Promise<void> {
  for (const { added, key, row } of changes) {
    const unit = row as BookSection;
    if (added) await tx.insert(sections).values({ ...unit, planId });
    else
      await tx
        .update(sections)
        .set(unit)
        .where(and(eq(sections.planId, planId), eq(sections.code, key)));
  }
}

/** Ids of the plan's sections by code, and of its people by name. */
export async function idsIn(tx: Db, planId: number) {
  const units = await tx.select().from(sections).where(eq(sections.planId, planId));
  const members = await tx.select().from(people).where(eq(people.planId, planId));
  return {
    section: lookup(units.map((each) => [each.code, each.id])),
    person: lookup(members.map((each) => [each.name, each.id])),
  };
}

function lookup(pairs: [string, number][]) {
  const ids = new Map(pairs);
  return (name: string): number => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`the book names «${name}», which nothing defines`);
    return id;
  };
}

export async function writePeople(tx: Db, planId: number, changes: Change[], now: Date): Promise<void> {
  const { section } = await idsIn(tx, planId);
  for (const { added, key, row } of changes) {
    const { wecom: _, dingtalk: __, retired, section: code, ...person } = row as BookPerson;
    const values = { ...person, sectionId: section(code), active: !retired };
    if (added) await tx.insert(people).values({ ...values, planId });
    else
      await tx
        .update(people)
        .set(values)
        .where(and(eq(people.planId, planId), eq(people.name, key)));
  }
  const { person } = await idsIn(tx, planId);
  const relieved = changes.filter(isRelieved).map(({ key }) => person(key));
  await relieve(tx, relieved, now);
  for (const { key } of changes.filter(retires)) await forget(tx, person(key), now);
  await writeAccounts(tx, person, changes, now);
}

/** Has a role no more, or its section. */
const isRelieved = ({ added, row, fields }: Change): boolean =>
  !added &&
  fields.some(
    ({ field, before }) =>
      field === 'section' || (field === 'roles' && loses(before as Role[], row.roles as Role[])),
  );

const retires = ({ added, row, fields }: Change): boolean =>
  !added && row.retired === true && fields.some(({ field }) => field === 'retired');

/** All that go first: an account may pass from one person to another. */
async function writeAccounts(
  tx: Db,
  person: (name: string) => number,
  changes: Change[],
  now: Date,
): Promise<void> {
  const moves = changes.flatMap((change) =>
    platformNames.map((platform): Move => {
      const before = change.fields.find(({ field }) => field === platform)?.before as string[] | undefined;
      const after = change.row[platform] as string[];
      const personId = person(change.key);
      if (!change.added && before === undefined)
        return { platform, personId, gone: [], fresh: [], account: undefined };
      const had = before ?? [];
      return {
        ...{ platform, personId },
        gone: had.filter((each) => !after.includes(each)),
        fresh: after.filter((each) => !had.includes(each)),
        account: after[0],
      };
    }),
  );
  for (const move of moves) if (move.gone.length > 0) await unbind(tx, move, now);
  const fresh = moves.flatMap(({ platform, personId, fresh: list }) =>
    list.map((account) => ({ platform, account, personId, boundAt: now })),
  );
  if (fresh.length > 0) await tx.insert(accounts).values(fresh);
}

interface Move {
  platform: PlatformName;
  personId: number;
  gone: string[];
  fresh: string[];
  /** By which the person is reached from now on, if at all. */
  account: string | undefined;
}

/** What waits for an account goes to the one in its place, and never to whoever has it next. */
async function unbind(tx: Db, { platform, personId, gone, account }: Move, now: Date): Promise<void> {
  const own = and(eq(accounts.platform, platform), eq(accounts.personId, personId));
  await tx.delete(accounts).where(and(own, inArray(accounts.account, gone)));
  const theirs = [eq(letters.platform, platform), eq(letters.personId, personId)];
  const waiting = and(...theirs, inArray(letters.account, gone), isNull(letters.endedAt));
  if (!waiting) return;
  if (account === undefined) await withdraw(tx, waiting, HELD_BACK.unbound, now);
  else await tx.update(letters).set({ account }).where(waiting);
}

/** Two groups may change places: their chats are cleared before they are set. */
export async function writeGroups(
  tx: Db,
  planId: number,
  changes: Change[],
  sealed: Address,
  now: Date,
): Promise<void> {
  const { section } = await idsIn(tx, planId);
  const at = (code: string) => and(eq(groups.planId, planId), eq(groups.code, code));
  const moving = changes.filter(({ added, fields }) => !added && fields.some(movesChat));
  for (const { key } of moving)
    await tx
      .update(groups)
      .set({ chatId: `moving:${planId}:${key}` })
      .where(at(key));
  for (const { added, key, row, fields } of changes) {
    const { address: _, secret: __, retired, section: code, ...group } = row as BookGroup;
    const values = {
      ...group,
      sectionId: code === null ? null : section(code),
      ...secrets(row, sealed),
      ...(added || fields.some(({ field }) => field === 'retired') ? { gone: retired ? RETIRED : null } : {}),
    };
    if (added) await tx.insert(groups).values({ ...values, planId });
    else await tx.update(groups).set(values).where(at(key));
  }
  const withdrawOf = async (key: string, why: string) => {
    const [group] = await tx.select({ id: groups.id }).from(groups).where(at(key));
    if (group) await withdraw(tx, eq(letters.groupId, group.id), why, now);
  };
  for (const { key } of changes.filter(retires)) await withdrawOf(key, NEEDLESS.retired);
  const others = changes.filter(
    (change) => !change.added && !retires(change) && change.fields.some(changesReaders),
  );
  for (const { key } of others) await withdrawOf(key, HELD_BACK.regrouped);
}

const movesChat = ({ field }: { field: string }) => field === 'chatId' || field === 'platform';

/** What was put for who read there before isn't for who does now. */
const changesReaders = ({ field }: { field: string }) => field === 'audience' || field === 'section';

function secrets(row: Row, sealed: Address) {
  const put = (plain: unknown) => (plain === '' ? null : sealed(String(plain)));
  return {
    ...(row.address === SET ? {} : { sealedAddress: put(row.address) }),
    ...(row.secret === SET ? {} : { sealedSecret: put(row.secret) }),
  };
}
