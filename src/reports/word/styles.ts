import { LINE, SQUEEZED } from './page.ts';

const western = 'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"';
const fonts = (eastAsia: string) => `<w:rFonts ${western} w:eastAsia="${eastAsia}"/>`;
/** In half-points. */
const size = (half: number) => `<w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`;
const exactly = (line: number, before = 0, after = 0) =>
  `<w:spacing w:before="${before}" w:after="${after}" w:line="${line}" w:lineRule="exact"/>`;
/** As far as the first line of a paragraph is set in. */
const indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>';
const freely = '<w:snapToGrid w:val="0"/>';
const squeezed = `<w:spacing w:val="${SQUEEZED}"/>`;

const SMALL_LINE = 380;

/** Their properties in the order that the format wants. Tables stand outside the grid: their lines are closer. */
const styles: [id: string, name: string, paragraph: string, run: string][] = [
  ['Text', '正文缩进', `${indent}<w:jc w:val="both"/>`, squeezed],
  [
    'Title',
    'Title',
    `<w:keepNext/>${freely}${exactly(720)}<w:jc w:val="center"/>`,
    fonts('方正小标宋简体') + size(44),
  ],
  ['Heading1', 'heading 1', `<w:keepNext/>${indent}<w:outlineLvl w:val="0"/>`, fonts('黑体')],
  ['Heading2', 'heading 2', `<w:keepNext/>${indent}<w:outlineLvl w:val="1"/>`, fonts('楷体_GB2312')],
  ['Cell', '表格', freely + exactly(SMALL_LINE), freely + size(24)],
  ['CellHead', '表头', freely + exactly(SMALL_LINE), fonts('黑体') + freely + size(24)],
  [
    'Caption',
    'caption',
    `<w:keepNext/>${freely}${exactly(SMALL_LINE, 160, 80)}`,
    fonts('黑体') + freely + size(24),
  ],
  ['Foot', 'footer', freely, freely + size(28)],
];

export const stylesheet = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults>
<w:rPrDefault><w:rPr>${fonts('仿宋_GB2312')}${size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr>${exactly(LINE)}</w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
${styles
  .map(
    ([id, name, paragraph, run]) =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/>` +
      `<w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`,
  )
  .join('\n')}
</w:styles>`;
