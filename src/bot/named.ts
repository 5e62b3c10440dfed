import type { Understood } from '../chat/intent.ts';
import { tasksNamed } from '../chat/parse.ts';
import type { Said } from '../commands/command.ts';
import { inPrivate, notHere, type Refusal } from '../ledger/refusal.ts';
import { isMember, isWide, maySee } from '../ledger/rules/audience.ts';

/** `【2.3.2】廉洁防控措施`, of a task or of an indicator; nothing for what this person may not know of here. */
export function nameFor(code: string, { vocabulary, plan, person, place }: Said): string | undefined {
  const task = vocabulary.tasks.find((each) => each.code === code.split('/')[0]);
  const owner = task && plan.setup.owners.get(task.code);
  if (!owner) return undefined;
  const indicator = task.indicators.find((each) => each.code === code);
  const levels = [task.level, indicator?.level ?? task.level];
  const seen = levels.every((level) => maySee(level, owner, person, place) === 'yes');
  const owed = (indicator ? [indicator] : task.indicators).some(({ subject }) => subject === 'person');
  const isOwn = owed && isMember(person) && !isWide(place);
  return seen || isOwn ? `【${task.code}】${indicator?.label ?? task.title}` : undefined;
}

/** The refusal of what names a task by number that this person may not know of here; null where there is none. */
export function closedTo(said: Said, words: string): Refusal | null {
  const hidden = tasksNamed(words, said.vocabulary, said.today).filter(
    (code) => nameFor(code, said) === undefined,
  );
  if (hidden.length === 0) return null;
  const alone = said.alone();
  return hidden.every((code) => nameFor(code, alone) !== undefined) ? inPrivate() : notHere();
}

/** What was understood, its questions without what this person may not know of here. */
export const askable = (said: Said, understood: Understood[]): Understood[] =>
  understood.map((each) =>
    'ask' in each && each.options
      ? { ...each, options: each.options.filter((code) => nameFor(code, said) !== undefined) }
      : each,
  );
