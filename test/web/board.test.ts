import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../src/cli/shell.ts';
import { readConfig } from '../../src/config.ts';
import { keep } from '../../src/ledger/papers.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import type { Level } from '../../src/ledger/terms.ts';
import { createLinks } from '../../src/web/links.ts';
import type { LivingHouse } from '../setup/house.ts';
import { type May, openMay, PUBLIC } from './may.ts';

let may: May;
let living: LivingHouse;
beforeAll(async () => {
  may = await openMay();
  living = may.living;
}, 90_000);
afterAll(() => living.close());

async function get(url: string) {
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('a page of the board', () => {
  test('is answered by 总览 and 查 with a link that opens it, for whoever reads the answer', async () => {
    const { say } = living;
    const overview = await say('leaders', 'ldr_shuji', '总览');
    const link = /https:\/\/duban\.example\/\S+/.exec(overview ?? '')?.[0] ?? '';
    const page = await get(may.here(link));
    expect(page.status).toBe(200);
    expect(page.text).toContain('本页供领导小组群成员查看');
    const shown = await say('wecom', 'ldr_shuji', '查 3.3.2');
    const own = await get(may.here(/https:\/\/duban\.example\/\S+/.exec(shown ?? '')?.[0] ?? ''));
    expect(own.status).toBe(200);
    expect(own.text).toContain('【3.3.2】');
    expect(await say('office', 'off_zhuren', '查 3.3.2')).not.toContain('duban.example');
  });

  test('says who it is for, until when, and when its figures were true', async () => {
    const { text } = await get(may.linkTo('board', may.person('党组书记')));
    expect(text).toContain('本页供党组书记本人查看');
    expect(text).toContain('链接5月23日 15:20前有效');
    expect(text).toMatch(/数据截至<time[^>]*>5月20日 15:20</);
  });

  test('counts all 42 for everybody, and tells no group of what is restricted', async () => {
    for (const [whom, sees] of [
      [may.group('leaders'), false],
      [may.group('office'), false],
      [may.group('system'), false],
      [may.person('安全管理科科长'), false],
      [may.person('党组书记'), true],
      [may.person('机关纪委书记'), true],
    ] as const) {
      const pages = [
        'board',
        'board/wall',
        'board/category/3',
        'board/section/jiwei',
        'board/standing/progress',
      ];
      const texts = await Promise.all(pages.map(async (page) => (await get(may.linkTo(page, whom))).text));
      expect(texts[0]).toContain('<b>1</b><span class="of">/42</span>');
      expect(texts.join('').includes('举报办理')).toBe(sees);
      expect((await get(may.linkTo('board/task/3.3.2', whom))).status).toBe(sees ? 200 : 404);
    }
  });

  test('what a list leaves out is counted, and nobody is sent to himself for it', async () => {
    const category = async (whom: Parameters<typeof may.linkTo>[1]) =>
      (await get(may.linkTo('board/category/2', whom))).text;
    expect(await category(may.person('整改办主任'))).toContain('另有1项属本人事项,只计数。');
    expect(await category(may.group('leaders'))).toMatch(/另有\d项由责任科室或整改办办理,不在这里列出。/);
  });

  test('a task that is not the reader’s is the same as one that does not exist', async () => {
    const hidden = await get(may.linkTo('board/task/3.3.2', may.group('leaders')));
    const absent = await get(may.linkTo('board/task/9.9.9', may.group('leaders')));
    expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
    expect(hidden.headers.get('content-length')).toBe(absent.headers.get('content-length'));
  });

  test('a section is counted by what its reader may see in the list', async () => {
    for (const whom of [may.group('leaders'), may.person('党组书记')]) {
      const overview = (await get(may.linkTo('board', whom))).text;
      const told = /class="name">机关纪委<\/span>\s*<span class="facts">(\d+)项/.exec(overview)?.[1];
      const list = (await get(may.linkTo('board/section/jiwei', whom))).text;
      expect(/class="summary"><b>(\d+)<\/b>项/.exec(list)?.[1]).toBe(told);
      expect(list.match(/board\/task\//g)).toHaveLength(Number(told));
      expect(overview).not.toContain('查看</span>');
    }
  });

  test('a listed task shows its listing and no green light, a closed one neither', async () => {
    const marks = async (code: string) =>
      (await get(may.linkTo(`board/task/${code}`, may.person('党组书记')))).text
        .split('class="marks">')[1]
        ?.split('</p>')[0]
        ?.replace(/<[^>]*>/g, ' ');
    expect(await marks('4.2.3')).toMatch(/^\s*挂牌督办\s+推进中\s*$/);
    expect(await marks('1.1.2')).toMatch(/^\s*已销号\s*$/);
    const closed = await get(may.linkTo('board/task/1.1.2', may.person('党组书记')));
    expect(closed.text).not.toContain('<dt>挂牌督办</dt>');
  });

  test('the reason of a listing is for persons, never for a group', async () => {
    const page = 'board/task/5.1.1';
    const inGroup = (await get(may.linkTo(page, may.group('office')))).text;
    expect(inGroup).toContain('批准挂牌');
    expect(inGroup).not.toContain('缘由');
    expect((await get(may.linkTo(page, may.person('党组书记')))).text).toContain('缘由');
  });

  test('words that were said together with a restricted matter do not stand with an open one', async () => {
    const { text } = await get(may.linkTo('board/task/2.3.2', may.group('leaders')));
    expect(text).toContain('进展说明');
    expect(text).not.toMatch(/受理|3\.3\.2/);
    expect(await living.say('leaders', 'ldr_shuji', '记录 2.3.2')).not.toMatch(/受理|3\.3\.2/);
  });

  test('shows the history with its numbers and words, and words stay words', async () => {
    const { text } = await get(may.linkTo('board/task/4.3.2', may.group('leaders')));
    expect(text).toContain('演练+1');
    expect(text).not.toContain('@督办');
    expect(text).toContain('#1');
    expect(text).toContain('佐证:演练简报(4月9日,存科内卷5)');
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain('&#60;script&#62;');
  });

  test('comes with headers that let nothing else in and nobody keep it', async () => {
    const { headers } = await get(may.linkTo('board', may.person('党组书记')));
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
    const answer = await fetch(may.linkTo(`board/paper/${await kept('system')}`, may.group('system')));
    expect(answer.status).toBe(200);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('一季度通报');
    expect(answer.headers.get('content-type')).toContain('application/octet-stream');
    expect(await answer.text()).toBe('PK paper');
  });

  test('with something restricted in it is there for nobody by a link, whatever was signed', async () => {
    const paper = await kept('office');
    for (const whom of [may.group('office'), may.person('党组书记'), may.person('整改办主任')]) {
      expect((await fetch(may.linkTo(`board/paper/${paper}`, whom))).status).toBe(404);
    }
    expect((await fetch(may.linkTo('board/paper/1e3', may.group('office')))).status).toBe(404);
  });
});

/** The status that a call gets which gives such a host. */
const statusAs = (host: string, url: string) =>
  new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

test('a host that is none keeps no page from being judged by its link', async () => {
  const good = may.linkTo('board', may.group('leaders'));
  for (const host of ['a b', '', '[', 'duban.example:99999']) {
    expect(await statusAs(host, good)).toBe(200);
    expect(await statusAs(host, `${living.house.address}/board`)).toBe(403);
  }
});

describe('a link that is not good', () => {
  test('gets one and the same page, whatever was wrong with it', async () => {
    const good = may.linkTo('board/task/4.3.2', may.group('leaders'));
    const bad = [
      good.replace('4.3.2', '4.3.1'),
      good.replace(/for=g\d+/, `for=p${may.person('党组书记').personId}`),
      good.replace(/sign=.{6}/, 'sign=AAAAAA'),
      good.replace(/&sign=.*/, ''),
      may.here(may.links.to('board/task/4.3.2', may.group('leaders'), new Date(0))),
      may.here(may.links.to('board/task/4.3.2', { personId: 999_999 }, living.clock.now())),
      may.here(
        createLinks('another key of tests', PUBLIC).to('board', may.group('leaders'), living.clock.now()),
      ),
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
    const good = may.linkTo('board', may.group('leaders'));
    expect((await fetch(good, { method: 'POST' })).status).toBe(405);
    expect((await fetch(good, { method: 'HEAD' })).status).toBe(200);
    expect([(await get(good)).status, (await get(good)).status]).toEqual([200, 200]);
  });
});

describe('a link to the board', () => {
  test('is linked from the weekly digest, and for a wall by the command line', async () => {
    const { store, clock, house } = living;
    await living.at('2026-05-25', '08:42');
    const digest = living.pushes().findLast(({ chat }) => chat === 'leaders');
    const link = /看板 (https:\/\/duban\.example\S+)/.exec(digest?.text ?? '')?.[1] ?? '';
    expect((await get(may.here(link))).text).toContain('本页供领导小组群成员查看');
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
