import { and, eq, exists, isNull, ne, sql } from 'drizzle-orm';
import { type Conversation, standing } from './conversations.ts';
import { dayOf } from './days.ts';
import { type Db, statement } from './db.ts';
import { standsInFor } from './deputies.ts';
import * as inbox from './inbox.ts';
import type { Group, Person, Plan } from './people.ts';
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
} from './schema.ts';

/** What there is to know of a message before its words are read. */
export interface Arrival {
  /** Nobody for an account that isn't bound, and for a person no longer active. */
  from: { person: Person; plan: Plan; noticeOpen: boolean; open: Conversation } | undefined;
  /** The group that it was said in, if somebody has registered it. */
  group: Group | null;
  /**
   * Whether the same proof came with another message id. DingTalk's signature doesn't cover the body, so this is how
   * a captured pair shows; two real messages can share a millisecond, so it is noted and not refused.
   */
  proofSeen: boolean;
}

const speaker = statement((db) =>
  db
    .select({
      person: people,
      section: sections.name,
      plan: plans,
      conversation: conversations,
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
    })
    .from(accounts)
    .innerJoin(people, eq(people.id, accounts.personId))
    .innerJoin(sections, eq(sections.id, people.sectionId))
    .innerJoin(plans, eq(plans.id, people.planId))
    .leftJoin(
      conversations,
      and(eq(conversations.personId, people.id), eq(conversations.chat, sql.placeholder('chat'))),
    )
    .where(
      and(
        eq(accounts.platform, sql.placeholder('platform')),
        eq(accounts.account, sql.placeholder('sender')),
        eq(people.active, true),
      ),
    )
    .prepare('speaker'),
);

const groupAt = statement((db) =>
  db
    .select()
    .from(groups)
    .where(and(eq(groups.platform, sql.placeholder('platform')), eq(groups.chatId, sql.placeholder('id'))))
    .prepare('group'),
);

const proven = statement((db) =>
  db
    .select({ messageId: messages.messageId })
    .from(messages)
    .where(
      and(
        eq(messages.proof, sql.placeholder('proof')),
        eq(messages.platform, sql.placeholder('platform')),
        ne(messages.messageId, sql.placeholder('messageId')),
      ),
    )
    .limit(1)
    .prepare('proven'),
);

/**
 * Takes the message and reads what there is to know of it, in one go. Null when it was taken before. What is read is
 * read after it is taken: of two messages of one account the second sees what the first one did.
 */
export async function arrive(
  tx: Db,
  key: inbox.MessageKey,
  { chat, group, proof }: { chat: string; group: string | null; proof: string },
  now: Date,
): Promise<Arrival | null> {
  const { platform, messageId, sender } = key;
  const [taken, [found], [place], [other]] = await Promise.all([
    inbox.take(tx, key, { chat, proof }, now),
    speaker(tx, { platform, sender, chat }),
    group === null ? [] : groupAt(tx, { platform, id: group }),
    proven(tx, { proof, platform, messageId }),
  ]);
  if (!taken) return null;
  const inStead = found?.isDeputy
    ? { standsInFor: await standsInFor(tx, found.person.id, dayOf(now, found.plan.timeZone)) }
    : {};
  return {
    from: found && {
      person: { ...found.person, section: found.section, ...inStead },
      plan: found.plan,
      noticeOpen: found.noticeOpen,
      open: standing(found.conversation, now),
    },
    group: place ?? null,
    proofSeen: other !== undefined,
  };
}
