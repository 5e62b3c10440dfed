import type { DossierEntry } from '../../ledger/dossier.ts';
import { ofInformants } from '../points.ts';
import { quoted } from './marks.ts';

/** An entry's words in a paper, or why they don't stand there. */
export function saidIn({ said, leftOut }: Pick<DossierEntry, 'said' | 'leftOut'>): string {
  if (leftOut === 'sealed') return '(原话已封存)';
  if (leftOut === 'mixed') return '(与他项同条,原话见台账)';
  if (said === null) return '—';
  return ofInformants(said) ? '(涉检举控告,不入卷)' : quoted(said);
}
