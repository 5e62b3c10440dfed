import { eq, inArray } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { filled } from '../../src/commands/command/own.ts';
import { commands } from '../../src/commands/index.ts';
import { rosterChanged } from '../../src/ledger/people/roster.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { indicators, people, tasks } from '../../src/ledger/schema.ts';
import { type ChatName, type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

/** Words that stand in restricted matters only. Wherever else they turn up, something has been given away. */
const CANARY = /鸾[甲乙丙丁戊]\d/;

const wide: ChatName[] = ['leaders', 'system', 'anquan', 'dangwei'];
const speakers: Record<'wecom' | 'dingtalk', string[]> = {
  wecom: ['ldr_shuji', 'ldr_anquan', 'sec_anquan', 'sec_jiwei', 'off_zhuren', 'clk_anquan', 'adm_xinxi'],
  dingtalk: ['dt-shuji', 'dt-ldr-anquan', 'dt-anquan', 'dt-jiwei', 'dt-off-zhuren', 'dt-clk-anquan'],
};

const [postgres] = stores;

describe('what is restricted', () => {
  let living: LivingHouse;
  let codes: string[];
  let logged: string[];
  afterEach(async () => {
    await living.close();
    expect(logged.join('')).not.toMatch(CANARY);
  });

  /** Every restricted task and indicator holds canaries, and somebody who may has said some on each task. */
  const enter = async () => {
    if (!postgres) throw new Error('no store');
    const store = await postgres.open();
    logged = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    living = await openLivingHouse(store, '2026-03-23', '10:00', { log });
    await living.say('wecom', 'sec_anquan', '帮助');
    const { db } = store;
    const rows = await db
      .select()
      .from(tasks)
      .where(inArray(tasks.level, ['office', 'self']));
    codes = rows.map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(1);
    for (const { id } of rows) {
      await db
        .update(tasks)
        .set({ title: `鸾甲${id}`, standard: `鸾乙${id}`, deadline: '2026-03-24' })
        .where(eq(tasks.id, id));
    }
    const secret = await db
      .select()
      .from(indicators)
      .where(inArray(indicators.level, ['office', 'self']));
    for (const { id } of secret) {
      await db
        .update(indicators)
        .set({ label: `鸾丙${id}` })
        .where(eq(indicators.id, id));
    }
    const [plan] = await plansOf(db);
    await rosterChanged(db, plan?.id ?? 0);
    for (const { id, code, leaderId } of rows) {
      const [leader] = await db
        .select()
        .from(people)
        .where(eq(people.id, leaderId ?? 0));
      const user = leader?.roles.includes('secretary') ? 'ldr_shuji' : 'off_zhuren';
      await living.say('wecom', user, `${code} 正在研究鸾丁${id}`);
    }
  };

  /** What an example says, of a restricted task. */
  const about = (text: string, code: string): string =>
    filled(text, {
      ...{
        task: code,
        second: code,
        indicator: `${code}/1`,
        category: code.slice(0, 1),
        share: `${code} 17/20`,
      },
      ...{ count: '指标', unit: '次', section: '安全管理科', person: '安全管理科内勤', other: '财务科科长' },
      ...{ today: '2026-04-09', later: '6月30日' },
    }) ?? text;
  const texts = (code: string): string[] => [
    ...new Set(
      Object.values(commands)
        .flatMap(({ examples }) => examples)
        .map((text) => about(text, code)),
    ),
    ...['清单 红', '清单 黄', '清单 逾期', '清单 挂牌', '清单 机关纪委', `${code}怎么还没动`],
    ...[`查 ${code.slice(0, 3)}`, `${code.slice(0, 3)} 已完成`, `查 ${code}、4.3.2`, `${code} +1`],
  ];

  test('never shows in a wider group, whoever asks for it there and however', {
    timeout: 240_000,
  }, async () => {
    await enter();
    let asked = 0;
    for (const [nth, chat] of wide.entries()) {
      const platform = chat === 'system' || chat === 'anquan' ? 'dingtalk' : 'wecom';
      for (const [index, user] of speakers[platform].entries()) {
        const code = codes[(nth + index) % codes.length] ?? '';
        for (const text of texts(code)) {
          const answer = (await living.say(chat, user, text)) ?? '';
          asked += 1;
          expect(answer, `${chat} ${user}: ${text}`).not.toMatch(CANARY);
        }
      }
    }
    expect(asked).toBeGreaterThan(500);
  });

  test('never shows one to one to somebody who has no part in it', { timeout: 120_000 }, async () => {
    await enter();
    for (const code of codes) {
      for (const text of texts(code)) {
        const answer = (await living.say('dingtalk', 'dt-clk-anquan', text)) ?? '';
        expect(answer, `${code}: ${text}`).not.toMatch(CANARY);
      }
    }
  });

  test('is shown to those whose it is, so that the canaries are alive', async () => {
    await enter();
    const shown = await Promise.all(codes.map((code) => living.say('wecom', 'ldr_shuji', `查 ${code}`)));
    expect(shown.join('\n')).toMatch(/鸾甲\d/);
  });

  test('never shows in what a wider group is told unasked, over half a year', {
    timeout: 240_000,
  }, async () => {
    await enter();
    for (const day of ['2026-03-25', '2026-03-30', '2026-04-01', '2026-04-02', '2026-04-03', '2026-04-07']) {
      await living.at(day, '08:43');
      await living.at(day, '09:13');
      await living.at(day, '15:13');
      await living.at(day, '16:13');
    }
    for (const day of ['2026-04-13', '2026-04-24', '2026-05-29', '2026-06-22', '2026-06-26', '2026-07-01']) {
      await living.at(day, '08:43');
      await living.at(day, '15:13');
    }
    const posts = living.pushes();
    expect(posts.filter(({ chat }) => chat === 'leaders').length).toBeGreaterThan(2);
    for (const { chat, text } of posts) {
      if (wide.includes(chat as ChatName)) expect(text, chat).not.toMatch(CANARY);
    }
  });
});

describe('what lags by restricted figures alone', () => {
  test('leaves no trace in a light, a list, a count or a post of those who may not know it', {
    timeout: 240_000,
  }, async () => {
    const [lacking, made] = [await restrictedFigures(false), await restrictedFigures(true)];
    try {
      for (const [chat, user] of readers) {
        for (const text of questions) {
          const answers = await Promise.all([lacking, made].map((each) => each.say(chat, user, text)));
          expect(answers[0], `${chat} ${user}: ${text}`).toBe(answers[1]);
        }
      }
      const own = await Promise.all([lacking, made].map((each) => each.say('wecom', 'ldr_shuji', '总览')));
      expect(own[0]).toContain('滞后中1项因限知指标,群内和通报不计');
      expect(own[1]).not.toContain('限知');
      for (const moment of moments) {
        await lacking.at(...moment);
        await made.at(...moment);
      }
      const [one, other] = [lacking, made].map((each) => each.pushes());
      const heard = (posts: typeof one, isWide: boolean) =>
        posts?.filter(({ chat }) => wide.includes(chat as ChatName) === isWide).map(({ text }) => text);
      expect(heard(one, true)?.length).toBeGreaterThan(5);
      expect(heard(one, true)?.toSorted()).toEqual(heard(other, true)?.toSorted());
      expect(heard(one, false)?.toSorted()).not.toEqual(heard(other, false)?.toSorted());
    } finally {
      await lacking.close();
      await made.close();
    }
  });
});

const questions = [
  '总览',
  '清单',
  '清单 黄',
  '清单 滞后',
  '清单 3',
  '清单 局办公室',
  '查 3.1.1',
  '议程',
  '我的',
];
const readers: [ChatName, string][] = [
  ['leaders', 'ldr_shuji'],
  ['leaders', 'off_zhuren'],
  ['system', 'dt-shuji'],
  ['anquan', 'dt-anquan'],
  ['wecom', 'sec_caiwu'],
];
/** The quarter's draft, its release, the digests, the meeting's reminder. */
const moments: [string, string][] = [
  ['2026-04-01', '09:13'],
  ['2026-04-02', '09:13'],
  ['2026-04-13', '08:43'],
  ['2026-04-23', '15:13'],
];

/** A plan whose 3.1.1 lags by nothing but the leaders' own days, which are restricted, or doesn't, because they are made. */
async function restrictedFigures(made: boolean): Promise<LivingHouse> {
  if (!postgres) throw new Error('no store');
  const living = await openLivingHouse(await postgres.open(), '2026-03-23', '10:00');
  await living.at('2026-04-01', '08:20');
  const days = made ? 5 : 1;
  const said = await living.say('wecom', 'off_zhuren', `3.1.1 3月班子成员均下基层累计${days}天`);
  expect(said).toContain('已记录【3.1.1】');
  return living;
}
