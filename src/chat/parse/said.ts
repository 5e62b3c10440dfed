import type { Intent, Understood } from '../intent.ts';

/** Something for the ledger: no question, and not nothing. */
export const isIntent = (said: Understood): said is Intent => 'act' in said && said.act !== 'silent';

export const isProgress = (said: Understood): said is Intent => 'act' in said && said.act === 'progress';
