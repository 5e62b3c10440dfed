import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../setup/browser.ts';
import { type May, openMay } from './may.ts';

let browser: Browser;
let may: May;
beforeAll(async () => {
  browser = await launchBrowser();
  may = await openMay();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await may.living.close();
});

describe('the board in a browser without scripts', () => {
  const screens: [string, string, { width: number; height: number }][] = [
    ['a phone', 'board', { width: 360, height: 740 }],
    ['a tablet', 'board', { width: 768, height: 1024 }],
    ['a wall', 'board/wall', { width: 1920, height: 1080 }],
    ['a phone, with a task', 'board/task/4.3.2', { width: 360, height: 740 }],
  ];

  test.each(screens)('on %s it fits, and calls nobody else', async (_what, page, viewport) => {
    const { tab, complaints, hosts } = await open(page, viewport);
    expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect([...hosts]).toEqual([new URL(may.living.house.address).host]);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  test('on a wall everything stands on one screen', async () => {
    const { tab } = await open('board/wall', { width: 1920, height: 1080 });
    const [height, cut] = await tab.evaluate<number[]>(`[
      document.documentElement.scrollHeight,
      [...document.querySelectorAll('section')].filter((each) => each.scrollHeight > each.clientHeight + 1).length,
    ]`);
    expect([height, cut]).toEqual([1080, 0]);
    await tab.context().close();
  });

  test('on paper stands all that the screen has behind a link', async () => {
    const { tab } = await open('board', { width: 794, height: 1123 });
    const rows = () => tab.locator('.trouble .tasks > li:visible').count();
    const told = async () => Number(/另有(\d+)项/.exec(await tab.locator('.trouble').innerText())?.[1] ?? 0);
    const [shown, more] = [await rows(), await told()];
    expect(more).toBeGreaterThan(0);
    await tab.emulateMedia({ media: 'print' });
    expect([await rows(), await told()]).toEqual([shown + more, 0]);
    await tab.context().close();
  });

  test('a leader goes from the overview to a task and back by the keyboard alone', async () => {
    const { tab } = await open('board', { width: 360, height: 740 });
    await tab.keyboard.press('Tab');
    expect(await focused(tab)).toBe('跳到正文');
    const task = tab.getByRole('link', { name: /5\.1\.1/ }).first();
    await task.focus();
    expect(await tab.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name: '【5.1.1】管党治党清单与责任书' }).waitFor();
    expect(await tab.locator('.light').allInnerTexts()).toEqual(expect.arrayContaining(['挂牌督办']));
    await tab.getByRole('link', { name: '总览' }).click();
    await tab.getByText('六类进展').waitFor();
    await tab.context().close();
  });

  test.each(['light', 'dark'] as const)('every word can be read on its ground (%s)', async (colorScheme) => {
    for (const page of ['board', 'board/task/5.1.1', 'board/category/5']) {
      const { tab } = await open(page, { width: 360, height: 740 }, colorScheme);
      expect(await pale(tab)).toEqual([]);
      await tab.context().close();
    }
  });

  async function open(
    page: string,
    viewport: { width: number; height: number },
    colorScheme?: 'light' | 'dark',
  ) {
    const context = await browser.newContext({
      viewport,
      javaScriptEnabled: false,
      ...(colorScheme ? { colorScheme } : {}),
    });
    const tab = await context.newPage();
    const complaints: string[] = [];
    const hosts = new Set<string>();
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('request', (request) => hosts.add(new URL(request.url()).host));
    await tab.goto(may.linkTo(page, may.person('党组书记')));
    return { tab, complaints, hosts };
  }

  const focused = (tab: Page) => tab.evaluate('document.activeElement.textContent');

  /** Words whose contrast with the ground behind them is below 4.5. */
  const pale = (tab: Page) =>
    tab.evaluate<string[]>(`{
      const luminance = (color) => {
        const parts = color.match(/[\\d.]+/g).slice(0, 3).map((part) => Number(part) / 255);
        const [r, g, b] = parts.map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const groundOf = (element) => {
        const color = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
        return color.endsWith(', 0)') ? groundOf(element.parentElement) : color;
      };
      [...document.body.querySelectorAll('*')]
        .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
        .flatMap((each) => {
          const pair = [luminance(getComputedStyle(each).color), luminance(groundOf(each))];
          const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
          return contrast < 4.5 ? [each.className + ' ' + each.textContent + ' ' + contrast.toFixed(2)] : [];
        });
    }`);
});
