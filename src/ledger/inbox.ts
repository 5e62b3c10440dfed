import { and, eq, exists, sql } from 'drizzle-orm';
import { type Db, given, statement } from './db.ts';
import { type Left, remembering } from './inbox/conversations.ts';
import type { Reply } from './reply.ts';
import { accounts, inbox, quarantine } from './schema.ts';

/** What makes a message one message, however often and by whatever way it comes. */
export interface MessageKey {
  platform: string;
  bot: string;
  messageId: string;
  sender: string;
}

const of = (key: MessageKey) =>
  and(
    eq(inbox.platform, key.platform),
    eq(inbox.bot, key.bot),
    eq(inbox.messageId, key.messageId),
    eq(inbox.sender, key.sender),
  );

/** A message's key, given later. */
const keyed = {
  platform: given('platform', inbox.platform),
  bot: given('bot', inbox.bot),
  messageId: given('messageId', inbox.messageId),
  sender: given('sender', inbox.sender),
};

/** The row of the message whose key is given later. */
export const at = and(
  eq(inbox.platform, keyed.platform),
  eq(inbox.bot, keyed.bot),
  eq(inbox.messageId, keyed.messageId),
  eq(inbox.sender, keyed.sender),
);

const claim = statement<MessageKey & { chat: string; proof: string; at: Date }, unknown[]>((db) => {
  const taken = db.$with('taken').as(
    db
      .insert(inbox)
      .values({
        ...keyed,
        chat: given('chat', inbox.chat),
        proof: given('proof', inbox.proof),
        at: given('at', inbox.at),
      })
      .onConflictDoNothing()
      .returning({ messageId: inbox.messageId }),
  );
  const spoken = db.$with('spoken').as(
    db
      .update(accounts)
      .set({ spokeAt: given('at', accounts.spokeAt) })
      .where(
        and(
          eq(accounts.platform, keyed.platform),
          eq(accounts.account, keyed.sender),
          exists(db.select().from(taken)),
        ),
      )
      .returning({ personId: accounts.personId }),
  );
  return db.with(taken, spoken).select({ messageId: taken.messageId }).from(taken).prepare('claim');
});

/**
 * Claims the message inside the transaction of its effect, and notes that the account spoke: pushes go to the account
 * a person used last. True: it is ours, and every other copy waits until we commit.
 */
export const take = async (
  tx: Db,
  key: MessageKey,
  from: { chat: string; proof: string },
  now: Date,
): Promise<boolean> => (await claim(tx, { ...key, ...from, at: now })).length > 0;

const answered = {
  reply: given('reply', inbox.reply),
  personId: given('personId', inbox.personId),
};

const answer = statement<MessageKey & { reply: Reply | null; personId: number | null }, unknown>((db) =>
  db.update(inbox).set(answered).where(at).prepare('keep'),
);

const answerAndRemember = statement<MessageKey & { reply: Reply | null } & Left, unknown>((db) => {
  const remembered = db.$with('remembered').as(remembering(db));
  return db.with(remembered).update(inbox).set(answered).where(at).prepare('keep and remember');
});

/** Keeps what the message was told, and what its conversation goes on with. */
export async function keep(
  tx: Db,
  key: MessageKey,
  reply: Reply | null,
  personId: number | null,
  left: Omit<Left, 'personId'> | null = null,
): Promise<void> {
  if (personId === null || left === null) await answer(tx, { ...key, reply, personId });
  else await answerAndRemember(tx, { ...key, ...left, reply, personId });
}

/** The stored reply of a message whose effect is committed; undefined where there is none. */
export async function kept(db: Db, key: MessageKey): Promise<{ reply: Reply | null } | undefined> {
  const [row] = await db.select({ reply: inbox.reply }).from(inbox).where(of(key));
  return row;
}

/**
 * Claims the answer of a message that came over a connection: whoever gets `ours` gives it, and no copy that comes
 * later is answered. A message that couldn't be recorded has no row yet.
 */
export async function claimAnswer(
  tx: Db,
  key: MessageKey,
  now: Date,
): Promise<'ours' | 'given' | 'unrecorded'> {
  const [row] = await tx.select({ answeredAt: inbox.answeredAt }).from(inbox).where(of(key)).for('update');
  if (!row) return 'unrecorded';
  if (row.answeredAt) return 'given';
  await tx.update(inbox).set({ answeredAt: now }).where(of(key));
  return 'ours';
}

/**
 * Decides the fate of a message whose COMMIT was not answered: either its row is there, or this one takes its place
 * and the lost transaction can never commit. A transaction still under way is waited for.
 */
export async function settle(db: Db, key: MessageKey, otherwise: Reply, now: Date): Promise<Reply | null> {
  const taken = await db
    .insert(inbox)
    .values({ ...key, chat: '', proof: '', at: now, reply: otherwise })
    .onConflictDoNothing()
    .returning({ messageId: inbox.messageId });
  return taken.length > 0 ? otherwise : ((await kept(db, key))?.reply ?? null);
}

/**
 * The same of many messages that were told so already; one whose row is there keeps what it has. However many of them
 * are one value, for after a rush there are thousands.
 */
export async function settleAll(
  db: Db,
  settled: { key: MessageKey; reply: Reply }[],
  now: Date,
): Promise<void> {
  const rows = settled.map(({ key, reply }) => ({ ...key, reply }));
  const unheard = sql`
    select r.platform, r.bot, r."messageId", r.sender, '', null::integer, ${now.toISOString()}::timestamptz, '', r.reply,
      null::timestamptz
    from jsonb_to_recordset(${sql.param(rows, inbox.reply)}) as r(platform text, bot text, "messageId" text, sender text,
      reply jsonb)`;
  await db.insert(inbox).select(unheard).onConflictDoNothing();
}

/** Sets a well-signed call aside that couldn't be used; the admin sees the reason. */
export async function setAside(db: Db, platform: string, reason: string, now: Date): Promise<void> {
  await db.insert(quarantine).values({ platform, reason, at: now });
}
