import type { Act } from '../../chat/intent.ts';
import type { Command, Said } from '../command.ts';
import { filled, ownOf } from './own.ts';

export type Usage = Pick<Command, 'help' | 'examples'>;

/** How this person writes a command here: some are told less of it than others. */
export function told(command: Command, said: Said): Usage {
  const { help, examples } = command.hints?.(said) ?? command;
  const own = ownOf(said);
  return { help: filled(help, own) ?? help, examples: examples.flatMap((each) => filled(each, own) ?? []) };
}

/** Whether this person may say it here, and it is one that people are told of. */
export const isTheirs = (command: Command, said: Said): boolean =>
  command.help !== '' &&
  command.may(said) &&
  (command.suits?.(said) !== false || command.hints !== undefined);

/** The way a command is written, for who may say it here. */
export function usageOf(said: Said, act: Act | undefined): Usage | null {
  const command = act && said.commands[act];
  return command && isTheirs(command, said) ? told(command, said) : null;
}

/** The verb that a command is called by; one that begins with a task's number, by all that is typed. */
export function wordOf({ help }: Usage): string {
  const [usage = ''] = help.split(':');
  return usage.startsWith('任务编号') ? usage : (usage.split(/[ ,]/)[0] ?? usage);
}
