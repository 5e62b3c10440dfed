import type { Found } from './number.ts';

const LONGEST = 10;
/** 其中6月底前, 三季度末: when, not what. */
const WHEN =
  /(?:其中|今年|再)?(?:(?:(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底末初])?(?:[之以]?前)?)|年底前?|第?[一二三四]季度[末内]|上半年)(?:底|前)?|^(?:其中|今年|再)+/gu;
/** 县级河长每月巡河: how often, and who apart from what would leave three of one name. */
const HOW_OFTEN =
  /(?<=\p{Script=Han}{2})(?<!成员|干部|每人|领导)每(?:季度|半年|学期|[月周年])(?=\p{Script=Han}{2})/gu;
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Verbs and helpers before what is counted. */
const LEADING =
  /^(?:(?:以上|要求|确保|推动|实现|牵头|统筹|集中|带头|主动|深入|扎实|全面|累计|共|再|开展|组织|召开|举办|进行|完成|建立|健全|制定|修订|完善|形成|撰写|解决|收集|走访|培育|打造|选树|评选|受理|整改|排查|梳理出?|明确|聚焦|不断|每[年月周季]度?|每[人名位]|每半年|每学期|全年|年内|等|的|和|及|并|将|对|各)(?!率))+/u;
const TRAILING =
  /(?:每(?:半年|季度?|个?[年月周])|(?:低于|高于|少于)?每(?![年月周季半])\p{Script=Han}{1,3}|低于|高于|少于|时间|数量|总数|情况|力争|分别|均|应|再|保持|提高|提升|上升|缩短|压缩|精简|须|要|累计|共计|共|总计|达到|达|超过|突破|控制在|不少于|不低于|不超过|不高于|不多于|至少|增长|增加|减少|下降|降低|压减|同比|以上|不得|的|在|到|至|(?<=[率比量数重])[升降])+$/u;

/**
 * What a figure counts: the words after its unit, as in 1次专题研讨, else those before it, as in 培训班4期.
 */
export function labelOf(
  text: string,
  clause: { from: number; words: string },
  figure: Pick<Found, 'from' | 'to' | 'unit'>,
  previous: Pick<Found, 'to'> | undefined,
): string {
  const end = clause.from + clause.words.length;
  const after = text
    .slice(figure.to, end)
    .replace(/^\([^)]*\)/u, '')
    .replace(/^(?:及?以上|以内|以下|之内|内(?!部|容))/u, '')
    .replace(/^(?:的|左右)/u, '')
    .split(/\d|建立|实行|形成|开展|进行|纳入|制定|组织|明确|限期|逐[项一]/u)[0];
  const start = previous && previous.to > clause.from ? previous.to : clause.from;
  const before = text.slice(start, figure.from).replace(MOVED, '');
  const own = headOf(after ?? '');
  const fore = headOf(before.replace(MEASURED, '').replace(TRAILING, ''));
  const useful = own !== '' && !/^[、和及与]/u.test((after ?? '').trim());
  const deed = /^[次场期轮]$/u.test(figure.unit) ? (DEED.exec(before.replace(TRAILING, ''))?.[0] ?? '') : '';
  const found = (useful ? own : fore) || own || deed || carried(text.slice(0, start)) || figure.unit;
  return SHARE.test(found) ? `${carried(text.slice(0, clause.from))}${found}` : found;
}

/** 补贴由每例1200元提高到1800元: where it stood says nothing of what it is either. */
const MOVED = /(?:由|从)[^,;]{0,4}\d[^,;]*$/u;
/** …占比不低于工作时间的30%: what it is a share of says nothing of what it is. */
const MEASURED = /(?:不低于|不少于|不超过|不高于|至少|达到)[^,;]*$/u;
/** 每月排查不少于1次: a deed that is counted itself. */
const DEED = /(?:排查|走访|整改|收集|梳理|评选)$/u;
const SHARE = /^(?:占比|比例|比重|比率)$/u;
const BREAK =
  /^(?:的|对|将|在|与|和|每年|每月|每季度|每半年|每|半年|季度|全年|开展|组织|召开|举办|落实|成员)$/u;

/** Where a figure's own clause names nothing (…专项检查,每年不少于2次), the clause before does. */
const carried = (before: string): string => {
  const clause = before.split(/[,;:]/u).filter(Boolean).at(-1) ?? '';
  const [, done = ''] = /(?:开展|组织|举办|召开|进行)([^,;。\d]{2,10})$/u.exec(clause) ?? [];
  const named = headOf(done);
  if (named !== '' && /\d/u.test(clause)) return named;
  return headOf(clause.replace(MEASURED, '').replace(/\d.*$/u, '').replace(TRAILING, ''));
};

function headOf(phrase: string): string {
  const plain = phrase
    .replace(WHEN, '')
    .replace(HOW_OFTEN, '')
    .replace(/[“”"《》()、]/gu, ' ')
    .replace(LEADING, '')
    .trim();
  const tail = plain.split(/\s+/u).filter(Boolean);
  const compact =
    tail.length > 1 && (tail.at(-1) ?? '').length < 2 ? tail.slice(-2).join('') : (tail.at(-1) ?? '');
  const segments = [...words.segment(compact.replace(LEADING, '').replace(TRAILING, ''))].map(
    ({ segment }) => segment,
  );
  let head = '';
  for (const segment of segments.reverse()) {
    if (head.length + segment.length > LONGEST && head !== '') break;
    if (
      BREAK.test(segment) &&
      !(segment === '在' && /^[建线编]/u.test(head)) &&
      head.length > (segment === '组织' ? 3 : 0)
    )
      break;
    head = segment + head;
  }
  return head
    .replace(LEADING, '')
    .replace(/^(?:的|于|到|至)/u, '')
    .slice(-20);
}
