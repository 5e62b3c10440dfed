import type { Logger } from 'pino';
import { type LinkTo, noLink } from './chat/link.ts';
import type { Delivery } from './delivery.ts';
import { calendarOf } from './ledger/calendar.ts';
import { sealDay } from './ledger/dailySeal.ts';
import { dayOf } from './ledger/days.ts';
import type { Store } from './ledger/db.ts';
import { put } from './ledger/outbox.ts';
import { type Group, groupsOf, membersOf, type Plan, plansOf } from './ledger/people.ts';
import { readCalendarDays } from './ledger/planRead.ts';
import { lastLooked, take } from './ledger/slots.ts';
import { type Survey, survey } from './ledger/survey.ts';
import { pushes } from './pushes/index.ts';
import type { Look, Push, Reach } from './pushes/push.ts';
import type { Ways } from './ways.ts';

export interface TickParts {
  store: Store;
  ways: Ways;
  delivery: Delivery;
  log: Logger;
  botNames: Look['botNames'];
  linkTo?: LinkTo;
}

/** One look at one moment: every plan, every push, then whatever the outbox may send. */
export async function tick(parts: TickParts, now: Date, end: AbortSignal): Promise<void> {
  for (const plan of await plansOf(parts.store.db)) {
    const look = await lookAt(parts, plan, now);
    await sealDay(look.db, plan.id, look.today);
    for (const push of pushes) {
      try {
        await say(parts, push, look);
      } catch (error) {
        parts.log.error({ err: error, push: push.name }, 'a push ended in a fault');
      }
    }
    await parts.delivery.deliver(look, end);
  }
}

/** Looks once for each of the push's slots: the letters and the mark that it has looked are written together. */
async function say({ ways, log }: TickParts, push: Push, look: Look): Promise<void> {
  const { db, plan, now } = look;
  for (const slot of push.slots(look, await lastLooked(db, plan.id, push.name, now))) {
    if (slot.expiresAt <= now) {
      if (await take(db, plan.id, push.name, slot, 'missed')) {
        log.warn({ push: push.name, dueAt: slot.dueAt }, 'a push went by without anybody looking');
      }
      continue;
    }
    const notices = await push.scan(look);
    const letters = notices.flatMap((notice) => ways.address(push.name, notice, slot, look));
    await db.transaction(async (tx) => {
      if (await take(tx, plan.id, push.name, slot, 'looked')) await put(tx, letters, now);
    });
  }
}

async function lookAt(
  { store, ways, botNames, linkTo = noLink }: TickParts,
  plan: Plan,
  now: Date,
): Promise<Look> {
  const { db } = store;
  const here = {
    plan,
    groups: await groupsOf(db, plan.id),
    members: await membersOf(db, plan.id),
    today: dayOf(now, plan.timeZone),
  };
  const calendar = calendarOf(await readCalendarDays(db, plan.id));
  let whole: Promise<Survey> | undefined;
  return {
    ...here,
    db,
    calendar,
    now,
    botNames,
    survey: () => {
      whole ??= survey(db, plan, here.today, calendar);
      return whole;
    },
    reach: (personId) => ways.reach(here, personId),
    link: (page, to) => {
      const group = 'personId' in to ? groupIn(ways.reach(here, to.personId)) : undefined;
      return linkTo(page, group === undefined ? to : { groupId: group.id }, now);
    },
  };
}

/** Where what is for one person would be read by others. */
const groupIn = (reach: Reach | null): Group | undefined =>
  reach !== null && 'group' in reach ? reach.group : undefined;
