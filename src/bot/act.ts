import type { Intent, Understood } from '../chat/intent.ts';
import { fitForGroup, folded } from '../chat/words.ts';
import { refusalFor } from '../commands/command/reach.ts';
import type { Command, Part, Said } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import { notUnderstood } from '../commands/unknown.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { isWide } from '../ledger/rules/audience.ts';
import { askBack } from './ask.ts';
import { inOne, tellSpeaker } from './compose.ts';
import { closedTo } from './named.ts';
import { refuseIfOver } from './over.ts';

/** One item: its command, its refusal or the question back. What one item meets doesn't touch the others. */
export async function act(said: Said, item: Understood): Promise<Part[]> {
  if ('ask' in item) return [askBack(item, said, false)];
  if (item.act === 'silent') return item.puzzled ? [notUnderstood(said)] : [];
  try {
    const command = commandFor(said, item);
    const closed = item.act === 'unknown' ? closedTo(said, item.words ?? said.origin.words) : null;
    if (closed !== null) throw closed;
    if (!command.heardAfterwards) refuseIfOver(said);
    const part = await command.run(said, item);
    return part === null ? [] : [command.tells ? { ...part, only: 'told' } : part];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isOutOfPlace = error.kind === 'inPrivate' && (await answeredAlone(said, item));
    const line = isOutOfPlace ? '已私信您。' : pieceOf(said, item, error) + refusalFor(said, error);
    return [{ lines: [line], only: 'told', ...aboutOf(item, error) }];
  }
}

/** A refusal that names its task is about it; what may not be told here, or isn't there, leaves 这项 without a meaning. */
function aboutOf({ task }: Intent, { kind, message }: Refusal): Pick<Part, 'task'> {
  if (task !== undefined && message.startsWith(`【${task}】`)) return { task };
  return task === undefined && kind === 'said' ? {} : { task: null };
}

/** Of several figures which one it was, in the speaker's own words; what no group may read isn't said again in one. */
function pieceOf({ place }: Said, { piece = '' }: Intent, { message }: Refusal): string {
  const isNamed = piece !== '' && !message.startsWith('【') && (!isWide(place) || fitForGroup(piece));
  return isNamed ? `“${folded(piece, 24)}”未记录:` : '';
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
