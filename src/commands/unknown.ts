import type { Command } from './command.ts';

export const unknown: Command = {
  act: 'unknown',
  help: '',
  examples: [],
  may: () => true,
  run: async () => ({ lines: ['没有看懂,未记录。请写任务编号和进展,如「4.3.2 演练+1」;写法见「帮助」。'] }),
};
