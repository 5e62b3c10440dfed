import { randomInt } from 'node:crypto';
import { and, count, eq, gt, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { nobody, type Origin, saying, write } from '../entries.ts';
import type { Group } from '../people.ts';
import { lockPlan, planChain } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { Refusal } from '../refusal.ts';
import { accounts, attempts, groups, invites, people, sections } from '../schema.ts';
import { sha256 } from '../seal.ts';
import type { Audience, PlatformName } from '../terms.ts';

/** Letters and digits that nobody confuses when reading them out. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const VALID = 3 * 24 * 60 * 60_000;
/** So many vain tries an hour and account; a code has 40 bits. */
const TRIES = 5;
const HOUR = 60 * 60_000;

export type Invitation = { personId: number } | { audience: Audience; sectionId: number | null };

/**
 * A new one-time code for a person's account or for a group; only its hash is kept. Valid for three days; one for a
 * person takes the place of those made for them before.
 */
export async function invite(tx: Db, plan: Plan, to: Invitation, origin: Origin): Promise<string> {
  const code = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const chain = planChain(await lockPlan(tx, plan.id));
  await write(
    tx,
    chain,
    'invite',
    'personId' in to ? { person: to.personId } : { ...to },
    saying(origin, ''),
  );
  if ('personId' in to) {
    await tx
      .update(invites)
      .set({ usedAt: origin.at })
      .where(and(eq(invites.personId, to.personId), isNull(invites.usedAt)));
  }
  await tx.insert(invites).values({
    hash: sha256(code),
    planId: plan.id,
    ...to,
    expiresAt: new Date(origin.at.getTime() + VALID),
  });
  return code;
}

interface Account {
  platform: PlatformName;
  account: string;
}

/** Binds the account to the person that the code was made for, once. */
export async function bindAccount(
  tx: Db,
  { platform, account }: Account,
  code: string,
  now: Date,
): Promise<{ name: string } | null> {
  const found = await redeem(tx, { platform, account }, code, (each) => each.personId !== null, now);
  const personId = found?.personId;
  if (!found || !personId) return null;
  const [person] = await tx
    .select()
    .from(people)
    .where(and(eq(people.id, personId), eq(people.active, true)));
  if (!person) return null;
  const bound = { personId, boundAt: now, spokeAt: now };
  // An account that was somebody's who is no longer active is bound anew.
  await tx
    .insert(accounts)
    .values({ platform, account, ...bound })
    .onConflictDoUpdate({ target: [accounts.platform, accounts.account], set: bound });
  const plan = await lockPlan(tx, found.planId);
  const origin = { ...nobody(now), personId, platform };
  await write(tx, planChain(plan), 'bind', { platform }, origin);
  return { name: person.name };
}

/** Registers the chat as a group of the audience that the code was made for; nothing where the code doesn't fit. */
export async function registerGroup(
  tx: Db,
  by: Account & { personId: number; chatId: string; audience: Audience },
  code: string,
  now: Date,
): Promise<{ name: string } | null> {
  const found = await redeem(tx, by, code, (each) => each.audience === by.audience, now);
  if (!found) return null;
  const plan = await lockPlan(tx, found.planId);
  const name = await groupName(tx, by.audience, found.sectionId);
  const [group] = await tx
    .insert(groups)
    .values({
      planId: plan.id,
      code: `${by.audience}-${sha256(by.chatId).slice(0, 6)}`,
      name,
      platform: by.platform,
      chatId: by.chatId,
      audience: by.audience,
      sectionId: found.sectionId,
    })
    .onConflictDoNothing()
    .returning();
  const origin = { ...nobody(now), personId: by.personId, platform: by.platform };
  if (!group) return reopen(tx, plan, by, origin);
  await write(tx, planChain(plan), 'register', { group: group.code, audience: by.audience }, origin);
  return { name };
}

/** A group of ours to which nothing was sent any more: the robot is in it again. */
export async function reopen(
  tx: Db,
  { id: planId }: Pick<Plan, 'id'>,
  { platform, chatId, audience }: Pick<Group, 'platform' | 'chatId' | 'audience'>,
  origin: Origin,
): Promise<{ name: string }> {
  const [group] = await tx
    .update(groups)
    .set({ gone: null })
    .where(
      and(
        ...[eq(groups.planId, planId), eq(groups.platform, platform), eq(groups.chatId, chatId)],
        ...[eq(groups.audience, audience), isNotNull(groups.gone)],
      ),
    )
    .returning();
  if (!group) throw new Refusal('本群已登记过,如需变更用途请联系整改办。');
  const chain = planChain(await lockPlan(tx, planId));
  await write(tx, chain, 'register', { group: group.code, audience, again: true }, saying(origin, ''));
  return { name: group.name };
}

async function groupName(tx: Db, audience: Audience, sectionId: number | null): Promise<string> {
  const fixed = { leaders: '领导小组群', office: '整改办群', system: '全系统群', section: '科室群' };
  if (sectionId === null) return fixed[audience];
  const [section] = await tx.select().from(sections).where(eq(sections.id, sectionId));
  return section ? `${section.name}群` : fixed[audience];
}

/**
 * Uses the code up. Nothing where there is no such code, where it has run out, been used or was made for something
 * else: the try is counted, and after five in an hour the account waits.
 */
async function redeem(
  tx: Db,
  { platform, account }: Account,
  code: string,
  fits: (invitation: typeof invites.$inferSelect) => boolean,
  now: Date,
) {
  const [tried] = await tx
    .select({ times: count() })
    .from(attempts)
    .where(
      and(
        eq(attempts.platform, platform),
        eq(attempts.account, account),
        gt(attempts.at, new Date(now.getTime() - HOUR)),
      ),
    );
  if (tried && tried.times >= TRIES) throw new Refusal('尝试次数过多,请一小时后再试,或联系整改办重新发码。');
  const [found] = await tx
    .select()
    .from(invites)
    .where(
      and(eq(invites.hash, sha256(code.toUpperCase())), isNull(invites.usedAt), gt(invites.expiresAt, now)),
    )
    .for('update');
  if (!found || !fits(found)) {
    await tx.insert(attempts).values({ platform, account, at: now });
    return undefined;
  }
  await tx.update(invites).set({ usedAt: now }).where(eq(invites.hash, found.hash));
  return found;
}
