import type { Browser, Page } from 'playwright-core';

/** The sandbox's page, driven as a person does. */
export interface SandboxPage {
  page: Page;
  /** Opens a chat by the name that the list shows. */
  open(chat: string): Promise<void>;
  speakAs(person: string): Promise<void>;
  /** Types and presses Enter; resolves to the bot's answer as it is shown. */
  say(words: string): Promise<string>;
  /** What the browser had to complain of: scripts that failed, policies that were broken. */
  complaints: string[];
}

/** Opens the page of the house at `base` (`http://127.0.0.1:3000`). */
export async function openSandboxPage(
  browser: Browser,
  base: string,
  viewport = { width: 1280, height: 800 },
): Promise<SandboxPage> {
  const page = await browser.newPage({ viewport });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${base}/sandbox`);
  await page.locator('#person option').first().waitFor({ state: 'attached' });
  return {
    page,
    complaints,
    async open(chat) {
      const picker = page.getByLabel('会话', { exact: true });
      if (await picker.isVisible()) await picker.selectOption({ label: chat });
      else await page.getByRole('navigation').getByRole('button', { name: chat }).first().click();
    },
    async speakAs(person) {
      await page.getByLabel('发言人').selectOption(person);
    },
    async say(words) {
      const answers = page.locator('.line.bot .bubble');
      const before = await answers.count();
      await page.getByLabel('消息', { exact: true }).fill(words);
      await page.getByLabel('消息', { exact: true }).press('Enter');
      await answers.nth(before).waitFor();
      return answers.nth(before).innerText();
    },
  };
}
