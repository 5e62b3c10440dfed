import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { files } from '../../src/ledger/schema.ts';
import { launchBrowser } from '../setup/browser.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openSandboxPage } from '../setup/sandboxPage.ts';
import { stores } from '../setup/stores.ts';

let browser: Browser;
let living: LivingHouse;

/** The whole product, as somebody sees it who has just started it and opened the page. */
beforeAll(async () => {
  const [postgres] = stores;
  if (!postgres) throw new Error('no store');
  browser = await launchBrowser();
  living = await openLivingHouse(await postgres.open(), '2026-03-31', '16:00');
}, 60_000);
afterAll(async () => {
  await browser.close();
  await living.close();
});

test.each([
  ['a phone', { width: 360, height: 740 }],
  ['a desk', { width: 1280, height: 800 }],
])('on %s a chief types in a WeCom and in a DingTalk group and is answered', async (_what, viewport) => {
  const sandbox = await openSandboxPage(browser, living.house.address, viewport);
  await sandbox.open('安全管理科群');
  await sandbox.speakAs('安全管理科科长');
  expect(await sandbox.say('@督办 4.3.2 隐患+12')).toMatch(/已记录【4\.3\.2】[\s\S]*12项/);
  await sandbox.open('领导小组群');
  await sandbox.speakAs('安全管理科科长');
  expect(await sandbox.say('@督办 查 4.3.2')).toContain('全年至少4次');
  expect(sandbox.complaints).toEqual([]);
  await sandbox.page.close();
});

test('a picture that was chosen goes with the words, is shown, fetched and kept as evidence', async () => {
  const { page, complaints, open, speakAs } = await openSandboxPage(browser, living.house.address);
  await open('安全管理科群');
  await speakAs('安全管理科科长');
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await page.locator('#file').setInputFiles({ name: '演练现场.png', mimeType: 'image/png', buffer: png });
  await page.locator('#words').fill('@督办 4.3.2 演练+1');
  await page.locator('#send').click();
  await page.locator('.line img[alt="演练现场.png"]').waitFor();
  await page
    .locator('.line')
    .getByText(/演练:0次→1次/)
    .waitFor();
  expect(await page.locator('#file-bar').isHidden()).toBe(true);
  const kept = () => living.store.db.select({ state: files.state, size: files.size }).from(files);
  await expect.poll(kept, { timeout: 20_000 }).toEqual([{ state: 'stored', size: png.length }]);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the clock is moved to the next working morning, and the push to the chief arrives on the page', async () => {
  const sandbox = await openSandboxPage(browser, living.house.address);
  await sandbox.open('机关党委群');
  await sandbox.speakAs('机关党委专职副书记');
  await sandbox.page.getByRole('button', { name: '下一个工作日早上' }).click();
  await sandbox.page.getByText('2026年4月1日').first().waitFor();
  const toChief = () =>
    living.wecom.lines().filter((line) => 'single' in line.chat && line.chat.single === 'sec_dangwei');
  await expect.poll(toChief, { timeout: 20_000 }).toHaveLength(1);
  expect(toChief()[0]?.text).toMatch(/【红·逾期1个工作日】[\s\S]*5\.1\.1/);
  expect(sandbox.complaints).toEqual([]);
  await sandbox.page.close();
});
