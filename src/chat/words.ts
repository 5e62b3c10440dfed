import { type Day, dayOf, spoken, timeOf, weekday } from '../ledger/days.ts';
import type { Audience, Light, TaskState } from '../ledger/terms.ts';

/** Marks that change how a text runs or shows without being seen: controls, bidi, zero width, joiners. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu;

/** Words typed by a person, made fit to stand inside one line of ours. */
export function folded(text: string, most = 60): string {
  const line = text
    .toWellFormed()
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(HIDDEN, '')
    .replace(/[「」]/g, '"')
    // Nobody's words are a link, not even one to the bureau's own pages.
    .replace(/:(?=\/\/)/g, '\uff1a')
    .replace(/[【】]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

/** Words without the mention of the bot that they begin with. */
export const unaddressed = (text: string): string => text.replace(/^\s*@\S+\s+/, '');

/** The one frame in which a person's words are shown. */
export const framed = (name: string, section: string, text: string, most?: number): string =>
  `${name}${section === '' ? '' : `(${section})`}:「${folded(unaddressed(text), most)}」`;

const DAY = '(?:\\d{1,4}(?:年|月|-\\d|/\\d)[\\d年月日号\\-/]*|月底|年底)(?:底|之?前)*';
const DATED = new RegExp(`^\\s*(?:[至到]\\s*)?${DAY}[\\s,,;;。]*|[\\s,,;;]*[至到]\\s*${DAY}\\s*$`, 'gu');

/** The reason in what follows a command, without the day that is told beside it. */
export const undated = (note: string): string => note.replace(DATED, '');

/** A day alone is no reason. */
export const hasReason = (note: string | undefined): boolean =>
  /\p{Script=Han}/u.test((note ?? '').replace(/[至到]?\s*[\d年月日号\-./]+(?:底|前)*|月底|年底/g, ''));

export const unstorable = '该内容未记录,请按保密规定线下办理。';

/** To words about a report against somebody. */
export const countsOnly = `${unstorable}举报只记受理数和办结数。`;

/** Words and matters that never appear in a group, from whichever task (the model texts' list). */
const NEVER_IN_A_GROUP =
  /举报|问责|查处|处分|谈话|提拔|倒查|个人有关事项|家属|党性分析|无权|错误|失败|非法|责令|立即|敷衍|虚假|倒数|垫底|点名|未读|拒不/;

/** A word stays that word with a blank or something invisible in it. */
export const fitForGroup = (text: string): boolean =>
  !NEVER_IN_A_GROUP.test(text.normalize('NFKC').replace(/(?!\n)[\s\p{Cc}\p{Cf}\p{Co}]/gu, ''));

const JOURNEY =
  /(?:[去到赴往下在]|陪同?)[^,,。;;]{0,14}(?:调研|走访|慰问|督导|督查|检查|考察|接访|指导|开会)|下基层|行程|出差/u;
const LED = /书记|局长|组长|班子|领导/u;

/** Where a leader goes, in his own words or in others' of him: typed words that tell of it are quoted in no group. */
export const tellsOfJourney = (text: string, byLeader: boolean): boolean =>
  JOURNEY.test(text) && (byLeader || LED.test(text));

/** Of a year whose notice isn't known yet. */
export const provisionalWord = (year: number): string => `${year}年放假安排尚未导入,暂按周末和法定假日推算。`;

/** The light in words; colour alone never carries it. */
export function lightWord(light: Light | null, overdueBy = 0, hue?: string): string {
  if (light === 'red') return `【${hue ?? '红'}·逾期${overdueBy > 0 ? `${overdueBy}个工作日` : ''}】`;
  if (light === 'yellow') return `【${hue ?? '黄'}·滞后】`;
  if (light === 'blue') return `【${hue ?? '蓝'}·临期】`;
  return '';
}

export const stateWord = (state: TaskState): string =>
  ({ pending: '未启动', active: '推进中', submitted: '已申请销号', closed: '已销号' })[state];

/** `五` of a Friday, for 周五 and 星期五. */
export const weekdayName = (day: Day): string => '一二三四五六日'[weekday(day) - 1] ?? '';

export const dayWord = (day: string | null): string => (day === null ? '待明确' : spoken(day));

const yearDay = (day: Day): string => `${day.slice(0, 4)}年${spoken(day)}`;

/** A deadline; with its year where that isn't the year in which it is read. */
export const dueWord = (deadline: Day | null, today: Day): string =>
  deadline !== null && deadline.slice(0, 4) !== today.slice(0, 4) ? yearDay(deadline) : dayWord(deadline);

/** `3月31日→4月30日`; with the years where they are two. */
export const movedWord = (from: Day, to: Day): string =>
  from.slice(0, 4) === to.slice(0, 4) ? `${spoken(from)}→${spoken(to)}` : `${yearDay(from)}→${yearDay(to)}`;

/** Plain digits, without needless decimals. */
export const figureWord = (value: number): string => String(Math.round(value * 10_000) / 10_000);

/** `【4.2.1】【5.1.1】等12项`: so many codes stand on a line, the rest is counted; empty for none. */
export function codesWord(codes: readonly string[], most = 10): string {
  const named = codes.slice(0, most).map((code) => `【${code}】`);
  return codes.length > most ? `${named.join('')}等${codes.length}项` : named.join('');
}

export const noReplyNeeded = '【无需回复】';
export const replyWith = (bot: string): string => `【有进展请@${bot} 回复编号和进展,暂无进展无需回复】`;
/** Ends what waits for the reader's own decision or deed. */
export const answerWith = (bot: string): string => `【办理请@${bot} 按上述写法回复】`;

/** `4月9日 16:05`, as the clock on the wall of the zone shows it. */
export const spokenAt = (instant: Date, zone: string): string =>
  `${spoken(dayOf(instant, zone))} ${timeOf(instant, zone)}`;

/** What has to stand before words in a group, which otherwise never get to the bot; its names may differ by platform. */
export const mentionOf = (botNames: readonly string[]): string =>
  [...new Set(botNames)].map((name) => `@${name}`).join('或');

/** What a group is for, as it is said in 登记本群. */
export const purposes: Record<Audience, string> = {
  leaders: '领导小组',
  office: '整改办',
  system: '全系统',
  section: '科室',
};
