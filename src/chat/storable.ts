/**
 * Words that aren't stored at all: identity and telephone numbers, marks of 国家秘密 and who reported whom, however they
 * are spaced. The reply to them says so and repeats nothing.
 */
export function mayStore(text: string): boolean {
  const plain = tidied(text);
  return (
    ![...marks, ...numbers, INFORMANTS].some((pattern) => pattern.test(plain)) &&
    !identities(plain).some(isIdentity)
  );
}

/**
 * Words about a report against somebody (举报, 检举): of these only how many came in and were settled is kept. Where they
 * can be sent to isn't one of them.
 */
export const tellsOfReport = (text: string): boolean => REPORT.test(tidied(text));

/** What may stand beside the numbers of reports that came in and were settled, and tells of nobody. */
const COUNTING =
  /举报|检举|控告|问题线索|受理|办结|办理|核查|转办|收到|接到|新收|新增|累计|截至|目前|今年|本年|本月|上月|本季度?|上半年|下半年|[一二三四]季度|其中|全部|电话|信件|来信|来访|网络|群众|信访|专项监督|监督检查|检查|开展|更正|撤回|应为|改为|未办结|正在|尚未|还有|达到|占比/gu;

/** Whether words about reports hold more than how many: whom they are about, what of. Nothing of these is kept. */
export const tellsWhom = (text: string): boolean =>
  tellsOfReport(text) &&
  /\p{Script=Han}{3}/u.test(
    tidied(text)
      .replace(COUNTING, ' ')
      .replace(/[件次起条个率月日年季度共已均都又再了的数为是至计]/gu, ' '),
  );

/** One width, nothing invisible, blanks of one kind. */
const tidied = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Mn}\p{Co}]/gu, '')
    .replace(/[^\S\n]+/g, ' ');

const numbers = [
  /(?<!\d)\d{17}[\dXx](?!\d)/,
  // An identity number of the old kind: a date in its middle.
  /(?<!\d)\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)/,
  /(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ .·_—-]{0,2}\d{4}[ .·_—-]{0,2}\d{4}(?!\d)/,
  /(?<![\d.])1[3-9]\d{2} \d{3} \d{4}(?!\d)/,
  /(?<!\d)1 [3-9](?: \d){9}(?![ ]?\d)/,
  /(?<![\d.])\(?0\d{2,3}[) -]{1,2}[2-9]\d{2,3}[ -]?\d{4}(?!\d)/,
  /(?<![\d.])0[1-9]\d{8,10}(?!\d)/,
  /(?<!\d)[48]00[ -]?\d{3}[ -]?\d{4}(?!\d)/,
  // Read out: 幺三八零零…, eleven figures and no other word.
  /(?<![零〇一二三四五六七八九])[一幺壹][三四五六七八九][零〇一二三四五六七八九幺两 ]{9,12}/,
  /(?:电话|手机|座机|联系方式|致电|微信号)[^\d\n]{0,6}[2-9]\d{2,3}[ -]?\d{4}(?!\d)/,
];

/** Eighteen digits in groups, wherever such a run may begin. */
const identities = (text: string): string[] =>
  [...text.matchAll(/(?<!\d)(?=((?:\d[ ·_—–-]?){17}[\dXx])(?!\d))/g)].map(([, found = '']) =>
    found.replace(/[^\dXx]/g, ''),
  );

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether it holds a birthday and its last sign checks the others: figures side by side hardly do so. */
function isIdentity(digits: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0);
  const dated = /^\d{6}(?:19\d\d|20[01]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits);
  return dated && '10X98765432'.charAt(sum % 11) === digits.charAt(17).toUpperCase();
}

/** What may stand between the two characters of a mark without hiding it. */
const GAP = '[ .·*_—-]{0,2}';
/** 随机密码 and 手机密切 are no marks. */
const WORD_GOES_ON = '(?![码钥切集度封闭布林植排谋])';

const marks = [
  RegExp(`绝${GAP}密${WORD_GOES_ON}`, 'u'),
  RegExp(`机${GAP}密${WORD_GOES_ON}`, 'u'),
  RegExp(`(?<!保${GAP})秘${GAP}密 ?(?:[★☆*]|级|文件|件|文电|公文|载体|\\d+ ?年)`, 'u'),
  RegExp(`[【〔\\[({<《"'「『] ?秘${GAP}密 ?[】〕\\])}>》"'」』]`, 'u'),
  RegExp(`(?<![^\\s:])秘${GAP}密(?![^\\s。])`, 'u'),
  /密 ?级 ?(?:[::]|[是为定]|秘|内部)/u,
  RegExp(`(?:定为|标注为?|属于?|列为) ?(?:国家)?秘${GAP}密`, 'u'),
];

const REPORT = RegExp(
  `(?:${['举报', '检举', '控告', '问题线索'].map((word) => [...word].join(GAP)).join('|')})(?!电话|邮箱|信箱|渠道|平台|网站|途径|方式|制度|办法|机制|奖励)`,
  'u',
);

/** People on either side of a report. How many reports there were (举报人次, 举报人数, 举报人均) may be told. */
const INFORMANTS = RegExp(
  `(?:${['举报人', '检举人', '控告人', '被反映人'].map((word) => [...word].join(GAP)).join('|')})(?!次|均|数(?!次))`,
  'u',
);
