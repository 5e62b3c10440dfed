import type { Draft } from './draft.ts';

export const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The Word file of a draft. What sets it is large, and loaded with the first one. */
export async function render(draft: Draft): Promise<Uint8Array> {
  const { typeset } = await import('./typeset.ts');
  return typeset(draft);
}
