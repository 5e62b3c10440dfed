import type { Compiled } from '../compile.ts';
import { REMARKS } from '../sheets.ts';
import { tableOfText } from '../spreadsheet.ts';
import { PENDING } from '../tables.ts';
import { writeBook } from '../write.ts';

/** What a plan's text came to, for whoever had it compiled. */
export function reportOf({ book, outline, promises, doubts, guesses, dropped, mended }: Compiled): string {
  if (outline.categories.length === 0) {
    return '没有认出方案的结构:应有“一、”分部、“(一)”分类、“1.”分项的编号。';
  }
  const explicit = promises.filter((each) => each.explicit && !each.duty).length;
  const implied = promises.filter((each) => !each.explicit && !each.duty).length;
  const items = outline.categories.reduce((sum, category) => sum + category.items.length, 0);
  return [
    `${outline.title}:${outline.categories.length}类${items}项,拟${book.tasks.length}项任务`,
    `量化指标${explicit}个,另按文意补${implied}个(没有写数,「方案明列」为空);成果${book.papers.length}项;常态工作${book.duties.length}项`,
    ...(dropped.length === 0 ? [] : [`已略去与方案无关的${dropped.length}行:${dropped.join(' / ')}`]),
    ...(mended === 0 ? [] : [`半角标点${mended}处,原文中已改为全角`]),
    `有推定内容的${[...guesses.values()].filter(({ length }) => length > 0).length}行,理由写在「任务」「指标」表的「${PENDING}」列`,
    `需核对${doubts.length}处(见「${REMARKS}」表):`,
    ...doubts.map(({ mark, where, text }) => `${mark} ${where === '' ? '' : `[${where}] `}${text}`),
  ].join('\n');
}

/** The draft as a workbook, with what the office has to decide on a sheet of its own. */
export const draftOf = (compiled: Compiled): Promise<Buffer> =>
  writeBook(compiled.book, '', {
    pending: new Map(
      [...compiled.guesses].flatMap(([code, list]) => (list.length === 0 ? [] : [[code, list.join(';')]])),
    ),
    remarks: [
      tableOfText(
        REMARKS,
        [8, 24, 110],
        [
          ['标记', '位置', '内容'],
          ['起止', '方案', '方案没有写明起止日期的,暂按全年;方案代码、单位、联系人等请在「方案」表里补正'],
          ['人员', '科室、人员、群', '方案没有名单,请补齐后再填责任领导和责任科室'],
          ...compiled.doubts.map(({ mark, where, text }) => [mark, where, text]),
          ...compiled.dropped.map((line) => ['略去', '', line]),
        ],
      ),
    ],
  });
