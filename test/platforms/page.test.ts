import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain } from '../../src/chat/plain.ts';
import { type Reply, split } from '../../src/chat/reply.ts';
import { markdown } from '../../src/platforms/dingtalk/markdown.ts';
import { mentionable, page } from '../../src/platforms/page.ts';

const publicUrl = 'https://duban.example.gov.cn';
const wecom = { limit: 4096, publicUrl, mention: (account: string) => `<@${account}>` };
const dingtalk = { limit: 7000, publicUrl, lineEnd: '  ', mention: (account: string) => `@${account}` };

describe('words stay words', () => {
  test.each([
    ['a mention of a member', '<@zhangsan>', '＜＠zhangsan＞'],
    ['a mention of an account', '@user123 请办', '＠user123 请办'],
    ['a call to everybody', '@all @所有人', '＠all ＠所有人'],
    ['a mention with something invisible in it', '@\u200buser1', '＠user1'],
    ['a link', '[点此](https://evil.example/x)', '［点此］(https：//evil．example/x)'],
    ['a bare domain', 'www.evil.example', 'www．evil．example'],
    ['a domain that ends like a paper', 'a.docx.evil', 'a．docx．evil'],
    ['a paper, whose name stays', '一季度通报.docx、台账.xlsx', '一季度通报.docx、台账.xlsx'],
    [
      'a message that clicking would send',
      'dtmd://dingtalkclient/sendMessage',
      'dtmd：//dingtalkclient/sendMessage',
    ],
    ['a picture', '![](https://evil.example/x.png)', '!［］(https：//evil．example/x．png)'],
    ['a colour', '<font color="warning">红</font>', '＜font color="warning"＞红＜/font＞'],
    ['a tag in entities', '&lt;@all&gt; &#60;', '＆lt;＠all＆gt; ＆#60;'],
    ['a thinking block', '<think>', '＜think＞'],
    ['a heading', '# 通报', '＃ 通报'],
    ['a heading without its blank', '  ##通报', '＃＃通报'],
    ['a heading behind a blank of full width', '\u3000# 通报', '＃ 通报'],
    ['a list behind one', '\u3000- 已销号', '－ 已销号'],
    ['an underline that makes a heading', '===', '＝＝＝'],
    ['an underline with a blank behind it', '=== ', '＝＝＝ '],
    ['a rule', '---', '－－－'],
    ['a mark of a list alone', '-', '－'],
    ['a number of a list alone', '7.', '7．'],
    ['a number of two figures', '12) 已销号', '12） 已销号'],
    ['a step down', '已办\v【3.2.1】', '已办 【3.2.1】'],
    ['a quote', '> 已销号', '＞ 已销号'],
    ['a list', '- 已销号', '－ 已销号'],
    ['a numbered list, which a client would number anew', '7. 已销号', '7． 已销号'],
    ['code', '`rm`', '｀rm｀'],
    ['bold', '**已销号**', '＊＊已销号＊＊'],
    ['underscores', '__已销号__', '＿＿已销号＿＿'],
    ['struck-out words, or a range', '3~5家 6~8家', '3～5家 6～8家'],
    ['a table', '| 甲 | 乙 |', '｜ 甲 ｜ 乙 ｜'],
    ['an escape', 'a\\nb', 'a＼nb'],
    ['a line of its own', '已办\n【3.2.1】已销号', '已办 【3.2.1】已销号'],
    ['several line breaks', '已办\r\n\u2028\t【3.2.1】', '已办 【3.2.1】'],
    ['text that runs backwards', '\u202e号销已', '号销已'],
    ['half a character', 'a\ud800b', 'ab'],
    ['a character that no XML can carry', 'a\uffff\u0000b', 'ab'],
  ])('%s', (_, words, shown) => {
    expect(plain(words)).toBe(shown);
  });

  test.each([
    '【4.3.2】预案演练:1→2次(全年6次),≥95%,差1次。',
    '张三(办公室):「已整改到位,申请销号」',
    '+12 隐患 #18 3-2-1',
    '-3 与 3.5 之间',
    '【有进展请@督办 回复编号和进展,暂无进展无需回复】',
    '报告_v2(科内卷2) 科内A&B',
    '〔2026〕12号 ①②③',
    '=3项',
    'V2版',
  ])('what people read is untouched: %s', (words) => {
    expect(plain(words)).toBe(words);
  });

  test("the bureau's own addresses stay links, and nobody else's", () => {
    const own = 'https://duban.example.gov.cn/board?t=a_b-c.d~e&x=1%20';
    expect(plain(`看板:${own} 止`, publicUrl)).toBe(`看板:${own} 止`);
    expect(plain(`看板:${own}`, publicUrl)).toBe(`看板:${own}`);
    expect(plain(`看板:${publicUrl} 止`, publicUrl)).toBe(`看板:${publicUrl} 止`);
    expect(plain('看板:http://10.1.2.3/board 止', 'http://10.1.2.3')).toBe('看板:http://10.1.2.3/board 止');
    expect(plain(`(${own}),`, 'https://duban.example.gov.cn/')).toBe(`(${own}),`);
    expect(plain(`${own}<@eve>`, publicUrl)).not.toMatch(/:\/\/|<@/);
    expect(plain(own, 'https://duban.example.gov')).not.toContain('://');
    for (const other of [`${publicUrl}.evil.cn/x`, `https://evil.cn/${own}`, `evil.${own}`]) {
      expect(plain(other, publicUrl)).not.toContain('://');
    }
  });
});

describe('a page', () => {
  test('mentions by the ledger only, before the last line', () => {
    const reply: Reply = {
      title: '【3.2.1】',
      lines: ['临期 <@eve> @eve'],
      footer: '【无需回复】',
      mention: ['li', 'li', 'zhang.san'],
    };
    expect(page(reply, wecom)).toBe('【3.2.1】\n临期 ＜＠eve＞ ＠eve\n<@li> <@zhang.san>\n【无需回复】');
    expect(page(reply, dingtalk)).toBe('【3.2.1】  \n临期 ＜＠eve＞ ＠eve  \n@li @zhang.san  \n【无需回复】');
    expect(page(reply, { limit: 2048 })).toBe('【3.2.1】\n临期 ＜＠eve＞ ＠eve\n【无需回复】');
  });

  test('never mentions everybody, nor what is no account', () => {
    expect(mentionable(['all', 'ALL', 'a>b', '', 'a b', '@x', 'x@all', 'allan'])).toEqual(['allan']);
  });

  test('mentions whom an address for mail is the account of', () => {
    const reply = { lines: ['临期'], mention: ['zhang.san@jyj.example'] };
    expect(page(reply, wecom)).toBe('临期\n<@zhang.san@jyj.example>');
    expect(page(reply, dingtalk)).toBe('临期  \n@zhang.san@jyj.example');
  });

  test('mentions no more people than leave room for words', () => {
    const mention = Array.from({ length: 40 }, (_, n) => `${n}`.padStart(64, 'u'));
    const text = page({ lines: Array(200).fill('学'.repeat(20)), mention }, wecom);
    expect(text.match(/<@/g)).toHaveLength(16);
    expect(text.match(/学/g)?.length).toBeGreaterThan(600);
  });

  test('that just fits is whole, and one that is a byte too long says that the rest is left out', () => {
    const lines = ['甲甲甲', '乙乙乙', '丙丙丙'];
    expect(page({ lines }, { limit: 29 })).toBe('甲甲甲\n乙乙乙\n丙丙丙');
    const long = { lines: Array.from({ length: 20 }, () => '甲'.repeat(20)) };
    const whole = Buffer.byteLength(long.lines.join('\n'));
    expect(page(long, { limit: whole })).toBe(long.lines.join('\n'));
    expect(page(long, { limit: whole - 1 })).toMatch(/\n其余略。$/);
  });

  test('that is cut ends with its last words, without blanks', () => {
    const text = page(
      { lines: Array(40).fill('甲甲甲'), footer: '【无需回复】' },
      { ...dingtalk, limit: 300 },
    );
    expect(text).toMatch(/其余略。 {2}\n【无需回复】$/);
    const bare = page({ lines: Array(40).fill('甲甲甲') }, { ...dingtalk, limit: 300 });
    expect(bare).toMatch(/其余略。$/);
  });

  test('gives a title no more than a fifth of its room, and no link that was cut short', () => {
    expect(page({ title: '甲'.repeat(400), lines: ['乙'] }, { limit: 500 })).toBe(`${'甲'.repeat(32)}…\n乙`);
    for (const base of [publicUrl, 'http://10.1.2.3']) {
      const title = `看板:${base}/board/${'a'.repeat(90)}`;
      expect(page({ title, lines: [] }, { limit: 400, publicUrl: base })).toBe('看板:…');
    }
    const whole = `见${publicUrl}/board…止`;
    expect(page({ title: whole, lines: [] }, wecom)).toBe(whole);
  });

  test('mentions in DingTalk as it is written there, and not in the title', () => {
    expect(markdown({ title: '【3.2.1】', lines: ['临期'], mention: ['li'] }, publicUrl)).toEqual({
      title: '【3.2.1】',
      text: '【3.2.1】  \n临期  \n@li',
    });
    expect(markdown({ lines: [''] }, publicUrl).title).toBe('督办');
  });

  test('has no empty lines', () => {
    expect(page({ title: '', lines: ['甲', '', ' ', '乙'] }, wecom)).toBe('甲\n乙');
  });
});

const nasty = fc.constantFrom(
  ...[
    '<@',
    '@',
    '>',
    '[',
    '](',
    ')',
    '`',
    '*',
    '_',
    '#',
    '~',
    '\n',
    '://',
    publicUrl,
    `${publicUrl}/board?t=a_b`,
    'http',
    '.cn',
    '&lt;',
    '1. ',
    '- ',
    '\ud800',
    '\u202e',
    '张三',
    '【3.2.1】',
    '😀',
    'user1',
  ],
);
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(nasty, { maxLength: 20 }).map((all) => all.join('')),
);
const ours = /https:\/\/duban\.example\.gov\.cn[\w.:/?&=%~+-]*/g;
const account = fc.stringMatching(/^[\w.+-][\w.+@-]{0,63}$/);
const reply: fc.Arbitrary<Reply> = fc.record({
  title: words,
  lines: fc.array(
    fc.oneof(
      words,
      words.map((each) => each.repeat(90)),
    ),
    { maxLength: 40 },
  ),
  footer: words,
  mention: fc.array(account, { maxLength: 20 }),
});

test.each([
  ['WeCom', wecom, /<@([^>]*)>/g],
  ['DingTalk', dingtalk, /@([\w.+@-]+)/g],
])(
  'whatever strings are said in %s, the text mentions exactly whom the ledger named, links nowhere, and fits',
  (_, format, mention) => {
    fc.assert(
      fc.property(reply, (said) => {
        const text = page(said, format);
        expect([...text.matchAll(mention)].map((found) => found[1])).toEqual(mentionable(said.mention ?? []));
        const rest = text.replace(mention, '某').replace(ours, '看板');
        expect(rest).not.toMatch(/[<>[\]`*~|\\]|:\/\/|&#?\w{1,31};|[\p{L}\p{N}-]\.[A-Za-z]/u);
        expect(rest).not.toMatch(/^\s*(#|={1,}\s*$|--|[-+](\s|$)|\d+[.)](\s|$)| {4})/m);
        expect(rest).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(Buffer.from(text).toString()).toBe(text);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(format.limit);
      }),
      { numRuns: 500 },
    );
  },
);

test.each(['*', '_', '<', '.c', '&a;'])('the parts of a push have room for what “%s” grows to', (mark) => {
  for (const [limit, marks] of [
    [4096, 20],
    [2048, 60],
    [2048, 1200],
  ] as const) {
    const lines = Array.from(
      { length: 40 },
      (_, at) => `【4.3.${at}】「${'好的'.repeat(10)}${mark.repeat(marks)}」`,
    );
    const reply = { title: '【每周梳理】', lines, footer: '【无需回复】' };
    const pages = split(reply, limit - 512).map((part) => page(part, { limit }));
    for (const each of pages) {
      expect(each).not.toContain('其余略');
      expect(each).toContain('【无需回复】');
    }
    expect(pages.join('\n').match(/【4\.3\.\d+】/g)).toHaveLength(40);
  }
});

test('the board’s own address stays a link where it is one of IPv6, and a foreign one doesn’t', () => {
  const own = 'http://[fd00::1a]:3000';
  const link = `${own}/board/task/4.3.2?for=p1&until=a&sign=b-c`;
  expect(plain(`详见${link}。`, own)).toBe(`详见${link}。`);
  expect(plain(link, 'http://[fd00::1b]:3000')).toMatch(/^http：\/\/［fd00/);
  expect(plain(`[点此](${own}/board)`, own)).toBe(`［点此］(${own}/board)`);
});
