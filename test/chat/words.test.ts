import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportingWord } from '../../src/chat/agenda.ts';
import { whatWord } from '../../src/chat/followUps.ts';
import { mayStore } from '../../src/chat/storable.ts';
import { fitForGroup, folded, framed, tellsOfJourney } from '../../src/chat/words.ts';
import { markdown as dingtalkMarkdown, LIMIT } from '../../src/platforms/dingtalk/markdown.ts';
import { page } from '../../src/platforms/page.ts';
import { limits } from '../../src/platforms/wecom/answer.ts';

const wide = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));

describe('what is not stored', () => {
  test.each([
    ['an identity number', '李某110101199003074514正在核实'],
    ['one with X', '身份证 11010119900307461X'],
    ['one with a small x', '11010119900307461x'],
    ['one in groups', '110101 19900307 4514'],
    ['one with dashes', '110101-19900307-4514'],
    ['one in full-width digits', wide('110101199003074514')],
    ['one with invisible signs in it', '1101\u200b0119900307\u20604514'],
    ['one of the old kind', '110101900307451'],
    ['a mobile number', '联系13812345678'],
    ['one in groups', '138 1234 5678'],
    ['one in other groups', '1381 234 5678'],
    ['one with dashes', '138-1234-5678'],
    ['one with points', '138.1234.5678'],
    ['one in full-width digits', wide('13812345678')],
    ['one with the country', '+86 13812345678'],
    ['one with the country run together', '008613812345678'],
    ['one digit by digit', '1 3 8 1 2 3 4 5 6 7 8'],
    ['one read out', '幺三八一二三四五六七八'],
    ['one in circled digits', '①③⑧①②③④⑤⑥⑦⑧'],
    ['a landline', '0571-87654321'],
    ['one with brackets', '(010)8765 4321'],
    ['one run together', '057187654321'],
    ['a short one that is said to be one', '电话:8765432'],
    ['a service line', '400-123-4567'],
    ['绝密', '绝密件一份'],
    ['机密', '机密★10年'],
    ['秘密 with its star', '秘密★5年'],
    ['秘密 with its star apart', '秘密 ☆ 5年'],
    ['秘密 with blanks', '秘 密★'],
    ['绝密 with blanks', '绝 密'],
    ['a mark in brackets', '【机密】关于整改'],
    ['秘密 in brackets', '〔秘密〕关于整改'],
    ['秘密 alone on a line', '秘密\n关于整改的通知'],
    ['秘密 of papers', '秘密文件已传阅'],
    ['a level', '密级:秘密'],
    ['a level without its colon', '密级为内部'],
    ['what was made secret', '已定为国家秘密'],
    ['who reported', '举报人反映某校长收礼'],
    ['who reported, with blanks', '举 报 人来访'],
    ['who accused', '已与检举人见面'],
    ['who charged', '控告人补充材料'],
    ['who is reported', '被举报人已作说明'],
    ['who is spoken of', '被反映人已作说明'],
  ])('%s: %s', (_, text) => {
    expect(mayStore(text)).toBe(false);
    expect(mayStore(`@督办 4.3.2 ${text}`)).toBe(false);
  });

  test.each([
    '4.3.2 隐患+12 演练累计3次',
    '3.3.2 举报受理52件,办结50件',
    '3.3.2 实名举报人均办理时限12天',
    '4.2.2 学位累计1200个,4月9日新增150个',
    '5.1.1 责任书17/20,其余4月17日前签订',
    '1.1.2 办法(市教体发〔2026〕12号)已印发',
    '发文市教体办发〔2026〕138号 2026-04-09',
    '1.3.1 2026年4月9日15:00召开,90分钟',
    '2026.04.09 2026.04.10 2026.04.13 三次',
    '4.3.2、4.3.1、5.1.1、3.2.1、2.2.1 均正常推进',
    '覆盖13800人次,其中教师1234人',
    '培训1380人次 演练1234次 走访5678户',
    '3.1.1/2 +4;3.1.1/3 +5;3.1.2/1 17/20',
    '组织保守国家秘密培训1次,签订保密承诺书120份',
    '随机密码已更换,计算机密码全部更新',
    '与公安机关密切配合,司机密集培训',
    '商业秘密保护宣讲1场',
    '接龙 1. 安全科 2. 财务科 3. 人事科 4. 宣传科 5. 规划科',
    '固定资产20260409001、20260409002两件',
    '完成率98.71%,累计697项、688项、4项、5项',
  ])('but a figure, a date and a document number are: %s', (text) => {
    expect(mayStore(text)).toBe(true);
  });

  test('no list of codes, figures and dates is taken for a number of somebody', () => {
    const piece = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
        .map((code) => code.join('.')),
      fc.integer({ min: 0, max: 12_000 }).map((n) => `演练+${n}`),
      fc.integer({ min: 0, max: 12_000 }).map((n) => `累计${n}人次`),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
        .map(([month, day]) => `${month}月${day}日`),
      fc
        .tuple(fc.integer({ min: 10, max: 12 }), fc.integer({ min: 10, max: 28 }))
        .map(([month, day]) => `2026-${month}-${day}`),
      fc
        .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 99 }))
        .map(([part, whole]) => `${part}/${whole}`),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom(' ', ',', '、', ' '),
        (pieces, mark) => {
          expect(mayStore(pieces.join(mark)), pieces.join(mark)).toBe(true);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test('any mobile number, however it is spaced, is one', () => {
    const digits = fc.stringMatching(/^1[3-9]\d{9}$/);
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom('', ' ', '-', '.', '·', '—'),
        fc.boolean(),
        (number, mark, wide) => {
          const spaced = [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(mark);
          const typed = wide
            ? spaced.replace(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0))
            : spaced;
          expect(mayStore(`联系人${typed}。`), typed).toBe(false);
        },
      ),
    );
  });
});

describe('the guard on what stands in a group', () => {
  test.each(['问责', '处 分', '谈\u200b话', '查 处', '点\u00a0名'])('knows the word %s', (word) => {
    expect(fitForGroup(`4.3.2 已${word}2人`)).toBe(false);
  });

  test.each([
    ['下周三到县三中调研', true, true],
    ['下周三到县三中调研', false, false],
    ['陪李局长4月15日到三中检查', false, true],
    ['分管领导下周行程已定', false, true],
    ['责任书已签到17家,检查3次', true, false],
    ['这个抓紧,下周三前报我', true, false],
  ])('knows where a leader goes: %s, said by one: %s', (text, byLeader, tells) => {
    expect(tellsOfJourney(text, byLeader)).toBe(tells);
  });

  test('keeps an order’s words from a group where its giver says where he goes', () => {
    expect(whatWord({ what: '下周三陪我到三中检查' }, true)).toBe('事项见台账');
    expect(whatWord({ what: '下周三陪我到三中检查' }, false)).toBe('「下周三陪我到三中检查」');
    expect(whatWord({ what: '到各校检查一遍' }, true)).toBe('「到各校检查一遍」');
    expect(whatWord({ what: '材料补齐 5月20日前' }, true)).toBe('「材料补齐」');
    expect(whatWord({ what: '5月20日前 完成自查,6月10日前 完成整改' }, true)).toContain(
      '5月20日前 完成自查,6月10日前',
    );
  });

  test('does not make words of two lines', () => {
    expect(fitForGroup('座谈\n话题')).toBe(true);
  });
});

const nasty = fc.constantFrom(
  ...[
    '<@',
    '<@zhangsan>',
    '@all',
    '@所有人',
    '@',
    '>',
    '[',
    '](',
    ')',
    '`',
    '```',
    '*',
    '**',
    '_',
    '#',
    '~',
    '\n',
    '\r\n',
  ],
  ...[
    '\u2028',
    '\u0085',
    '://',
    'https://duban.example.gov.cn/board?t=a',
    'dtmd://',
    'www.evil.cn',
    '&lt;',
    '&#60;',
  ],
  ...[
    '1. ',
    '- ',
    '「',
    '」',
    '【3.2.1】',
    '【无需回复】',
    '张三(办公室):「',
    '\ud800',
    '\udc00',
    '\u202e',
    '\u200b',
    '\0',
  ],
  ...[
    '😀',
    '👨‍👩‍👧',
    '学',
    'user1',
    ' ',
    '  ',
    '|',
    '\\',
    '<font color="red">',
    '</xml>',
    ']]>',
    '\ufffe',
    'é',
    '𠮷',
  ],
);
const note = fc.oneof(
  { weight: 2, arbitrary: fc.array(nasty, { maxLength: 12 }).map((all) => all.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: nasty.map((each) => each.repeat(900)) },
);

test('100,000 notes stand each in its own frame, on both platforms, and leave every line of ours as it is', {
  timeout: 240_000,
}, () => {
  const publicUrl = 'https://duban.example.gov.cn';
  const formats: [name: string, limit: number, render: (lines: string[]) => string][] = [
    [
      'WeCom',
      limits.markdown,
      (lines) =>
        page(
          { title, lines, footer },
          { limit: limits.markdown, mention: (each) => `<@${each}>`, publicUrl },
        ),
    ],
    ['DingTalk', LIMIT, (lines) => dingtalkMarkdown({ title, lines, footer }, publicUrl).text],
  ];
  const title = '【4.3.2】预案演练与校园安全整治 最近记录';
  const footer = '【无需回复】';
  const before = (at: number) => `${at} 4月9日 10:00 进展说明 `;
  fc.assert(
    fc.property(fc.array(note, { minLength: 16, maxLength: 16 }), (notes) => {
      const lines = notes.map((text, at) => `${before(at)}${framed('张三', '办公室', text, 30)}`);
      for (const [, limit, render] of formats) {
        const text = render(lines);
        expect(Buffer.from(text).toString()).toBe(text);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
        const shown = text.split('\n').map((line) => line.trimEnd());
        expect(shown).toHaveLength(18);
        expect([shown[0], shown.at(-1)]).toEqual([title, footer]);
        for (const [at, line] of shown.slice(1, -1).entries()) {
          const said = new RegExp(
            `^${before(at)}张三\\(办公室\\):「([^「」\\p{Cc}\\p{Cf}\\p{Cs}]{0,30})」$`,
            'u',
          ).exec(line)?.[1];
          expect(said, line).toBeDefined();
          expect(said).not.toMatch(/[<>[\]`*~|\\【】]|:\/\/|&#?\w{1,31};|[\p{L}\p{N}-]\.[A-Za-z]/u);
          expect(said).not.toMatch(/@(?!\p{Script=Han})|@所有人|@全体/u);
        }
      }
    }),
    { numRuns: 6_250 },
  );
});

test('words are cut on a whole character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 100 }),
      fc.integer({ min: 1, max: 60 }),
      (text, most) => {
        const shown = folded(text, most);
        expect([...shown].length).toBeLessThanOrEqual(most);
        expect(shown.isWellFormed()).toBe(true);
      },
    ),
  );
});

test('what is too much for a meeting of ninety minutes is reported in writing', () => {
  expect(reportingWord(20)).toBe('每件3分钟:');
  expect(reportingWord(21)).toBe('依次汇报前20件,每件3分钟,其余书面汇报:');
});
