import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats, type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';
import { rowsOf, write } from './letters.ts';

/** On 31 March 5.1.1 (机关党委) is due. */
describe('people’s words', () => {
  let living: LivingHouse;
  beforeEach(async () => {
    living = await openLivingHouse(await openPostgres(), '2026-04-01', '08:42');
  });
  afterEach(() => living.close());

  test('that never appear in a group leave for none but the office’s, whatever put them into the outbox', async () => {
    const words =
      '举报 问责 查处 处分 谈话 提拔 倒查 个人有关事项 家属 党性分析 无权 错误 失败 非法 责令 立即 敷衍 虚假 倒数 垫底 点名 未读 拒不';
    living.pushes();
    for (const word of words.split(' ')) {
      for (const group of ['leaders', 'system', 'anquan', 'dangwei', 'office']) {
        await write(living, { group }, `甲${group}${word}乙`);
      }
    }
    await living.house.beat.look();
    for (let minute = 1; minute <= 8; minute += 1) {
      living.clock.move(61_000);
      await living.house.beat.look();
    }
    const said = living.pushes().filter(({ text }) => /甲\w+/.test(text));
    expect([...new Set(said.map(({ chat }) => chat))]).toEqual(['office']);
    const rows = await rowsOf(living);
    const dead = rows.filter(({ state }) => state === 'dead');
    expect(dead).toHaveLength(4 * words.split(' ').length);
    expect(new Set(dead.map(({ why }) => why))).toEqual(new Set(['含不宜在群内出现的内容']));
  });

  const tail = fc.oneof(
    fc
      .array(
        fc.constantFrom(
          ...[
            '<@zhangsan>',
            '@all',
            '@所有人',
            '[点](http://evil.cn)',
            '`',
            '**',
            '# ',
            '\n',
            '「',
            '」',
            '【3.2.1】',
          ],
          ...[
            '张三(办公室):「',
            '\u202e',
            '\u200b',
            '😀',
            '> ',
            'www.evil.cn',
            '</xml>',
            ']]>',
            '&lt;',
            '学习',
            '正在',
          ],
        ),
        { minLength: 1, maxLength: 10 },
      )
      .map((all) => all.join('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  );

  /** What is no frame of ours in an answer or a push: the words are cut out of their frames. */
  const skeleton = (text: string) => text.replace(/「[^「」\n]*」/g, '「」').replace(/ +$/gm, '');
  const harmless = (text: string) => {
    expect(text).not.toMatch(/<@|\[点|:\/\/|www\.evil|@(?:all|所有人)/);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
  };

  test('stay in their frames in every answer and every push on both platforms', {
    timeout: 240_000,
  }, async () => {
    const { say, at, pushes } = living;
    await at('2026-04-02', '08:43');
    const history =
      /^【5\.1\.1】管党治党清单与责任书 最近记录(\n[#＃]\d+ 4月\d+日 \d\d:\d\d [^「」]+(「」)?)+(\n后面还有,回复「」。)?$/u;
    const notes = fc.sample(tail, { numRuns: 120, seed: 20260401 });
    for (const [index, note] of notes.entries()) {
      const [chat, user] =
        index % 2 === 0 ? (['dangwei', 'sec_dangwei'] as const) : (['dingtalk', 'dt-dangwei'] as const);
      harmless((await say(chat, user, `5.1.1 正在签订 ${note}`)) ?? '');
      if (index % 6 !== 5) continue;
      for (const [place, reader] of [
        ['leaders', 'ldr_anquan'],
        ['system', 'dt-anquan'],
        ['wecom', 'sec_dangwei'],
      ] as const) {
        const text = (await say(place, reader, '记录 5.1.1')) ?? '';
        harmless(text);
        expect(skeleton(text)).toMatch(history);
      }
    }
    pushes();
    for (const day of ['2026-04-03', '2026-04-07', '2026-04-13', '2026-04-20']) {
      await say('dangwei', 'sec_dangwei', `5.1.1 正在签订 ${notes[Number(day.slice(-2))] ?? ''}`);
      await at(day, '08:43');
    }
    const told = pushes();
    expect(told.some(({ chat, text }) => chat in chats && text.includes('反馈:「'))).toBe(true);
    for (const { text } of told) {
      harmless(text.replaceAll(/<@[a-z_]+>/g, ''));
      for (const line of skeleton(text).split('\n'))
        expect(line.replaceAll('「」', '')).not.toMatch(/[「」]/);
    }
  });
});
