import type { LinkTo } from '../chat/link.ts';
import { chatKey, type Message } from '../chat/message.ts';
import type { Reply } from '../chat/reply.ts';
import { vocabularyOf } from '../chat/vocabulary.ts';
import { welcome } from '../commands/bind.ts';
import type { Said } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import { closed, enrol, isReturn } from '../commands/register.ts';
import { dayOf } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { arrive } from '../ledger/inbox/arrival.ts';
import * as inbox from '../ledger/inbox.ts';
import type { Group } from '../ledger/people.ts';
import { readPlan } from '../ledger/plan/read.ts';
import type { PlanRow } from '../ledger/plan.ts';
import { type Setup, setupNow } from '../ledger/plan.ts';
import type { Seal } from '../ledger/seal.ts';
import type { Ways } from '../ways/ways.ts';
import { hear } from './hear.ts';
import { createTell } from './tell.ts';
import { upcoming } from './upcoming.ts';

/** What of the house a message needs besides its transaction. */
export interface Around {
  now: Date;
  botNames: string[];
  plans: KnownPlans;
  linkTo: LinkTo;
  ways: Ways;
  /** Without it the files of messages are left alone. */
  seal: Seal | undefined;
  /** Told of each letter that the message brings about. */
  put: () => void;
}

/** Everything that one message does, inside its one transaction: claimed first, its reply kept last. */
export async function converse(
  tx: Db,
  message: Message,
  key: inbox.MessageKey,
  { now, botNames, plans, linkTo, ways, seal, put }: Around,
): Promise<Reply | null> {
  const chat = chatKey(message);
  const place = message.chat.kind === 'group' ? message.chat.id : null;
  const arrival = await arrive(tx, key, { chat, group: place, proof: message.proof }, now);
  if ('told' in arrival) return arrival.told;
  const { from, group } = arrival;
  if (arrival.proofSeen) {
    await inbox.setAside(tx, message.platform, '同一签名随多个消息编号出现,已照常处理', now);
  }
  if (!from) {
    const reply = await welcome(tx, message, now);
    await inbox.keep(tx, key, reply, null);
    return reply;
  }
  const { person, plan } = from;
  const isNew = place !== null && (group?.planId !== plan.id || isReturn(message, group));
  const aside = isNew ? await enrol(tx, message, person, now) : closed(message, person, group);
  if (aside) {
    await inbox.keep(tx, key, aside, person.id);
    return aside;
  }
  const read = await known(tx, plan, botNames, plans);
  const common = {
    tx,
    person,
    ...read,
    origin: {
      ...{ personId: person.id, sectionId: person.sectionId },
      ...{ platform: message.platform, chat, messageId: message.id },
      ...{ at: now, words: message.text },
    },
    room: message.room,
    accompanying: [],
    botName: botNames[0] ?? '督办',
    commands,
    ...createTell({ ways, linkTo, now, put }, tx, read.plan),
    now,
    today: dayOf(now, plan.timeZone),
  };
  const saidIn = (room: Group | null): Said => ({
    ...common,
    place: room === null ? 'single' : room.audience,
    group: room,
    link: (page) => linkTo(page, room === null ? { personId: person.id } : { groupId: room.id }, now),
    alone: () => saidIn(null),
    upcoming: (count) => upcoming(tx, read.plan, now, count),
  });
  const { reply, left } = await hear(saidIn(group), message, from, seal);
  const kept = reply?.secret ? toldOnce : reply;
  await inbox.keep(tx, key, kept, person.id, left && { ...left, chat, at: now });
  return reply;
}

/** What the bot has read of each plan. */
export type KnownPlans = Map<number, Pick<Said, 'vocabulary'> & { setup: Setup }>;

async function known(
  tx: Db,
  plan: PlanRow,
  botNames: string[],
  plans: KnownPlans,
): Promise<Pick<Said, 'plan' | 'vocabulary' | 'calendar'>> {
  const before = plans.get(plan.id);
  const setup = await setupNow(tx, plan, before?.setup);
  const isSame = before?.setup === setup;
  const vocabulary = isSame ? before.vocabulary : vocabularyOf(await readPlan(tx, plan.id), botNames);
  plans.set(plan.id, { setup, vocabulary });
  return { plan: { ...plan, setup }, vocabulary, calendar: setup.calendar };
}

/** What a second copy of the message is told. */
const toldOnce: Reply = { lines: ['码只发一次。如未收到,请再发一次原话,重新领取。'] };
