// Stand-in until the grammar is here: codes and explicit figures only. To be replaced whole.
import type { Scene, Understood, Vocabulary } from './intent.ts';

export function understand(text: string, _scene: Scene, vocabulary: Vocabulary): Understood[] {
  const words = vocabulary.botNames
    .reduce((rest, name) => rest.replaceAll(`@${name}`, ' '), text.normalize('NFKC'))
    .trim();
  const simple = { 我的: 'mine', 总览: 'overview', 帮助: 'help', 收到: 'ack' } as const;
  for (const [word, act] of Object.entries(simple)) if (words === word) return [{ act }];
  if (words.startsWith('撤回')) {
    const task = /\d\.\d\.\d/.exec(words)?.[0];
    return [{ act: 'undo', ...(task === undefined ? {} : { task }) }];
  }
  if (words.startsWith('清单')) return [{ act: 'ledger', about: words.slice(2).trim() }];
  const code = /(\d\.\d\.\d|G\d)/.exec(words)?.[0];
  if (code === undefined) return [{ act: 'unknown' }];
  if (words.startsWith('查')) return [{ act: 'show', task: code }];
  if (words.startsWith('记录')) return [{ act: 'history', task: code }];
  const task = vocabulary.tasks.find((each) => each.code === code);
  const rest = words.slice(words.indexOf(code) + code.length);
  const found = [...rest.matchAll(/([\p{L}]+?)\s*(累计|\+)\s*(\d+(?:\.\d+)?)(?:\/(\d+))?/gu)];
  if (found.length === 0) return [{ act: 'note', task: code, note: rest }];
  return found.map(([, label, op, value]) => {
    const indicator = task?.indicators.find((each) => [each.label, ...each.aliases].includes(label ?? ''));
    if (!indicator) return { ask: 'indicator' as const, item: rest };
    return {
      act: 'progress' as const,
      task: code,
      indicator: indicator.code,
      op: op === '+' ? ('add' as const) : ('set' as const),
      value: Number(value),
    };
  });
}
