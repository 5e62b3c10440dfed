import type { Logger } from 'pino';
import { type LinkTo, noLink } from './chat/link.ts';
import type { Delivery } from './delivery.ts';
import { calendarOf } from './ledger/calendar.ts';
import { sealDay } from './ledger/dailySeal.ts';
import { dayOf } from './ledger/days.ts';
import type { Store } from './ledger/db.ts';
import { takeOver } from './ledger/handover.ts';
import { chatsMet } from './ledger/met.ts';
import { isAnyOpen } from './ledger/outbox/claim.ts';
import { put } from './ledger/outbox.ts';
import { type Group, groupsOf, membersOf, type Plan, plansOf } from './ledger/people.ts';
import { readCalendarDays } from './ledger/planRead.ts';
import { lastLooked, type Slot, take } from './ledger/slots.ts';
import { survey } from './ledger/survey.ts';
import { pushes } from './pushes/index.ts';
import type { Look, Moment, Push, Reach } from './pushes/push.ts';
import type { Ways } from './ways.ts';

export interface TickParts {
  store: Store;
  ways: Ways;
  delivery: Delivery;
  log: Logger;
  botNames: Look['botNames'];
  linkTo?: LinkTo;
  draws?: boolean;
}

/** One look at one moment: every plan, every push that is due, then whatever the outbox may send. */
export async function tick(parts: TickParts, now: Date, end: AbortSignal): Promise<void> {
  const { db } = parts.store;
  for (const plan of await plansOf(db)) {
    const moment = await momentOf(parts, plan, now);
    await takeOver(db, plan, moment.today, now);
    await sealDay(db, plan.id, moment.today);
    const looked = await lastLooked(db, plan.id, now);
    const due = pushes.flatMap((push) =>
      push.slots(moment, looked(push.name)).map((slot) => ({ push, slot })),
    );
    let whole: Promise<Look> | undefined;
    const look = () => {
      whole ??= lookAt(parts, moment);
      return whole;
    };
    for (const { push, slot } of due) {
      try {
        await say(parts, push, slot, moment, look);
      } catch (error) {
        parts.log.error({ err: error, push: push.name }, 'a push ended in a fault');
      }
    }
    if (await isAnyOpen(db, plan.id)) await parts.delivery.deliver(await look(), end);
  }
}

/** Looks once for each of the push's slots: the letters and the mark that it has looked are written together. */
async function say(
  { store: { db }, ways, log }: TickParts,
  push: Push,
  slot: Slot,
  moment: Moment,
  whole: () => Promise<Look>,
): Promise<void> {
  const { plan, now } = moment;
  if (slot.expiresAt <= now) {
    if (await take(db, plan.id, push.name, slot, 'missed')) {
      log.warn({ push: push.name, dueAt: slot.dueAt }, 'a push went by without anybody looking');
    }
    return;
  }
  if (push.isDue && !(await push.isDue(db, moment))) {
    await take(db, plan.id, push.name, slot, 'looked');
    return;
  }
  const look = await whole();
  const notices = await push.scan(look);
  const letters = notices.flatMap((notice) => ways.address(push.name, notice, slot, look));
  await db.transaction(async (tx) => {
    if (!(await take(tx, plan.id, push.name, slot, 'looked'))) return;
    await put(tx, letters, now);
    await push.keep?.(tx, look);
  });
}

async function momentOf({ store }: TickParts, plan: Plan, now: Date): Promise<Moment> {
  const calendar = calendarOf(await readCalendarDays(store.db, plan.id));
  return { plan, calendar, now, today: dayOf(now, plan.timeZone) };
}

async function lookAt(
  { store, ways, log, botNames, linkTo = noLink, draws = true }: TickParts,
  moment: Moment,
): Promise<Look> {
  const { db } = store;
  const { plan, now, today, calendar } = moment;
  const here = {
    ...moment,
    groups: await groupsOf(db, plan.id),
    members: await membersOf(db, plan.id),
    met: await chatsMet(db),
  };
  const known = new Map<unknown, Promise<unknown>>();
  const surveyed = () => survey(db, plan, today, calendar);
  const look: Look = {
    ...here,
    db,
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
