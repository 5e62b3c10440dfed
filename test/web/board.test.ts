import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../src/cli/shell.ts';
import { readConfig } from '../../src/config.ts';
import { keep } from '../../src/ledger/papers.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { groups, people } from '../../src/ledger/schema.ts';
import type { Level } from '../../src/ledger/terms.ts';
import { createLinks } from '../../src/web/links.ts';
import { launchBrowser } from '../setup/browser.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const PUBLIC = 'https://duban.example';
const links = createLinks('a key that only tests use', PUBLIC);

let browser: Browser;
let living: LivingHouse;
let persons: Map<string, number>;
let chats: Map<string, number>;

/** A house in May: a listing, a closed task, a request, figures and words, some of them not for everybody. */
beforeAll(async () => {
  const [postgres] = stores;
  if (!postgres) throw new Error('no store');
  browser = await launchBrowser();
  const settings = { PUBLIC_URL: PUBLIC };
  living = await openLivingHouse(await postgres.open(), '2026-03-02', '10:00', { settings });
  const { say, at, store } = living;
  await say('wecom', 'sec_anquan', '4.3.2 演练+1 <script>alert(1)</script><img src=x>');
  await say('wecom', 'sec_jiwei', '4.3.2 大家好\n3.3.2 受理+2');
  await say('wecom', 'sec_jiwei', '2.3.2 措施按期落实;3.3.2 受理+3');
  await say('wecom', 'sec_dangwei', '5.1.1 责任书17/20');
  await at('2026-04-20', '10:00');
  await say('wecom', 'sec_anquan', '佐证 4.3.2 演练 演练简报 4月9日 存科内卷5');
  await say('wecom', 'off_zhuren', '挂牌 5.1.1 责任书拖延的缘由 至5月29日');
  await say('wecom', 'ldr_shuji', '同意挂牌 5.1.1');
  for (const code of ['4.2.3', '1.1.2']) {
    await say('wecom', 'off_zhuren', `挂牌 ${code} 进展偏慢 至6月30日`);
    await say('wecom', 'ldr_shuji', `同意挂牌 ${code}`);
  }
  await say('wecom', 'sec_dangwei', '1.1.2 考核办法已印发 佐证:考核办法(4月18日,存党委卷4)');
  await say('wecom', 'sec_dangwei', '申请销号 1.1.2');
  await say('wecom', 'ldr_dangjian', '同意销号 1.1.2');
  await say('wecom', 'off_zhuren', '同意销号 1.1.2');
  await say('wecom', 'ldr_shuji', '批准销号 1.1.2');
  await at('2026-05-20', '15:20');
  persons = new Map((await store.db.select().from(people)).map(({ name, id }) => [name, id]));
  chats = new Map((await store.db.select().from(groups)).map(({ code, id }) => [code, id]));
}, 90_000);
afterAll(async () => {
  await browser.close();
  await living.close();
});

const person = (name: string) => ({ personId: persons.get(name) ?? 0 });
const group = (code: string) => ({ groupId: chats.get(code) ?? 0 });
/** The link as it would be opened here. */
const here = (link: string | null) => (link ?? '').replace(PUBLIC, living.house.address);
const linkTo = (page: string, whom: { personId: number } | { groupId: number }) =>
  here(links.to(page, whom, living.clock.now()));

async function get(url: string) {
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('a page of the board', () => {
  test('is answered by 总览 and 查 with a link that opens it, for whoever reads the answer', async () => {
    const { say } = living;
    const overview = await say('leaders', 'ldr_shuji', '总览');
    const link = /https:\/\/duban\.example\/\S+/.exec(overview ?? '')?.[0] ?? '';
    const page = await get(here(link));
    expect(page.status).toBe(200);
    expect(page.text).toContain('本页供领导小组群成员查看');
    const shown = await say('wecom', 'ldr_shuji', '查 3.3.2');
    const own = await get(here(/https:\/\/duban\.example\/\S+/.exec(shown ?? '')?.[0] ?? ''));
    expect(own.status).toBe(200);
    expect(own.text).toContain('【3.3.2】');
    expect(await say('office', 'off_zhuren', '查 3.3.2')).not.toContain('duban.example');
  });

  test('says who it is for, until when, and when its figures were true', async () => {
    const { text } = await get(linkTo('board', person('党组书记')));
    expect(text).toContain('本页供党组书记本人查看');
    expect(text).toContain('链接5月23日 15:20前有效');
    expect(text).toMatch(/数据截至<time[^>]*>5月20日 15:20</);
  });

  test('counts all 42 for everybody, and tells no group of what is restricted', async () => {
    for (const [whom, sees] of [
      [group('leaders'), false],
      [group('office'), false],
      [group('system'), false],
      [person('安全管理科科长'), false],
      [person('党组书记'), true],
      [person('机关纪委书记'), true],
    ] as const) {
      const pages = [
        'board',
        'board/wall',
        'board/category/3',
        'board/section/jiwei',
        'board/standing/progress',
      ];
      const texts = await Promise.all(pages.map(async (page) => (await get(linkTo(page, whom))).text));
      expect(texts[0]).toContain('<b>1</b><span class="of">/42</span>');
      expect(texts.join('').includes('举报办理')).toBe(sees);
      expect((await get(linkTo('board/task/3.3.2', whom))).status).toBe(sees ? 200 : 404);
    }
  });

  test('a task that is not the reader’s is the same as one that does not exist', async () => {
    const hidden = await get(linkTo('board/task/3.3.2', group('leaders')));
    const absent = await get(linkTo('board/task/9.9.9', group('leaders')));
    expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
    expect(hidden.headers.get('content-length')).toBe(absent.headers.get('content-length'));
  });

  test('a section is counted by what its reader may see in the list', async () => {
    for (const whom of [group('leaders'), person('党组书记')]) {
      const overview = (await get(linkTo('board', whom))).text;
      const told = /class="name">机关纪委<\/span>\s*<span class="facts">(\d+)项/.exec(overview)?.[1];
      const list = (await get(linkTo('board/section/jiwei', whom))).text;
      expect(/class="summary"><b>(\d+)<\/b>项/.exec(list)?.[1]).toBe(told);
      expect(list.match(/board\/task\//g)).toHaveLength(Number(told));
      expect(overview).not.toContain('查看</span>');
    }
  });

  test('a listed task shows its listing and no green light, a closed one neither', async () => {
    const marks = async (code: string) =>
      (await get(linkTo(`board/task/${code}`, person('党组书记')))).text
        .split('class="marks">')[1]
        ?.split('</p>')[0]
        ?.replace(/<[^>]*>/g, ' ');
    expect(await marks('4.2.3')).toMatch(/^\s*挂牌督办\s+推进中\s*$/);
    expect(await marks('1.1.2')).toMatch(/^\s*已销号\s*$/);
    const closed = await get(linkTo('board/task/1.1.2', person('党组书记')));
    expect(closed.text).not.toContain('<dt>挂牌督办</dt>');
  });

  test('the reason of a listing is for persons, never for a group', async () => {
    const page = 'board/task/5.1.1';
    const inGroup = (await get(linkTo(page, group('office')))).text;
    expect(inGroup).toContain('批准挂牌');
    expect(inGroup).not.toContain('缘由');
    expect((await get(linkTo(page, person('党组书记')))).text).toContain('缘由');
  });

  test('words that were said together with a restricted matter do not stand with an open one', async () => {
    const { text } = await get(linkTo('board/task/2.3.2', group('leaders')));
    expect(text).toContain('进展说明');
    expect(text).not.toMatch(/受理|3\.3\.2/);
    expect(await living.say('leaders', 'ldr_shuji', '记录 2.3.2')).not.toMatch(/受理|3\.3\.2/);
  });

  test('shows the history with its numbers and words, and words stay words', async () => {
    const { text } = await get(linkTo('board/task/4.3.2', group('leaders')));
    expect(text).toContain('演练+1');
    expect(text).not.toContain('@督办');
    expect(text).toContain('#1');
    expect(text).toContain('佐证:演练简报(4月9日,存科内卷5)');
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain('&#60;script&#62;');
  });

  test('comes with headers that let nothing else in and nobody keep it', async () => {
    const { headers } = await get(linkTo('board', person('党组书记')));
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('script-src');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('set-cookie')).toBeNull();
  });
});

describe('a finished paper', () => {
  async function kept(level: Level) {
    const { db } = living.store;
    const [plan] = await plansOf(db);
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    return keep(db, {
      ...{ planId: plan?.id ?? 0, kind: 'bulletin', name: '一季度通报(代拟稿).docx', type, level },
      ...{ bytes: Buffer.from('PK paper'), madeAt: living.clock.now() },
    });
  }

  test('is saved under its name by whoever holds its link', async () => {
    const answer = await fetch(linkTo(`board/paper/${await kept('system')}`, group('system')));
    expect(answer.status).toBe(200);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('一季度通报');
    expect(answer.headers.get('content-type')).toContain('application/octet-stream');
    expect(await answer.text()).toBe('PK paper');
  });

  test('with something restricted in it is there for nobody by a link, whatever was signed', async () => {
    const paper = await kept('office');
    for (const whom of [group('office'), person('党组书记'), person('整改办主任')]) {
      expect((await fetch(linkTo(`board/paper/${paper}`, whom))).status).toBe(404);
    }
    expect((await fetch(linkTo('board/paper/1e3', group('office')))).status).toBe(404);
  });
});

describe('a link that is not good', () => {
  test('gets one and the same page, whatever was wrong with it', async () => {
    const good = linkTo('board/task/4.3.2', group('leaders'));
    const bad = [
      good.replace('4.3.2', '4.3.1'),
      good.replace(/for=g\d+/, `for=p${persons.get('党组书记')}`),
      good.replace(/sign=.{6}/, 'sign=AAAAAA'),
      good.replace(/&sign=.*/, ''),
      here(links.to('board/task/4.3.2', group('leaders'), new Date(0))),
      here(links.to('board/task/4.3.2', { personId: 999_999 }, living.clock.now())),
      here(createLinks('another key of tests', PUBLIC).to('board', group('leaders'), living.clock.now())),
      `${living.house.address}/board`,
      `${living.house.address}/board/no/such/page`,
      `${living.house.address}/board/%E0%A4%A`,
    ];
    const answers = await Promise.all(bad.map(get));
    expect(new Set(answers.slice(0, -1).map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(403);
    expect(answers[0]?.text).toContain('发「总览」');
    expect(answers.at(-1)?.status).toBe(404);
  });

  test('cannot be used to write, and a used one opens again until it ends', async () => {
    const good = linkTo('board', group('leaders'));
    expect((await fetch(good, { method: 'POST' })).status).toBe(405);
    expect((await fetch(good, { method: 'HEAD' })).status).toBe(200);
    expect([(await get(good)).status, (await get(good)).status]).toEqual([200, 200]);
  });
});

describe('in a browser without scripts', () => {
  const screens: [string, string, { width: number; height: number }][] = [
    ['a phone', 'board', { width: 360, height: 740 }],
    ['a tablet', 'board', { width: 768, height: 1024 }],
    ['a wall', 'board/wall', { width: 1920, height: 1080 }],
    ['a phone, with a task', 'board/task/4.3.2', { width: 360, height: 740 }],
  ];

  test.each(screens)('on %s it fits, and calls nobody else', async (_what, page, viewport) => {
    const { tab, complaints, hosts } = await open(page, viewport);
    expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect([...hosts]).toEqual([new URL(living.house.address).host]);
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
    await tab.goto(linkTo(page, person('党组书记')));
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

describe('a link to the board', () => {
  test('is linked from the weekly digest, and for a wall by the command line', async () => {
    const { store, clock, house } = living;
    await living.at('2026-05-25', '08:42');
    const digest = living.pushes().findLast(({ chat }) => chat === 'leaders');
    const link = /看板 (https:\/\/duban\.example\S+)/.exec(digest?.text ?? '')?.[1] ?? '';
    expect((await get(here(link))).text).toContain('本页供领导小组群成员查看');
    expect(digest?.text.split('\n').length).toBeLessThanOrEqual(8);
    let told = '';
    const config = readConfig({ SECRET_KEY: 'a key that only tests use', PUBLIC_URL: house.address });
    const desk = { store, clock, config };
    const code = await runCommand(desk, 'board', ['领导小组群', '90'], '', (text) => {
      told += text;
    });
    expect(code).toBe(0);
    const wall = /大屏 (\S+)/.exec(told)?.[1] ?? '';
    expect((await get(wall)).text).toContain('链接8月23日 08:42前有效');
  });
});
