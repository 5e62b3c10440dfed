import { spelledRight } from './spelling.ts';

/** What NFKC would turn into a digit beside the next one: ①, ⑴, ⒈, keycaps. They number items and are no figures. */
const LIST_MARKS = /[\u2460-\u249B\u24EA-\u24FF\u2776-\u2793]|[0-9]\uFE0F?\u20E3/gu;
/** ² and ½ are parts of units and fractions, never a digit of the number before them. */
const RAISED = /[\u00B2\u00B3\u00B9\u2070-\u2089\u00BC-\u00BE\u2150-\u215F㎡㎥]/gu;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu;
/** Faces as the two platforms hand them over: [强], [OK], [抱拳]; [转发] and [聊天记录] stand over what others said. */
const FACES = /\[(?!转发|聊天记录)(?:[\p{Script=Han}]{1,4}|[A-Za-z]{1,6})\]/gu;

/**
 * A text as the grammar reads it: one width, one kind of each punctuation mark, no mention of the bot, no faces, no
 * invisible characters, single blanks, lines trimmed.
 */
export function tidy(text: string, botNames: readonly string[]): string {
  const plain = text
    .replace(/[➕﹢]/gu, '+')
    .replace(/[√✓✔☑✅]\uFE0F?/gu, '√')
    .replace(LIST_MARKS, '\n')
    .replace(RAISED, ' ')
    .replace(/(?<![\d+,])(\d{1,3}),(\d{3})(?![\d,])/g, '$1$2')
    .normalize('NFKC')
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[\p{Cf}\p{Cc}\p{Co}\p{Cs}\p{Mn}]/gu, (mark) => (mark === '\n' ? mark : ''))
    .replace(EMOJI, ' ')
    .replace(FACES, ' ');
  return spaced(unmentioned(marked(spelledRight(plain)), botNames));
}

const marked = (text: string): string =>
  text
    .replace(/[\u2010-\u2015\u2212~]/gu, '-')
    .replace(/[“”„‟]/gu, '"')
    .replace(/[﹒｡]/gu, '。')
    .replace(/(?<![.\d-])(\d{1,4}) (?=[年月日号])/g, '$1')
    .replace(/([年月]) (?=\d)/g, '$1')
    // 3。2。1 and 3·2·1 are codes; a full stop after a figure isn't part of one.
    .replace(/(?<![\d.+])([1-9])[。·•‧]([1-9])(?:[。·•‧]([1-9]))?(?![\d.。])/gu, (_, ...parts: unknown[]) =>
      parts.slice(0, 3).filter(Boolean).join('.'),
    )
    .replace(/[〔[(](\d{4})[〕\])](?=\D{0,2}\d{1,4}号)/gu, '〔$1〕');

/** The bot's name is an address wherever it is mentioned, and at the head of a text also without the @. */
function unmentioned(text: string, botNames: readonly string[]): string {
  let rest = text;
  for (const name of [...botNames].sort((one, other) => other.length - one.length)) {
    const plain = name.normalize('NFKC');
    if (plain === '') continue;
    rest = rest.replaceAll(`@ ${plain}`, ' ').replaceAll(`@${plain}`, ' ').trimStart();
    if (rest.startsWith(plain) && /^[\s,:!]/.test(rest.slice(plain.length))) {
      rest = rest.slice(plain.length + 1);
    }
  }
  return rest;
}

const spaced = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
