import type { Logger } from 'pino';
import type { UnderWay } from './beat.ts';
import { type LinkTo, noLink } from './chat/link.ts';
import type { Delivery } from './delivery.ts';
import type { Db, Store } from './ledger/db.ts';
import { sealDay } from './ledger/entries/dailySeal.ts';
import { isAnyOpen } from './ledger/outbox/claim.ts';
import { put } from './ledger/outbox.ts';
import { takeOver } from './ledger/people/handover.ts';
import type { Group } from './ledger/people.ts';
import { type PlanRow, plansInUse, type Setup, setupNow } from './ledger/plan.ts';
import { holds, type Looked, lookedAt, noteLook, type Slot, type Taking, take } from './ledger/slots.ts';
import { survey } from './ledger/views/survey.ts';
import { pushes } from './pushes/index.ts';
import { type Look, type Moment, momentOf, type Push, type Reach } from './pushes/push.ts';
import { hereIn } from './ways/here.ts';
import type { Ways } from './ways/ways.ts';

export interface TickParts {
  store: Store;
  known: KnownPlans;
  ways: Ways;
  delivery: Delivery;
  log: Logger;
  botNames: Look['botNames'];
  linkTo?: LinkTo;
  draws?: boolean;
}

/** What a process keeps of each plan from look to look. */
export type KnownPlans = Map<number, Known>;

interface Known {
  setup: Setup;
  /** The day, and the plan's last entry, for which it was seen to that handovers took effect and the day is sealed. */
  settled: string;
  looked: Looked | null;
}

/**
 * One look at one moment: every plan, every push that is due, then whatever the outbox may send, which isn't waited for.
 * Says `again` when more may leave.
 */
export async function tick(
  parts: TickParts,
  now: Date,
  end: AbortSignal,
  again: (at: Date) => void = () => {},
): Promise<UnderWay> {
  const { db } = parts.store;
  const sending: Promise<void>[] = [];
  for (const row of await plansInUse(db)) {
    const known = await knownOf(parts, row);
    const moment = momentOf({ ...row, setup: known.setup }, now);
    await settle(db, known, moment);
    const look = await sayAll(parts, known, moment);
    if (await isAnyOpen(db, row.id)) {
      const { over } = await parts.delivery.deliver(await look(), end, again);
      // Waited for by whoever looks, also when the next plan ends this look in a fault.
      over.catch(() => {});
      sending.push(over);
    }
    await noteLook(db, row.id, now);
  }
  return { over: Promise.all(sending).then(() => {}) };
}

/** Handovers whose day has come take effect, and the day before is sealed: once a day, and after each entry of the plan. */
async function settle(db: Db, known: Known, { plan, today, now }: Moment): Promise<void> {
  const settled = `${plan.headSeq} ${today}`;
  if (known.settled === settled) return;
  await takeOver(db, plan, today, now);
  await sealDay(db, plan.id, today);
  known.settled = settled;
}

/** Every push that is due at this moment; one that ends in a fault doesn't keep the next from its turn. */
async function sayAll(parts: TickParts, known: Known, moment: Moment): Promise<() => Promise<Look>> {
  const { db } = parts.store;
  const { plan, now } = moment;
  const looked = holds(known.looked, now) ?? (await lookedAt(db, plan.id, names, now));
  known.looked = looked;
  const open = pushes.flatMap((push) =>
    push.slots(moment, looked.last(push.name)).map((slot) => ({ push, slot })),
  );
  let whole: Promise<Look> | undefined;
  const look = () => {
    whole ??= lookAt(parts, moment, dueIn(open, now));
    return whole;
  };
  const idle: Taking[] = [];
  for (const { push, slot } of open) {
    try {
      const isOver =
        slot.expiresAt <= now
          ? await miss(parts, { push, slot }, plan.id, looked)
          : await say(parts, { push, slot }, moment, look);
      if (isOver) looked.went(push.name, slot, now);
      else idle.push({ push: push.name, slot, state: 'looked' });
    } catch (error) {
      parts.log.error({ err: error, push: push.name }, 'a push ended in a fault');
    }
  }
  await take(db, plan.id, idle);
  for (const { push, slot } of idle) looked.went(push, slot, now);
  return look;
}

const names = pushes.map((push) => push.name);

/** A slot at which a push hasn't looked yet. */
interface Open {
  push: Push;
  slot: Slot;
}

/** The pushes that are still to look at something in this look. */
const dueIn = (open: readonly Open[], now: Date): Set<string> =>
  new Set(open.flatMap(({ push, slot }) => (slot.expiresAt > now ? push.name : [])));

/** A slot whose time is over: noted and told the operator once. Before anybody had looked there was nobody to miss it. */
async function miss(
  { store: { db }, log }: TickParts,
  { push, slot }: Open,
  planId: number,
  { since }: Looked,
): Promise<true> {
  if (since === null || slot.expiresAt <= since) return true;
  if ((await take(db, planId, [{ push: push.name, slot, state: 'missed' }])) > 0) {
    log.warn({ push: push.name, dueAt: slot.dueAt }, 'a push went by without anybody looking');
  }
  return true;
}

/**
 * Looks for a slot that is open: the letters and the mark that the push has looked are written together. False where
 * there is nothing to write but the mark, and that still to be.
 */
async function say(
  { store: { db }, ways }: TickParts,
  { push, slot }: Open,
  moment: Moment,
  whole: () => Promise<Look>,
): Promise<boolean> {
  const { plan, now } = moment;
  if (push.isDue && !(await push.isDue(db, moment))) return false;
  const look = await whole();
  const notices = await push.scan(look);
  const letters = notices.flatMap((notice) => ways.address(push.name, notice, slot, look));
  if (letters.length === 0 && !push.keep) return false;
  await db.transaction(async (tx) => {
    if ((await take(tx, plan.id, [{ push: push.name, slot, state: 'looked' }])) === 0) return;
    await put(tx, letters, now);
    await push.keep?.(tx, look);
  });
  return true;
}

async function knownOf({ store: { db }, known }: TickParts, row: PlanRow): Promise<Known> {
  const before = known.get(row.id);
  const setup = await setupNow(db, row, before?.setup);
  const read = { settled: '', looked: null, ...before, setup };
  known.set(row.id, read);
  return read;
}

/** As much of it as a look wants. */
export type LookParts = Omit<TickParts, 'store' | 'known' | 'delivery'> & { store: Pick<Store, 'db'> };

/** A look at a plan, which reads when it is asked. */
export async function lookAt(
  { store, ways, log, botNames, linkTo = noLink, draws = true }: LookParts,
  moment: Moment,
  due: ReadonlySet<string> = new Set(),
): Promise<Look> {
  const { db } = store;
  const { plan, now, today } = moment;
  const here = { ...moment, ...(await hereIn(db, plan, today)) };
  const known = new Map<unknown, Promise<unknown>>();
  const surveyed = () => survey(db, plan, today);
  const look: Look = {
    ...here,
    db,
    due,
    botNames,
    draws,
    lacked: (err, what) => log.error({ err, what }, 'a push goes out without one of its papers'),
    survey: () => look.once(surveyed),
    once: <T>(read: (look: Look) => Promise<T>) => {
      const before = known.get(read);
      if (before) return before as Promise<T>;
      // A query asks anew each time it is awaited; a promise of it doesn't.
      const reading = Promise.resolve(read(look));
      known.set(read, reading);
      reading.catch(() => known.delete(read));
      return reading;
    },
    reach: (personId) => ways.reach(here, personId),
    link: (page, to) => {
      const group = 'personId' in to ? groupIn(ways.reach(here, to.personId)) : undefined;
      return linkTo(page, group === undefined ? to : { groupId: group.id }, now);
    },
  };
  return look;
}

/** Where what is for one person would be read by others. */
const groupIn = (reach: Reach | null): Group | undefined =>
  reach !== null && 'group' in reach ? reach.group : undefined;
