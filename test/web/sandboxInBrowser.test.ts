import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../setup/browser.ts';
import { openSandboxPage } from '../setup/sandboxPage.ts';
import { openHouse } from './house.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

describe('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser.close());
  const desk = { width: 1280, height: 800 };
  const phone = { width: 360, height: 740 };

  test.each([
    ['a desk', desk],
    ['a phone', phone],
  ])('on %s, one types a report and sees it recorded, on both platforms', async (_where, viewport) => {
    const { page, open, speakAs, say, complaints } = await openSandboxPage(browser, house.base, viewport);
    expect(await say('@督办 4.3.2 隐患+12')).toBe('已记录【4.3.2】4.3.2 隐患+12');
    await open('领导小组群');
    await speakAs('党组书记');
    expect(await say('@督办 总览')).toContain('已记录');
    expect(house.dingtalk.lines()[0]).toMatchObject({ from: 'dt-anquan', text: '@督办 4.3.2 隐患+12' });
    expect(house.wecom.lines()[0]).toMatchObject({ from: 'ldr_shuji', chat: { group: 'wrLeaders' } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('one to one is the chat of whoever speaks', async () => {
    const { page, open, speakAs, say } = await openSandboxPage(browser, house.base);
    await open('安全管理科科长');
    await speakAs('整改办主任');
    await say('我的');
    expect(house.wecom.lines()[0]).toMatchObject({ from: 'off_zhuren', chat: { single: 'off_zhuren' } });
    await page.close();
  });

  test('a group already has the mention, and without it nothing is sent', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    const words = page.getByLabel('消息', { exact: true });
    expect(await words.inputValue()).toBe('@督办 ');
    await words.press('Enter');
    await words.fill('下午三点开会');
    await words.press('Enter');
    await page.getByText('没有@督办,机器人收不到这条消息').waitFor();
    expect(house.dingtalk.lines()).toMatchObject([{ text: '下午三点开会', fate: 'unheard' }]);
    await page.close();
  });

  test('Enter that picks a character of an input method sends nothing, and Shift+Enter begins a line', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    const words = page.getByLabel('消息', { exact: true });
    await words.fill('@督办 隐患');
    await words.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await words.press('Shift+Enter');
    await words.pressSequentially('演练+1');
    await words.press('Enter');
    await page.locator('.line.bot').waitFor();
    expect(house.dingtalk.lines()[0]).toMatchObject({ text: '@督办 隐患\n演练+1' });
    await page.close();
  });

  test('a tap on a bubble quotes it, and 重发 delivers a message once more', async () => {
    const { page, say } = await openSandboxPage(browser, house.base);
    await say('@督办 我的');
    await page.locator('.line.bot .bubble').click();
    await say('@督办 已整改');
    expect(house.dingtalk.lines()[2]).toMatchObject({ quote: '已记录【4.3.2】我的', text: '@督办 已整改' });
    await page.locator('.line.own blockquote', { hasText: '已记录【4.3.2】我的' }).waitFor();
    await page.getByRole('button', { name: '重发' }).first().click();
    await page.getByText('重发后的答复').waitFor();
    expect(house.dingtalk.lines().at(-1)).toMatchObject({
      answers: house.dingtalk.lines()[0]?.id,
      again: true,
    });
    await page.close();
  });

  test('words stay words, and mentions, codes and lights are told apart', async () => {
    const { page, say } = await openSandboxPage(browser, house.base);
    await say('@督办 <img src=x onerror=alert(1)>**粗** [链接](http://evil.example)');
    expect(await page.locator('.bubble img, .bubble b').count()).toBe(0);
    await page.request.post(`${house.base}/sandbox/clock`, { data: { to: { minutes: 1 } } });
    await page.getByRole('button', { name: '领导小组群' }).click();
    expect(await page.locator('.line.bot .row').allInnerTexts()).toHaveLength(3);
    expect(await page.locator('.light.red').innerText()).toBe('【红·逾期8个工作日】');
    expect(await page.locator('.code').innerText()).toBe('【5.1.1】');
    expect(await page.locator('.line.bot .mention').innerText()).toBe('@党组书记');
    await page.close();
  });

  test('lines break where the platform’s own client would break them', async () => {
    house.answer = () => '甲\n乙  \n丙';
    const { page, open, say } = await openSandboxPage(browser, house.base);
    expect(await say('@督办 我的')).toBe('甲 乙\n丙');
    expect(await page.locator('.line.own .mention').innerText()).toBe('@督办');
    await open('领导小组群');
    expect(await say('@督办 我的')).toBe('甲\n乙\n丙');
    await page.close();
  });

  test('the clock’s buttons move it, and say where something has come', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    await page.getByText('2026年4月10日星期五 15:00').waitFor();
    await page.getByRole('button', { name: '下一个工作日早上' }).click();
    await page.getByText('2026年4月13日星期一 08:42').waitFor();
    await page.getByText('收到1条推送:领导小组群').waitFor();
    await page.getByRole('button', { name: '领导小组群 ,有新消息' }).waitFor();
    await page.getByRole('button', { name: '到指定时间' }).click();
    await page.getByLabel('日期和时间').fill('2026-05-01T09:00');
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText('2026年5月1日星期五 09:00').waitFor();
    await page.close();
  });

  test('a fault can be set and lifted, and the button says that one stands', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    await page.getByRole('button', { name: '故障演练' }).click();
    const wecom = page.locator('form.fault', { hasText: '企业微信' });
    await wecom.getByLabel('故障').selectOption('refuse');
    await wecom.getByRole('button', { name: '开始' }).click();
    await wecom.getByText('正在演练:连接不上').waitFor();
    await wecom.getByRole('button', { name: '恢复正常' }).click();
    await wecom.getByText('正常', { exact: true }).waitFor();
    await page.getByRole('button', { name: '关闭' }).click();
    expect(house.wecom.fault()).toBeNull();
    await page.close();
  });

  test('after a broken connection the page shows what it missed', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    await page.context().setOffline(true);
    house.drop();
    await page.getByText('正在重新连接').waitFor();
    await house.dingtalk.say({ chat: { group: 'cidAnquan==' }, user: 'dt-anquan', text: '@督办 断网时' });
    await page.context().setOffline(false);
    await page.locator('.line.bot', { hasText: '断网时' }).waitFor();
    expect(await page.getByText('正在重新连接').isVisible()).toBe(false);
    await page.close();
  });
});
