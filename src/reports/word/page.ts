import { DocumentGridType, type ISectionPropertiesOptions, PageOrientation } from 'docx';

/** GB/T 9704-2012: A4, the text 156 × 225 mm, 22 lines of 28 characters of size 3. Lengths in twips, a twentieth point. */
export const mm = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);

const margins = { top: 37, left: 28, right: 26, bottom: 35 };
/** Turned by a quarter, so that the binding edge stays where it is. */
const turned = { top: 28, left: 35, right: 37, bottom: 26 };

export const textWidth = (landscape: boolean): number =>
  landscape ? mm(297 - turned.left - turned.right) : mm(210 - margins.left - margins.right);

/** 225 mm in 22 lines, as points are rounded down. */
export const LINE = 579;
/** Size 3 in twips. */
export const CHARACTER = 320;
/** Size 2, a title's. */
export const TITLE = 440;
/**
 * A quarter point less for each character, so that 28 of them stand in a line: a grid of characters would say the same,
 * but not every word processor sets one alike.
 */
export const SQUEEZED = -5;
/** Size 4 in twips: the page number stands so far in from the outer edge. */
export const FOOT = 280;

export function pageOf(landscape: boolean): ISectionPropertiesOptions {
  const edges = landscape ? turned : margins;
  return {
    page: {
      size: {
        width: mm(210),
        height: mm(297),
        orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
      },
      margin: {
        top: mm(edges.top),
        left: mm(edges.left),
        right: mm(edges.right),
        bottom: mm(edges.bottom),
        header: mm(landscape ? 17 : 25),
        footer: mm(landscape ? 14 : 23),
      },
    },
    grid: { type: DocumentGridType.LINES, linePitch: LINE },
  };
}

const western = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman' };

/** Fonts that a run has against its style's. */
export const fonts = {
  heading: { ...western, eastAsia: '黑体' },
  lead: { ...western, eastAsia: '楷体_GB2312' },
  number: { ascii: '宋体', hAnsi: '宋体', cs: '宋体', eastAsia: '宋体' },
};

/** Named, never embedded: two of them are licensed. */
const standIns: [name: string, instead: string, family: string][] = [
  ['仿宋_GB2312', '仿宋', 'modern'],
  ['楷体_GB2312', '楷体', 'modern'],
  ['方正小标宋简体', '宋体', 'script'],
  ['黑体', 'SimHei', 'modern'],
  ['宋体', 'SimSun', 'auto'],
];

/** Tells Word and WPS which font stands in for one that isn't installed. */
export const fontTable = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${standIns
  .map(
    ([name, instead, family]) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/>` +
      `<w:family w:val="${family}"/><w:pitch w:val="default"/></w:font>`,
  )
  .join('')}</w:fonts>`;
