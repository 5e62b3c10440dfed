import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { PlatformName } from '../src/chat/message.ts';
import { createCollector } from '../src/collector.ts';
import { readConfig } from '../src/config.ts';
import type { Store } from '../src/ledger/db.ts';
import { claim, missed, want } from '../src/ledger/files/fetching.ts';
import { loadSample } from '../src/ledger/plan/load.ts';
import { files, people, plans } from '../src/ledger/schema.ts';
import type { Fetched } from '../src/platforms/download.ts';
import { createPlatforms } from '../src/platforms/index.ts';
import { createStillClock } from '../src/time.ts';
import { stores } from './setup/stores.ts';

const began = new Date('2026-04-09T10:00:00+08:00');
const later = (seconds: number) => new Date(began.getTime() + seconds * 1_000);

describe.each(stores)('files that messages brought ($kind)', ({ open }) => {
  let store: Store;
  let from: { planId: number; personId: number };
  beforeAll(async () => {
    store = await open();
    await loadSample(store.db, began);
    const [plan] = await store.db.select().from(plans);
    const [person] = await store.db.select().from(people);
    from = { planId: plan?.id ?? 0, personId: person?.id ?? 0 };
  });
  afterAll(() => store.close());

  const bring = async (platform: PlatformName, ...sources: string[]) =>
    want(
      store.db,
      sources.map((sealedSource) => ({
        ...{ ...from, platform, chat: 'chat', messageId: 'message' },
        ...{ kind: 'picture' as const, name: '', sealedSource },
      })),
      began,
    );
  const stateOf = async (id: number | undefined) =>
    (
      await store.db
        .select()
        .from(files)
        .where(eq(files.id, id ?? 0))
    )[0]?.state;

  test('of which one was tried go behind those that were not, and wait from the end of the try', async () => {
    const [first, second] = await bring('wecom', 'first', 'second');
    const next = async (seconds: number) => claim(store.db, 'wecom', later(seconds));
    const one = await next(0);
    expect(one?.id).toBe(first);
    if (one) await missed(store.db, one, 'timeout', false, later(60));
    const two = await next(61);
    expect(two?.id).toBe(second);
    expect(await next(70)).toBeUndefined();
    expect((await next(76))?.id).toBe(first);
    // The second try is under way; only one that died with its process is taken from it.
    expect(await next(160)).toMatchObject({ id: second, attempts: 2 });
    expect((await next(167))?.id).toBe(first);
    await store.db.delete(files);
  });

  test('whose host answers nothing keep no others waiting', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duban-collector-'));
    let release: (fetched: Fetched) => void = () => {};
    const hung = new Promise<Fetched>((resolve) => {
      release = resolve;
    });
    const take = async (source: string): Promise<Fetched> =>
      source.startsWith('hangs') ? hung : { is: 'file', bytes: Buffer.from(source) };
    const { wecom, dingtalk } = createPlatforms(readConfig({}), fetch);
    const collector = createCollector({
      ...{ store, folder, clock: createStillClock(began), log: pino({ level: 'silent' }) },
      platforms: { wecom: { ...wecom, take }, dingtalk: { ...dingtalk, take } },
      seal: { open: (sealed) => sealed, close: (text) => text },
    });
    onTestFinished(async () => {
      release({ is: 'over', why: 'gone' });
      await collector.close(5_000);
      rmSync(folder, { recursive: true });
    });
    await bring('dingtalk', 'hangs');
    void collector.look();
    const brought = [...(await bring('dingtalk', 'fine')), ...(await bring('wecom', 'fine too'))];
    void collector.look();
    for (const id of brought) await expect.poll(() => stateOf(id), { timeout: 10_000 }).toBe('stored');
  });
});
