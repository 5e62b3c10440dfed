import { and, eq, exists, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { dayOf } from '../days.ts';
import { type Db, statement } from '../db.ts';
import * as inbox from '../inbox.ts';
import { writtenSince } from '../outbox/written.ts';
import { standsInFor } from '../people/deputies.ts';
import type { Group, Person } from '../people.ts';
import type { PlanRow } from '../plan.ts';
import type { Reply } from '../reply.ts';
import { mayStandIn } from '../rules/audience.ts';
import {
  accounts,
  conversations,
  deputies,
  groups,
  letters,
  inbox as messages,
  people,
  plans,
  sections,
} from '../schema.ts';
import { type Conversation, standing, theOnly } from './conversations.ts';

/** What there is to know of a message before its words are read. */
export interface Arrival {
  /** Nobody for an account that isn't bound, and for a person no longer active. */
  from: { person: Person; plan: PlanRow; noticeOpen: boolean; open: Conversation } | undefined;
  /** The group that it was said in, if somebody has registered it. */
  group: Group | null;
  /**
   * Whether the same proof came with another message id. DingTalk's signature doesn't cover the body, so this is how
   * a captured pair shows; two real messages can share a millisecond, so it is noted and not refused.
   */
  proofSeen: boolean;
}

type Row<T extends { $inferSelect: unknown }> = T['$inferSelect'] | null;

interface Found {
  person: Row<typeof people>;
  section: string | null;
  plan: Row<typeof plans>;
  conversation: Row<typeof conversations>;
  group: Row<typeof groups>;
  reply: Reply | null;
  noticeOpen: boolean;
  isDeputy: boolean;
  proofSeen: boolean;
}

const others = alias(messages, 'others');

/** Read from the message's own row, which is there once it is taken. */
const read = statement<inbox.MessageKey & { chat: string; group: string; proof: string }, Found[]>((db) =>
  db
    .select({
      person: people,
      section: sections.name,
      plan: plans,
      conversation: conversations,
      group: groups,
      reply: messages.reply,
      noticeOpen: sql<boolean>`${exists(
        db
          .select()
          .from(letters)
          .where(and(eq(letters.personId, people.id), eq(letters.state, 'sent'), isNull(letters.seenAt))),
      )}`,
      // Few are anybody's deputy, so that most messages don't ask whose.
      isDeputy: sql<boolean>`${exists(
        db
          .select()
          .from(deputies)
          .where(and(eq(deputies.personId, people.id), isNull(deputies.endedEntryId))),
      )}`,
      proofSeen: sql<boolean>`${exists(
        db
          .select()
          .from(others)
          .where(
            and(
              eq(others.proof, sql.placeholder('proof')),
              eq(others.platform, messages.platform),
              ne(others.messageId, messages.messageId),
            ),
          ),
      )}`,
    })
    .from(messages)
    .leftJoin(accounts, and(eq(accounts.platform, messages.platform), eq(accounts.account, messages.sender)))
    .leftJoin(people, and(eq(people.id, accounts.personId), eq(people.active, true)))
    .leftJoin(sections, eq(sections.id, people.sectionId))
    .leftJoin(plans, eq(plans.id, people.planId))
    .leftJoin(
      conversations,
      and(eq(conversations.personId, people.id), eq(conversations.chat, sql.placeholder('chat'))),
    )
    .leftJoin(
      groups,
      and(eq(groups.platform, messages.platform), eq(groups.chatId, sql.placeholder('group'))),
    )
    .where(inbox.at)
    .prepare('arrival'),
);

/**
 * Takes the message and reads what there is to know of it, in one go. Where it was taken before, there is only what it
 * was told. What is read is read after it is taken: of two messages of one account the second sees what the first one
 * did.
 */
export async function arrive(
  tx: Db,
  key: inbox.MessageKey,
  { chat, group, proof }: { chat: string; group: string | null; proof: string },
  now: Date,
): Promise<Arrival | { told: Reply | null }> {
  const [taken, [found]] = await Promise.all([
    inbox.take(tx, key, { chat, proof }, now),
    read(tx, { ...key, chat, group: group ?? '', proof }),
  ]);
  if (!taken || !found) return { told: found?.reply ?? null };
  return { from: await speakerIn(tx, found, key, now), group: found.group, proofSeen: found.proofSeen };
}

async function speakerIn(
  tx: Db,
  { person, section, plan, conversation, group, noticeOpen, isDeputy }: Found,
  { platform }: inbox.MessageKey,
  now: Date,
): Promise<Arrival['from']> {
  if (!person || section === null || !plan) return undefined;
  // Whoever has come to verify or to decide since reports for nobody else meanwhile.
  const inStead =
    isDeputy && mayStandIn(person)
      ? { standsInFor: await standsInFor(tx, person.id, dayOf(now, plan.timeZone)) }
      : {};
  const open = standing(conversation, now);
  const written =
    conversation === null || open.lastTask === null
      ? null
      : await writtenSince(
          tx,
          { planId: plan.id, personId: person.id, platform, groupId: group?.id ?? null },
          conversation.at,
        );
  return {
    person: { ...person, section, ...inStead },
    plan,
    noticeOpen,
    // What 这项 meant goes over to whatever was written here since, asked for or not; a letter alone gives it no meaning.
    open: written === null ? open : { ...open, lastTask: theOnly(written) },
  };
}
