import { fieldIn } from './fields.ts';
import { untabled } from './table.ts';

export interface Cleaned {
  /** The text's lines in one width: brackets, commas and digits half, as the rest reads them. */
  lines: string[];
  /** What is no part of the plan, as it stood. */
  dropped: string[];
  /** Half-width marks between Chinese characters that 原文 gives back in full width. */
  mended: number;
}

const HAN = '\\p{Script=Han}”》';
const NARROW = new RegExp(`(?<=[${HAN}\\d%])[,;:?!()]|[,;:?!()](?=[\\p{Script=Han}“《])`, 'gu');

/** Lines that pages on the web put around a text. */
const RESIDUE = [
  /^(?:首页|当前位置)\s*[>\u00BB\u203A:/-]/u,
  /^(?:©|\(c\)|copyright|版权)/iu,
  /版权(?:声明|所有)|转载(?:请|须)|免责声明/u,
  /^the end$/iu,
  /^(?:喜欢就|点赞|收藏|分享|打赏|评论|赞赏|关注我们)/u,
  /(?:上|下)一篇|相关(?:推荐|阅读|文章)|猜你喜欢|热门(?:推荐|文章)|返回(?:顶部|首页|列表)/u,
  /^(?:来源|作者|编辑|责任编辑|审核|校对|发布(?:时间|日期)|浏览(?:量|次数)|阅读(?:量|次数)?|字号|字体|打印|关闭(?:窗口)?|当前位置)[\s::\d]/u,
  /扫一扫|扫描二维码|长按识别|微信公众号|点击(?:下载|查看|进入)/u,
  /^https?:\/\//iu,
];

export function clean(text: string): Cleaned {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const mended = [...source.matchAll(NARROW)].length;
  const raw = untabled(source.split('\n'))
    .map((line) => line.replace(/[\u200B-\u200F\u2060\uFEFF]/g, '').trim())
    .filter((line) => line !== '')
    .flatMap(pointsOf);
  const end = lastOfText(raw);
  const dropped: string[] = [];
  const lines = raw.flatMap((line, at) => {
    if (at > end || RESIDUE.some((form) => form.test(line.normalize('NFKC')))) {
      dropped.push(line);
      return [];
    }
    return [narrow(line)];
  });
  return { lines, dropped, mended };
}

const WORK = /^(?:整改|工作|具体|主要)?(?:措施|举措)[:\uFF1A]/u;
const POINT =
  /(?<=[:\uFF1A。;\uFF1B])\s*(?:[(\uFF08]?\d{1,2}[.\uFF0E、)\uFF09]|[\u2460-\u2473])(?=\p{Script=Han}|\d+[^\d.%])/gu;

/** 整改措施:①…;②…: a line for each. */
function pointsOf(line: string): string[] {
  if (!WORK.test(line)) return [line];
  let number = 0;
  return line.replace(POINT, () => `\n${++number}. `).split('\n');
}

/** What stands after the last line that ends like a sentence or is one of a list's is no more of the text. */
function lastOfText(lines: string[]): number {
  const last = lines.findLastIndex(
    (line) =>
      /[。!?\uFF01\uFF1F;\uFF1B]["”)\uFF09]?$/u.test(line) || fieldIn(line.normalize('NFKC')) !== null,
  );
  return last === -1 ? lines.length - 1 : last;
}

const narrow = (line: string): string =>
  line
    .replace(/(?<=第)[\u2460-\u2473]/gu, (mark) => String(mark.charCodeAt(0) - 0x245f))
    .replace(/[\u2460-\u2473]/gu, '、')
    .normalize('NFKC')
    .replace(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, '')
    .replace(/ +/g, ' ');

const WIDE: Record<string, string> = {
  ...{ ',': '\uFF0C', ';': '\uFF1B', ':': '\uFF1A', '?': '\uFF1F', '!': '\uFF01' },
  ...{ '(': '\uFF08', ')': '\uFF09' },
};

/** A sentence as official writing has it: full-width marks, but for what belongs to figures. */
export const wide = (sentence: string): string =>
  sentence.replace(NARROW, (mark) => WIDE[mark] ?? mark).replace(/(?<=[。,;]) /gu, '');
