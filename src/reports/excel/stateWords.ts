import { lightWord, stateWord } from '../../chat/words.ts';
import { percent } from '../../ledger/rules/completion.ts';
import type { Seen } from '../../ledger/views/survey.ts';

/** Where a task stands, a line each; how late it is only where no column of its own says so. */
export function stateWords(task: Seen, overdueBy = 0): string {
  const light = task.state === 'closed' ? '' : lightWord(task.light, overdueBy).replace(/[【】]/g, '');
  const parts = [
    stateWord(task.state),
    ...(task.standing === 'listed' ? ['挂牌督办'] : []),
    ...(light === '' ? [] : [light]),
    ...(task.completion === null ? [] : [`完成度${percent(task.completion)}%`]),
  ];
  return parts.join('\n');
}
