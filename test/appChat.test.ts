import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from './setup/house.ts';
import { openPostgres } from './setup/stores.ts';

/** Members who write to the self-built app, whose answers are the shortest: 2,048 bytes, and what is longer is cut. */
let living: LivingHouse;
beforeAll(async () => {
  // The corp of the double's app.
  const settings = { WECOM_RECEIVE_ID: 'wwSandbox' };
  living = await openLivingHouse(await openPostgres(), '2026-04-09', '10:00', { door: 'hook', settings });
});
afterAll(() => living.close());

async function say(user: string, text: string): Promise<string> {
  return (await living.wecom.say({ chat: 'single', user, text, via: 'app' })).answer ?? '';
}

test('a list that is longer than an answer is there whole, page by page', async () => {
  const pages = [await say('ldr_shuji', '清单')];
  while (pages.at(-1)?.includes('下一页')) pages.push(await say('ldr_shuji', '下一页'));
  for (const page of pages) {
    expect(Buffer.byteLength(page)).toBeLessThan(2_048);
    expect(page).not.toContain('其余略');
  }
  const codes = pages.flatMap((page) => page.match(/【\d\.\d\.\d】/g) ?? []);
  expect(pages[0]).toContain('共42项');
  expect(new Set(codes).size).toBe(42);
  expect(codes).toHaveLength(42);
});

test('a picture sent to the app waits for the words that come after it, as everywhere', async () => {
  const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('x')]);
  const files = [{ kind: 'picture' as const, name: '现场.png', bytes }];
  const sent = await living.wecom.say({ chat: 'single', user: 'sec_anquan', text: '', files, via: 'app' });
  expect(sent.answer).toContain('尚未归入任务');
  expect(await say('sec_anquan', '4.3.2 演练+1')).toContain('附图片1张,作为演练佐证');
});
