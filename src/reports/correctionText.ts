import { codesIn, TASK } from '../ledger/rules/code.ts';

const QUARTER = '(?:(?:20\\d\\d年?)?\\s*第?[一二三四1-4]季度?)';
const BULLETIN = `${QUARTER}?\\s*(?:季度?)?通报`;

/** What is said besides the correction itself: the command, whom it is said to, the quarter that it is of. */
const COMMAND = new RegExp(
  `^.*?(?:更正\\s*${BULLETIN}|${BULLETIN}的?更正)(?:[\\s::,,]*${QUARTER}(?:通报)?)?[\\s::,,]*`,
);

/** A task named by its number is marked as one, so that everybody sees what the line is about. */
const NUMBER = new RegExp(` ?(?<![\\d.])(${TASK})(?![\\d.]) ?`, 'g');

/** What a bulletin's correction says, as everybody will read it, from the office's words in one line; empty where they say nothing. `command` is what names the bulletin. */
export function correctionText(words: string): { command: string; said: string; tasks: string[] } {
  const [command = ''] = COMMAND.exec(words) ?? [];
  const said = words.slice(command.length).replace(NUMBER, '【$1】');
  return { command, said, tasks: codesIn(said) };
}
