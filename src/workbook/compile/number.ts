import { numberOf } from '../../chat/parse/numerals.ts';
import type { Comparator } from '../../ledger/terms.ts';

/** A number with its unit in a sentence. */
export interface Found {
  /** Where the number begins and where its unit ends. */
  from: number;
  to: number;
  low: number;
  high: number | null;
  unit: string;
  /** Said by the words around it; null where none does. */
  said: Comparator | null;
}

/** The longer before the shorter that they begin with. */
const UNITS = [
  '个百分点 人次 场次 批次 架次 班次 车次 例次 课时 学时 立方米 平方米 平方公里 公里 吨/日 立方米/日 个工作日 个小时 小时 分钟 工作日 亿元 万元 元 岁 倍 米 % ‰',
  '次 期 场 篇 份 项 件 个 名 人 家 台件 台套 眼 所 处 条 类 种 起 天 台 辆 户 套 座 张 亩 吨 轮 支 例 堂 节 宗 部 册',
  '组 批 遍 克 对 位 片 间 栋 根 盏 棵 株 趟 艘 架 块 款 门 幅 集 本 段 支 队 床 头',
]
  .join(' ')
  .replaceAll(' ', '|');

const DIGITS = '\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?';
const BETWEEN = '(?:-|—|–|~|至|到)';
const FIGURE = new RegExp(
  `(?<![\\d.A-Za-z第〔+月]|连续)(${DIGITS})(万|千|百|亿(?!元))?(?:%?${BETWEEN}(${DIGITS})(万)?)?(余|多)?大?(${UNITS}|日(?=内))`,
  'gu',
);

const MEASURING = '不少于|不低于|至少|不超过|不多于|每月|每季度|每半年|每年|每周|每学期|全年';
const NUMERAL = '[一二两三四五六七八九十百千万]';
/** Small Chinese numerals are figures only where something before them measures: 四个意识 measures nothing. */
const SPELLED = new RegExp(
  `(?<=(?:${MEASURING}|召开|开展|举办|组织)[^,;。]{0,4}?)(${NUMERAL}{1,6})(余|多)?(次|期|场|篇|份|轮|堂|人次|家|名|件|所|条|项)(?!系列|批)|` +
    `(?<=(?:培训|讲座|讲堂|活动|检查|演练|督查|抽查|巡查|座谈会))(${NUMERAL}{1,3})(余|多)?(次|期|场|轮)|` +
    `(?<=(?:${MEASURING})\\p{Script=Han}{0,3}?)(${NUMERAL}{1,6})(余|多)?(个|类|处|种|天|户|辆|台)`,
  'gu',
);
/** From ten on they count wherever they stand before a unit, if it isn't one of time. */
const LARGE = new RegExp(
  `(?<![第零一二两三四五六七八九十百千万几数]|五)(?=${NUMERAL}{0,3}[十百千万])(${NUMERAL}{2,7})(余|多)?(${UNITS})(?!方面|五)`,
  'gu',
);
const TIMED = /^(?:分钟|小时|个小时|天|岁|倍|元|个工作日|工作日|届|%|‰|个百分点|本|段|对|位)$/u;

/** 五座, 两次, 二百三十万元: spelled out, whether anything is made of it or not. A single one is rarely a figure. */
const ANY = new RegExp(
  `(?<![\\d第几数点零一二两三四五六七八九十百千万])(?!一[^点二三四五六七八九十百千万])(${NUMERAL}{1,7}(?:点${NUMERAL}{1,4})?)(?:余|多)?(${UNITS})(?!规定)`,
  'gu',
);
const SMALL = /^[两二三四五六七八九]个$/u;

/** The numbers that a sentence spells out, with what they are worth. */
export const spelledIn = (sentence: string): { words: string; at: number; value: number | null }[] =>
  [...masked(sentence).matchAll(ANY)]
    .filter(([words, , unit = '']) => (/元$/u.test(unit) || !TIMED.test(unit)) && !SMALL.test(words))
    .map((match) => ({ words: match[0], at: match.index, value: numberOf(match[1] ?? '') }));

/** 九成 is 90%, 九成五 95%; 百分之六十五 is 65%. */
const TENTHS =
  /(?<=(?:不低于|不少于|达到?|超过|保持在|至少|增长|提高|提升|下降|减少|降低|压减))([一二两三四五六七八九])成([一二三四五六七八九半])?/gu;
const HUNDREDTHS = /百分之([一二两三四五六七八九十百]{1,5})/gu;

const EACH = '(?:每(?:[年月周]|季度|\\p{Script=Han}{1,3}))?';
const LEAST = new RegExp(
  '(?:(?:不少于|不低于|不得少于|不得低于|不小于|至少|保持在)(?:[^,;。\\d]{1,8}的)?|(?<!不|不得)超过|突破|达到|达|高于|多于|力争完成|(?:提高|提升|增加|增长|扩大|上升|提|升|增)(?:到|至|为))' +
    `(?:${EACH}(?:开展|组织|安排|召开|举办|设立|进行|完成|建成|配备|聘请|选派))?$`,
  'u',
);
const MOST = new RegExp(
  `(?:不超过|不得超过|不高于|不多于|不大于|控制在|(?:压缩|压减|缩短|降|减)(?:至|到|为)|低于|少于)${EACH}$`,
  'u',
);

/** What stands in quotation marks, titles of papers and brackets measures nothing. */
export const masked = (sentence: string): string =>
  sentence.replace(/“[^”]*”|"[^"]*"|《[^》]*》|〔[^〕]*〕/gu, (quoted) => '□'.repeat(quoted.length));

/** The figures of a sentence, whatever they are of; dates, ordinals, years and numbers of documents aren't any. */
export function figuresIn(sentence: string): Found[] {
  const text = masked(sentence);
  const digits = [...text.matchAll(FIGURE)].map((match): Found => {
    const [whole, low = '', scale = '', high, highScale = '', vague = '', unit = ''] = match;
    const power = powers[highScale || scale] ?? 1;
    const value = (digit: string) => Number(digit.replaceAll(',', '')) * power;
    const around = { from: match.index, to: match.index + whole.length };
    return {
      ...around,
      low: value(low),
      high: high === undefined ? null : value(high),
      unit,
      said: high === undefined ? comparatorAt(text, around, vague) : 'range',
    };
  });
  const han = [
    ...[...text.matchAll(SPELLED)].map((match) => {
      const [numeral = '', vague = '', unit = ''] = [1, 2, 3].map(
        (part) => match[part] || match[part + 3] || match[part + 6] || '',
      );
      return hanFigure(text, match, numeral, vague, unit);
    }),
    ...[...text.matchAll(LARGE)]
      .filter(([, , , unit = '']) => !TIMED.test(unit))
      .map((match) => hanFigure(text, match, match[1] ?? '', match[2] ?? '', match[3] ?? '')),
    ...[...text.matchAll(TENTHS)].map((match) =>
      hanFigure(text, match, `${match[1]}十${match[2]?.replace('半', '五') ?? ''}`, '', '%'),
    ),
    ...[...text.matchAll(HUNDREDTHS)].map((match) => hanFigure(text, match, match[1] ?? '', '', '%')),
  ].flatMap((each) => each ?? []);
  const free = han.filter(
    (each, at) => ![...digits, ...han.slice(0, at)].some(({ from, to }) => each.from < to && from < each.to),
  );
  return [...digits, ...free].sort((one, other) => one.from - other.from);
}

function hanFigure(
  text: string,
  match: RegExpExecArray,
  numeral: string,
  vague: string,
  unit: string,
): Found | null {
  const low = numberOf(numeral);
  const around = { from: match.index, to: match.index + match[0].length };
  return low === null ? null : { ...around, low, high: null, unit, said: comparatorAt(text, around, vague) };
}

const powers: Record<string, number> = { 百: 100, 千: 1_000, 万: 10_000, 亿: 100_000_000 };

function comparatorAt(
  text: string,
  { from, to }: { from: number; to: number },
  vague: string,
): Comparator | null {
  const [before, after] = [text.slice(0, from), text.slice(to)];
  if (/^(?:\(含\))?(?:以内|以下|之内|内(?!部|容))/u.test(after)) return '<=';
  if (MOST.test(before) && !LEAST.test(before)) return '<=';
  if (vague !== '' || /^(?:及|\(含\))?以上/u.test(after) || LEAST.test(before)) return '>=';
  return null;
}
