import { reasonIn, toldIn } from '../../chat/reason.ts';
import type { DossierEntry } from '../../ledger/views/dossier.ts';
import { ofInformants } from '../points.ts';

type Spoken = Pick<DossierEntry, 'act' | 'said' | 'leftOut'>;

/** The reason that an act was given; empty where it was given none, or where it doesn't stand in this paper. */
export const reasonOf = (entry: Spoken | undefined): string =>
  entry?.said == null || ofInformants(entry.said) ? '' : reasonIn(entry.said);

/** What was reported, or the reason given, in a list of all entries; why it doesn't stand there where it doesn't. */
export function saidIn({ act, said, leftOut }: Spoken): string {
  if (leftOut === 'sealed') return '(内容已封存)';
  if (leftOut === 'mixed') return '(与他项同条,见台账)';
  if (said === null) return '—';
  if (ofInformants(said)) return '(涉检举控告,不入卷)';
  return toldIn(act, said) || '—';
}
