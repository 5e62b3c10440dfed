import type { Intent, Understood } from '../chat/intent.ts';
import { fitForGroup, folded } from '../chat/words.ts';
import { refusalFor } from '../commands/command/reach.ts';
import type { Command, Part, Said } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import { notUnderstood } from '../commands/unknown.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { isWide } from '../ledger/rules/audience.ts';
import { codesIn } from '../ledger/rules/code.ts';
import { askBack } from './ask.ts';
import { inOne, tellSpeaker } from './compose.ts';
import { closedTo } from './named.ts';
import { refuseIfOver } from './over.ts';
import type { Question } from './question.ts';

/** What came of an item, and what the next message may say of it by itself. */
export interface Done {
  parts: Part[];
  open?: Question;
}

/** One item, of the words that were read: its command, its refusal or the question back. What one item meets doesn't touch the others. */
export async function act(said: Said, item: Understood, read: string): Promise<Done> {
  if ('ask' in item) return { parts: [askBack(item, said, false)] };
  if (item.act === 'silent') return { parts: item.puzzled ? [notUnderstood(said)] : [] };
  try {
    const command = commandFor(said, item);
    const closed = item.act === 'unknown' ? closedTo(said, item.words ?? said.origin.words) : null;
    if (closed !== null) throw closed;
    if (!command.heardAfterwards) refuseIfOver(said);
    const part = await command.run(said, item);
    if (part === null) return { parts: [] };
    const parts: Part[] = [command.tells ? { ...part, only: 'told' } : part];
    return part.choices ? { parts, open: choiceOf(part.choices) } : { parts };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isOutOfPlace = error.kind === 'inPrivate' && (await answeredAlone(said, item));
    const line = isOutOfPlace ? '已私信您。' : pieceOf(said, item, error) + refusalFor(said, error);
    const parts: Part[] = [{ lines: [line], only: 'told', ...aboutOf(item, error) }];
    return { parts, ...lackOf(item, read, error) };
  }
}

const choiceOf = (choices: NonNullable<Part['choices']>): Question => ({
  ask: 'meaning',
  readings: choices.map(({ intent }) => [intent]),
  numbers: choices.map(({ number }) => number),
});

/** What alone was missing is waited for, with the words to read it in; these name their task by themselves. */
function lackOf(item: Intent, read: string, { lacks }: Refusal): Pick<Done, 'open'> {
  const { task, indicator, words = read } = item;
  if (lacks === 'amount' && indicator !== undefined)
    return { open: { ask: 'amount', indicator, item: words } };
  if (lacks !== 'reason') return {};
  const isNamed = task === undefined || codesIn(words).includes(task) || words.includes(task);
  return { open: { ask: 'meaning', item: isNamed ? words : `${task} ${words}`, reason: item } };
}

/** A refusal that names its task is about it; what may not be told here, or isn't there, leaves 这项 without a meaning. */
function aboutOf({ task }: Intent, { kind, message }: Refusal): Pick<Part, 'task'> {
  if (task !== undefined && message.startsWith(`【${task}】`)) return { task };
  return task === undefined && kind === 'said' ? {} : { task: null };
}

/** Of several figures which one it was, in the speaker's own words; what no group may read isn't said again in one. */
function pieceOf({ place }: Said, { piece = '' }: Intent, { message }: Refusal): string {
  const isNamed = piece !== '' && !message.startsWith('【') && (!isWide(place) || fitForGroup(piece));
  return isNamed ? `“${folded(piece, 24)}”${message.startsWith('未记录') ? '' : '未记录:'}` : '';
}

/** What may not be told here goes to the asker one to one, where that is possible; an act is never done from here. */
async function answeredAlone(said: Said, item: Intent): Promise<boolean> {
  const alone = said.alone();
  const command = commands[item.act];
  if (!command.tells || said.place === 'single' || !command.may(alone)) return false;
  const part = await command.run(alone, item).catch((error: unknown) => {
    if (error instanceof Refusal) return { lines: [error.message] };
    throw error;
  });
  return part !== null && tellSpeaker(said, inOne([part]), item.task ?? '');
}

function commandFor(said: Said, { act }: Intent): Command {
  const command = commands[act];
  if (command.may(said)) return command;
  throw command.may({ ...said, place: 'single' }) ? inPrivate() : notHere();
}
