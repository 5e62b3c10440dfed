import { clausesOf } from './clause.ts';

/** What happened before, or is the case anyhow, is no promise. */
const PAST =
  /(?<![较比与同])(?:去年|上年度?)|近年来|近[一二两三\d]+年|以来|此前|曾经?|已(?:经|累计)?(?!达到?|满)\p{Script=Han}{1,8}|现有|目前/u;

/** A sentence that begins so goes on with how things are, until it turns to what is to be done. */
const TELLING =
  /^(?:截至|截止|去年|上年|近年来|目前|此前|现有|经(?:核?查|排查|梳理)|(?:排查|督察|巡察|检查|审计)发现|(20\d\d)年(?!\d))/u;
const TURNING =
  /今年|全年|年内|计划|力争|确保|余下|剩余|其余|每[年月周季]|\d月(?:\d{1,2}日|底|末|[上中下]旬)?(?:以|之|底)?前|季度末|年底前|将/u;

/** Whether the words at this place tell of what was, in a plan for `year`. */
export function isPast(text: string, at: number, year: number): boolean {
  let telling = false;
  for (const { from, words } of clausesOf(text)) {
    if (from === 0 || /[。;]/u.test(text[from - 1] ?? '')) telling = false;
    const [mark, told] = TELLING.exec(words.trim()) ?? [];
    if (mark !== undefined && (told === undefined || Number(told) < year)) telling = true;
    else if (TURNING.test(words)) telling = false;
    if (at < from + words.length) return telling || PAST.test(words.slice(0, at - from));
  }
  return false;
}
