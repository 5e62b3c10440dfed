import { claim } from '../../src/ledger/outbox/claim.ts';
import type { Sending } from '../../src/ledger/outbox.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import type { Way } from '../setup/stores.ts';
import { rowsOf } from './letters.ts';

/** The house that was entered last. */
export let living: LivingHouse;

/** A Friday, the day's own pushes until then said. */
export async function enter(
  { door = 'hook', open, fetch }: Partial<Way> & Pick<Way, 'open'> & { fetch?: typeof globalThis.fetch },
  time = '09:00',
): Promise<LivingHouse> {
  living = await openLivingHouse(await open(), '2026-01-09', '07:00', {
    door,
    ...(fetch ? { fetch } : {}),
  });
  if (time > '16:12') await living.at('2026-01-09', '16:12');
  await living.at('2026-01-09', time);
  living.pushes();
  for (const { sent } of [living.wecom, living.dingtalk]) sent.length = 0;
  return living;
}

export const look = () => living.look();
/** First lines of what people have seen since the last time it was asked for. */
export const seen = () => living.pushes().map(({ text }) => text.split('\n')[0]?.trim());
export const states = async () => (await rowsOf(living)).map((row) => row.state);

/** What a process does before its bytes leave; this one then dies. */
export async function claimed(key: string): Promise<Sending> {
  const robot = (await rowsOf(living)).find((row) => row.key === key)?.robot ?? '';
  const [plan] = await plansOf(living.store.db);
  const leave = { may: () => true, repeats: () => false, budget: () => ({ minute: 18 }), fit: () => true };
  const { parcels } = await claim(living.store.db, plan?.id ?? 0, robot, living.clock.now(), leave);
  const [letter] = parcels[0] ?? [];
  if (!letter) throw new Error('nothing was claimed');
  return letter;
}
