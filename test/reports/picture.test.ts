import { expect, test } from 'vitest';
import type { Achieved } from '../../src/reports/achieved.ts';
import type { Figures } from '../../src/reports/figures.ts';
import { bulletinPicture } from '../../src/reports/picture/bulletin.ts';
import { tone } from '../../src/reports/picture/card.ts';
import { widthOf } from '../../src/reports/picture/draw.ts';
import { achieved } from '../../src/reports/picture/gains.ts';
import { gainsOf } from '../../src/reports/word/tallies.ts';
import { example } from './example.ts';

const MOST_BYTES = 2 * 1024 * 1024;

const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

test('the picture of a quarter is a PNG as wide as a phone wants it', async () => {
  const png = await bulletinPicture(example, '市教育体育局');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(sizeOf(png).width).toBe(1080);
  expect(png.length).toBeLessThan(MOST_BYTES);
});

test('a quarter in which everything is late, in words of any length, still fits', async () => {
  const [first] = example.laggards;
  if (!first) throw new Error('the example has no laggard');
  const worst: Figures = {
    ...example,
    laggards: Array.from({ length: 42 }, () => ({
      ...first,
      title: '《关于进一步规范和加强重点领域专项整治工作的若干措施》修订与执行检查'.repeat(3),
      section: '职业教育与成人教育科、体育卫生与艺术教育科',
    })),
  };
  const png = await bulletinPicture(worst, '市教育体育局'.repeat(4));
  expect(png.length).toBeLessThan(MOST_BYTES);
  expect(sizeOf(png).height).toBeGreaterThan(sizeOf(await bulletinPicture(example, '')).height);
});

test('a code of two digits and a long category stand whole in the picture', async () => {
  const withCode = (code: string) => ({
    ...example,
    laggards: example.laggards.map((each, index) => (index === 0 ? { ...each, code } : each)),
  });
  const [one, other] = [
    await bulletinPicture(withCode('10.2.11'), ''),
    await bulletinPicture(withCode('10.2.12'), ''),
  ];
  expect(one.equals(other)).toBe(false);
  const named = (title: string) => ({
    ...example,
    categories: example.categories.map((each, index) => (index === 0 ? { ...each, title } : each)),
  });
  const long = '殡葬改革和民政服务窗口作风';
  const [plain, more] = [
    await bulletinPicture(named(`${long}整治`), ''),
    await bulletinPicture(named(`${long}建设`), ''),
  ];
  expect(plain.equals(more)).toBe(false);
});

test('the first quarter of all, with nothing done and nothing to compare with, is drawn too', async () => {
  const nothing: Figures = {
    ...example,
    whole: { ...example.whole, before: null, completion: null },
    categories: example.categories.map((each) => ({ ...each, before: null, completion: null })),
    achieved: [],
    laggards: [],
    apart: {},
  };
  const png = await bulletinPicture(nothing, '市教育体育局');
  expect(sizeOf(png).width).toBe(1080);
});

test('what came in is told to four places at most, in the picture as on paper, and of counts alone', () => {
  const [first] = example.achieved;
  if (!first) throw new Error('the example has no gain');
  const gained = (kind: Achieved['indicator']['kind']): Figures => ({
    ...example,
    achieved: [
      {
        ...first,
        indicator: { ...first.indicator, kind },
        figure: { kind: 'number', value: 1.1 },
        before: { kind: 'number', value: 0.4 },
      },
    ],
  });
  const drawn = (figures: Figures) => JSON.stringify(achieved(figures));
  expect(drawn(gained('count'))).toContain('"本季度+0.7"');
  expect(drawn(gained('level'))).not.toContain('本季度');
  expect(gainsOf(gained('count'), first.task.slice(0, 1))).toContain('(本季度新增0.7');
});

test('a figure of any length stands whole in its column, and its unit with it', () => {
  const achievedBy = (value: number, unit: string): Figures => ({
    ...example,
    achieved: example.achieved.slice(0, 3).map((each) => ({
      ...each,
      unit,
      figure: { kind: 'number', value },
    })),
  });
  for (const [value, unit] of [
    [987654321, '平方公里'],
    [1234567.25, '万人次'],
    [4, '次'],
  ] as const) {
    const drawn = JSON.stringify(achieved(achievedBy(value, unit)));
    const lines = [...drawn.matchAll(/"fontSize":(\d+)[^}]*"flexShrink":0\},"children":\["([^"]+)"/g)];
    expect(lines).toHaveLength(6);
    const [figure, beside] = lines.map(([, size, text]) => widthOf(text ?? '', Number(size)));
    expect((figure ?? 0) + (beside ?? 0)).toBeLessThan(290);
  }
});

test('a word in white can be read on each colour that it stands on', () => {
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const color of Object.values(tone))
    expect(1.05 / (luminance(color) + 0.05), color).toBeGreaterThan(4.5);
});
