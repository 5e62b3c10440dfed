import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../src/cli/shell.ts';
import { verify } from '../src/ledger/entries/audit.ts';
import { entries, evidence, files, people } from '../src/ledger/schema.ts';
import type { SentMedia } from '../src/platforms/sandbox/double.ts';
import { createLinks } from '../src/web/links.ts';
import { type LivingHouse, openLivingHouse } from './setup/house.ts';
import { doors, stores } from './setup/stores.ts';
import { deskAt } from './workbook/desk.ts';

const PUBLIC = 'https://duban.example';
const links = createLinks('a key that only tests use', PUBLIC);
const picture = (mark: string): SentMedia => ({
  kind: 'picture',
  name: '现场.png',
  bytes: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(mark)]),
});
const paper: SentMedia = { kind: 'file', name: '演练简报.pdf', bytes: Buffer.from('%PDF-1.7 演练') };
const hashOf = ({ bytes }: SentMedia) => createHash('sha256').update(bytes).digest('hex');

describe.each(doors)('evidence files (by $door, $kind)', ({ door, open }) => {
  let living: LivingHouse;
  let folder: string;
  /** The last file and entry before a test. */
  let since = { file: 0, entry: 0, piece: 0 };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'duban-files-'));
    const settings = { DATA_DIR: folder, PUBLIC_URL: PUBLIC };
    living = await openLivingHouse(await open(), '2026-04-09', '10:00', { door, settings });
  });
  afterAll(async () => {
    await living.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    const { db } = living.store;
    since = {
      file: (await db.$count(files)) ?? 0,
      entry: (await db.$count(entries)) ?? 0,
      piece: (await db.$count(evidence)) ?? 0,
    };
  });

  /** What the test has brought. */
  const rows = async () => (await living.store.db.select().from(files).orderBy(files.id)).slice(since.file);
  const written = async () =>
    (await living.store.db.select().from(entries).orderBy(entries.id)).slice(since.entry);
  const pieces = async () =>
    (await living.store.db.select().from(evidence).orderBy(evidence.id)).slice(since.piece);
  const stored = () => readdirSync(join(folder, 'files')).sort();
  const board = async (page: string, name: string) => {
    const [person] = (await living.store.db.select().from(people)).filter((each) => each.name === name);
    const link = links.to(page, { personId: person?.id ?? 0 }, living.clock.now()) ?? '';
    return fetch(link.replace(PUBLIC, living.house.address));
  };

  test.each([
    ['WeCom, to the bot', 'wecom', 'sec_anquan'],
    ['WeCom, in a group', 'leaders', 'sec_anquan'],
    ['DingTalk, to the bot', 'dingtalk', 'dt-anquan'],
    ['DingTalk, in a group', 'anquan', 'dt-anquan'],
  ] as const)('a picture sent with a figure on %s becomes its evidence', async (_what, chat, user) => {
    const { say, house, store } = living;
    const mine = picture(`a figure on ${chat}`);
    const answer = await say(chat, user, '4.3.2 演练+1', { files: [mine] });
    expect(answer).toMatch(/演练:\d次→\d次/);
    expect(answer).toContain('【4.3.2】附图片1张,作为演练佐证');
    await house.collector.look();
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'stored', hash: hashOf(mine), type: 'image/png', sealedSource: null });
    expect(stored()).toContain(hashOf(mine));
    expect(await pieces()).toMatchObject([{ kind: '影像', fileHash: hashOf(mine) }]);
    const acts = (await written()).map(({ act, detail }) => ({ act, indicator: detail.indicator }));
    expect(acts).toEqual([
      { act: 'progress', indicator: '4.3.2/2' },
      { act: 'evidence', indicator: '4.3.2/2' },
      { act: 'file', indicator: '4.3.2/2' },
    ]);
    expect(await verify(store.db)).toMatchObject({ sound: true });
    expect(await say('wecom', 'sec_anquan', '记录 4.3.2')).toContain('佐证文件存档');
  });

  test('a file quoted by the words of a piece of evidence stands behind it, under its own name', async () => {
    const { say, house } = living;
    const quoted = { ...paper, quoted: true };
    const answer = await say('dingtalk', 'dt-anquan', '佐证 4.3.2 演练 演练简报 4月9日 存科内卷5', {
      files: [quoted],
    });
    expect(answer).toContain('演练佐证:演练简报(4月9日,存科内卷5)');
    expect(answer).toContain('附文件1个');
    await house.collector.look();
    expect(await rows()).toMatchObject([{ state: 'stored', name: '演练简报.pdf', type: 'application/pdf' }]);
    expect(await say('wecom', 'sec_anquan', '查 4.3.2')).toMatch(/附件:.*演练简报．pdf/);
  });

  test('a file that was lost from the folder, or is another than was sent, is found by npm run verify', async () => {
    const mine = picture('a file to be lost');
    await living.say('wecom', 'sec_anquan', '4.3.2 督查+1', { files: [mine] });
    await living.house.collector.look();
    const desk = deskAt(living.store, { DATA_DIR: folder });
    const verified = async () => {
      let out = '';
      const code = await runCommand(desk, 'verify', [], '', (text) => {
        out += text;
      });
      return { code, ...JSON.parse(out) };
    };
    expect(await verified()).toMatchObject({ code: 0 });
    const path = join(folder, 'files', hashOf(mine));
    rmSync(path);
    expect(await verified()).toMatchObject({ code: 1, task: '4.3.2', why: '佐证文件不在 files 目录里' });
    writeFileSync(path, 'other bytes');
    expect(await verified()).toMatchObject({ code: 1, task: '4.3.2', why: '佐证文件与登记的校验值不符' });
    writeFileSync(path, mine.bytes);
    expect(await verified()).toMatchObject({ code: 0 });
  });

  test('a bare picture waits for the words that come after it', async () => {
    const { say, house } = living;
    expect(await say('wecom', 'sec_anquan', '', { files: [picture('b')] })).toContain('尚未归入任务');
    await house.collector.look();
    expect(await written()).toEqual([]);
    expect(await say('wecom', 'sec_anquan', '总览')).toContain('42项');
    expect(await say('wecom', 'sec_anquan', '佐证 4.3.2 督查 督查现场')).toContain('附图片1张');
    expect(await rows()).toMatchObject([{ state: 'stored', taskId: expect.any(Number) }]);
    expect(await pieces()).toMatchObject([{ fileHash: hashOf(picture('b')) }]);
  });

  test('a bare picture that quotes one of the bot’s lines goes to its task, and to an indicator by the next word', async () => {
    const { say, house } = living;
    const quote = '【黄·滞后】【4.3.2】预案演练与校园安全整治:演练0次';
    // A platform hands over one quote: here the words, there the picture.
    const answer = await say('dingtalk', 'dt-anquan', '', { quote, files: [picture('c')] });
    expect(answer).toContain('【4.3.2】附图片1张。如作佐证,请回复「佐证 4.3.2 指标 名称 日期」');
    await house.collector.look();
    expect(await say('dingtalk', 'dt-anquan', '佐证 4.3.2 演练 演练现场 4月9日')).toContain('附图片1张');
    expect(await rows()).toMatchObject([{ evidenceId: expect.any(Number) }]);
  });

  test('with several things recorded nothing is guessed', async () => {
    const { say } = living;
    const answer = await say('wecom', 'sec_dangwei', '1.1.1 研讨+1;5.1.1 责任书17/20', {
      files: [picture('d')],
    });
    expect(answer).toContain('图片1张未归入:本条有几项登记');
    expect(await rows()).toMatchObject([{ taskId: null }]);
  });

  test('a retry of the message brings no second file, and undoing takes the file from its task', async () => {
    const { say, wecom, house } = living;
    await say('wecom', 'sec_caiwu', '6.3.2 检查+1', { files: [picture('e')], id: 'once' });
    await wecom.again('once');
    await house.collector.look();
    expect(await rows()).toHaveLength(1);
    expect(await say('wecom', 'sec_caiwu', '查 6.3.2')).toContain('附件');
    expect(await say('wecom', 'sec_caiwu', '撤回')).toContain('已撤回【6.3.2】');
    expect(await rows()).toMatchObject([{ taskId: null, evidenceId: null }]);
    expect(await say('wecom', 'sec_caiwu', '查 6.3.2')).not.toContain('附件');
  });

  test('the same file again is recognised', async () => {
    const { say, house, at, pushes } = living;
    await say('wecom', 'sec_anquan', '4.3.2 演练+1', { files: [picture('f')] });
    await house.collector.look();
    await say('dingtalk', 'dt-dangwei', '', { files: [picture('f')] });
    await house.collector.look();
    expect(await say('dingtalk', 'dt-dangwei', '1.1.1 研讨+1')).toContain('(登记过:【4.3.2】4月9日)');
    await say('wecom', 'sec_anquan', '4.3.2 督查+1', { files: [picture('f')] });
    await house.collector.look();
    expect(stored().filter((name) => name === hashOf(picture('f')))).toHaveLength(1);
    await at('2026-04-09', '10:20');
    expect(
      pushes()
        .map(({ text }) => text)
        .join(),
    ).toContain('登记过:【4.3.2】4月9日');
  });

  test('a file that is over is asked for once more, politely, one to one and by day', async () => {
    const { say, house, at, clock, pushes, wecom } = living;
    await wecom.fail('status 500', { path: '/media/file' });
    await say('wecom', 'sec_anquan', '4.3.2 演练+1', { files: [picture('g')] });
    await house.collector.look();
    expect(await rows()).toMatchObject([{ state: 'wanted', attempts: 1 }]);
    await wecom.heal();
    clock.move(6 * 60_000);
    await house.collector.look();
    expect(await rows()).toMatchObject([{ state: 'over', sealedSource: null }]);
    pushes();
    await at('2026-04-09', '11:20');
    await at('2026-04-09', '11:30');
    const told = pushes().filter(({ text }) => text.includes('没有取到'));
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain('如需存档,请再发一次');
    expect((await written()).map(({ act }) => act)).toEqual(['progress', 'evidence']);
  });

  test('a file of a sealed entry loses its bytes, and its hash and the history stay', async () => {
    const { say, house, store } = living;
    const [mine, same] = [picture('s'), picture('t')];
    await say('wecom', 'sec_anquan', '4.3.2 演练+1', { files: [mine, same] });
    await say('wecom', 'sec_anquan', '4.3.1 4月排查1次', { files: [same] });
    await house.collector.look();
    const [first, ...others] = await rows();
    const [entry] = (await written()).filter(({ act }) => act === 'evidence');
    const answer = await say('wecom', 'off_zhuren', `封存 4.3.2 ${entry?.seq} 涉及个人信息`);
    expect(answer).toContain('附件2个已封存');
    expect(answer).toContain('相同内容的附件另存于【4.3.1】,如需移除请分别封存。');
    await house.collector.look();
    expect(stored()).not.toContain(hashOf(mine));
    expect(stored()).toContain(hashOf(same));
    expect((await rows()).map(({ state, hash }) => ({ state, hash }))).toEqual([
      { state: 'gone', hash: hashOf(mine) },
      { state: 'gone', hash: hashOf(same) },
      { state: 'stored', hash: hashOf(same) },
    ]);
    expect(others).toHaveLength(2);
    expect((await board(`board/task/4.3.2/file/${first?.id}`, '安全管理科科长')).status).toBe(403);
    expect(await verify(store.db)).toMatchObject({ sound: true });
    expect(await say('wecom', 'off_zhuren', `封存 4.3.2 ${entry?.seq} 涉及个人信息`)).toContain('不需封存');
    const [archived] = (await written()).filter(({ act, chain }) => act === 'file' && chain === '4.3.1');
    await say('wecom', 'off_zhuren', `封存 4.3.1 ${archived?.seq} 涉及个人信息`);
    await house.collector.look();
    expect(stored()).not.toContain(hashOf(same));
  });

  test('opens from the board for one person who may see the task, and for no group', async () => {
    const { say, house } = living;
    await say('wecom', 'sec_anquan', '4.3.2 演练+1', { files: [picture('h')] });
    await house.collector.look();
    const [row] = await rows();
    const page = await (await board('board/task/4.3.2', '安全管理科科长')).text();
    expect(page).toContain(`/board/task/4.3.2/file/${row?.id}?`);
    const file = await board(`board/task/4.3.2/file/${row?.id}`, '安全管理科科长');
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(picture('h').bytes);
    const group = links.to(`board/task/4.3.2/file/${row?.id}`, { groupId: 1 }, living.clock.now()) ?? '';
    expect((await fetch(group.replace(PUBLIC, house.address))).status).toBe(403);
    const wrong = await board(`board/task/4.3.1/file/${row?.id}`, '安全管理科科长');
    expect(wrong.status).toBe(403);
  });
});

describe('a platform that gives a file out badly', () => {
  let living: LivingHouse;
  let folder: string;
  beforeAll(async () => {
    const [postgres] = stores;
    if (!postgres) throw new Error('no store');
    folder = mkdtempSync(join(tmpdir(), 'duban-files-'));
    living = await openLivingHouse(await postgres.open(), '2026-04-09', '10:00', {
      settings: { DATA_DIR: folder },
    });
  });
  afterAll(async () => {
    await living.close();
    rmSync(folder, { recursive: true });
  });

  const last = async () => (await living.store.db.select().from(files).orderBy(files.id)).at(-1);
  const send = async (chat: 'wecom' | 'dingtalk', media = picture('z')) => {
    await living.say(chat, chat === 'wecom' ? 'sec_anquan' : 'dt-anquan', '', { files: [media] });
    await living.house.collector.look();
    return last();
  };

  test.each([
    ['wecom', 'redirect', '/media/file', 'over', /^http 302/],
    ['wecom', 'status 500', '/media/file', 'wanted', /^http 500/],
    ['wecom', 'status 429', '/media/file', 'wanted', /^http 429/],
    ['wecom', 'reset before', '/media/file', 'wanted', /^ECONNRESET/],
    ['wecom', 'html', '/media/file', 'over', /^does not decrypt/],
    ['dingtalk', 'errcode', '/v1.0/robot/messageFiles/download', 'over', /^invalidParameter/],
    ['dingtalk', 'status 500', '/v1.0/robot/messageFiles/download', 'wanted', /^http 500/],
    ['dingtalk', 'redirect', '/files/sent', 'over', /^http 302/],
  ] as const)(
    '%s: %s is taken as it is, and the next file is fetched',
    async (chat, fault, path, state, why) => {
      const code = fault === 'errcode' ? { code: 'invalidParameter.robotCode.downloadCode' } : {};
      await living[chat].fail(fault, { path, times: 1, ...code });
      const row = await send(chat);
      expect(row).toMatchObject({ state, hash: null, why: expect.stringMatching(why) });
      expect(row?.why).not.toMatch(/id=|\?/);
      await living[chat].heal();
      expect(await send(chat)).toMatchObject({ state: 'stored' });
    },
  );

  test('a file that is too large is not taken, and its sender is not asked for it again', async () => {
    const large = { ...picture(''), bytes: Buffer.alloc(20 * 1024 * 1024 + 33) };
    expect(await send('dingtalk', large)).toMatchObject({
      state: 'over',
      why: expect.stringMatching(/^too large/),
    });
    expect(await living.say('dingtalk', 'dt-anquan', '佐证 4.3.2 演练 演练录像 4月9日')).toContain(
      '有1个附件超过20MB,没有存档,请压缩后再发,或写明存放处。',
    );
    await living.at('2026-04-09', '10:20');
    const told = living
      .pushes()
      .map(({ text }) => text)
      .join();
    expect(told.match(/发来的图片超过20MB,没有存档。请压缩后再发/g)).toHaveLength(1);
  });
});
