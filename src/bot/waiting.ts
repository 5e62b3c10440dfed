import type { Message } from '../chat/message.ts';
import { mayStore } from '../chat/storable.ts';
import { folded } from '../chat/words.ts';
import type { Said } from '../commands/command.ts';
import { want } from '../ledger/files/fetching.ts';
import type { Seal } from '../ledger/seal.ts';
import type { Attached } from './attach.ts';
import type { Question } from './question.ts';

/** The files of a message, to be fetched after its transaction; their sources stand under seal. */
export async function wanted(
  { tx, plan, person, origin, now }: Said,
  message: Message,
  seal?: Seal,
): Promise<number[]> {
  const { platform, id: messageId } = message;
  if (!message.files || !seal) return [];
  const from = { planId: plan.id, personId: person.id, platform, chat: origin.chat ?? '', messageId };
  const rows = message.files.map(({ kind, name = '', source }) => ({
    ...from,
    ...{ kind, name: mayStore(name) ? folded(name, 80) : '', sealedSource: seal.close(source) },
  }));
  return want(tx, rows, now);
}

/** What still waits to be told what it stands behind is asked about again with whatever else is asked. */
export const keeping = (question: Question | null, { left, alone }: Attached): Question | null =>
  left.length === 0
    ? question
    : { ...(question ?? { ask: 'meaning', ...(alone ? { alone } : {}) }), files: left };

/** What is dropped unanswered. */
export function droppedWord({ item, readings, files }: Question): string {
  const what = [...((item ?? readings) === undefined ? [] : ['上一问']), ...(files ? ['所发附件'] : [])].join(
    '和',
  );
  return `${what}不再等回复,未记录。要撤回已登记的,请再发「撤回」。`;
}
