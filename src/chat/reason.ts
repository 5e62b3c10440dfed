import type { EntryAct } from '../ledger/terms.ts';
import { folded, unaddressed } from './words.ts';

/** Where a command's own words end: at a blank, a mark, a code or the end. */
const END = '(?=$|[\\s,,。;;::、【#(\\d]|第\\d)';
const CODE =
  /^(?:【?(?:\d{1,2}(?:[.-]\d{1,2}){2}|\d[.-]\d)(?!\d)】?|[Gg]\d{1,2}|第\d{1,3}项|#\d{1,3}|\d{1,3}号|[一二三四五六七八九十]*[((][一二三四五六七八九十]+[))]\d{1,2})/u;
const GREETING = /^(?:收到|好的?|行|嗯|可以|OK)[,,。!!\s]+/iu;
const PROXY = /^代\S{2,12}(?:科|室|办|委|组|中心)[\s,,::]+/u;
const REASON = /^(?:理由|原因|说明|意见|事项)(?:[::]|\s+|是)/u;
const MARKS = /^[\s,,。;;::、]+/u;
const VERBS = [
  `(?:我|现|拟|请|提请)?(?:不予?同意|不批准?|不予(?:销号|通过|批准)?|不通过|同意|批准|准予|坚持|申请|审核|核验|初审|驳回|退回|打回)?` +
    '(?:申请|提交)?(?:销号|挂牌(?:督办)?|摘牌|延期|通过|整改|补充|重办)',
  '(?:不予?同意|不批准?|不通过|同意|批准|准予|坚持(?:申请)?|申请|驳回|退回|打回|议定|交办|确认|撤回|回头看|巩固|反弹|静音|通过)',
].map((words) => RegExp(`^${words}${END}`, 'u'));
/** What a report may begin with, where it is of a kind of its own; in a reason the same words are part of it. */
const KIND = RegExp(`^(?:更正|节点|期初|佐证|现场核验|已召开)${END}`, 'u');

const DAY = String.raw`(?:20\d\d[-/.年])?(?:\d{1,2}[-/.月]\d{1,2}[日号]?|\d{1,2}月底?|(?:本|下)?(?:月|季度?|年)底|(?:下|本)?周[一二三四五六日]|明天)`;
/** By when it is to be done stands in a field of its own. */
const TERM = RegExp(`(?:^|[\\s,,])(?:[至到]\\s*${DAY}(?:之前|前)?|${DAY}(?:之前|前))(?=$|[\\s,,。;;])`, 'gu');
const ASKED = /[,,。;;\s]*(?:现|特此|请予)?(?:申请|请予|予以)销号[。\s]*$/u;
/** A figure told in the same breath stands with the figures. */
const FIGURE = /^\S{0,12}[++]\s*\d+\S{0,4}$/u;

/**
 * What an act was given as its reason, without the command in which it was typed: 挂牌 5.1.1 逾期较久 至5月29日 gives
 * 逾期较久. Empty where it was given none. The acts' own fields (task, decision, days) say the rest.
 */
export function reasonIn(said: string): string {
  const plain = bare(bare(said).replace(TERM, ' ')).replace(ASKED, '');
  const clauses = plain.split(/[,,;;\n]/u).map((each) => each.trim());
  const told = clauses.filter((each) => each !== '' && !FIGURE.test(each) && bare(each) !== '');
  return folded(told.join(','), Number.POSITIVE_INFINITY).replace(/[。\s]+$/u, '');
}

/** What is to be done, without by when; of several steps each keeps its day. */
export const withoutTerm = (said: string): string =>
  said.match(TERM)?.length === 1 ? said.replace(TERM, ' ').trim() : said;

/** Acts whose words are the report itself; those of the others are a reason at most. */
const reports: readonly EntryAct[] = [
  'progress',
  'note',
  'correct',
  'evidence',
  'inspect',
  'baseline',
  'node',
  'held',
];

/** What an entry's words add to what it says was done; empty where they were only the command. */
export const toldIn = (act: EntryAct, said: string): string =>
  reports.includes(act) ? reportIn(said) : reasonIn(said);

/** What somebody reported, without the call to the bot, the report's kind and the task's code before it. */
export const reportIn = (said: string): string => folded(bare(said, [KIND]), Number.POSITIVE_INFINITY);

function bare(said: string, more: RegExp[] = []): string {
  let left = unaddressed(said).trim();
  for (let before = ''; before !== left; ) {
    before = left;
    for (const part of [GREETING, PROXY, CODE, ...VERBS, ...more, REASON, MARKS])
      left = left.replace(part, '');
  }
  return left;
}
