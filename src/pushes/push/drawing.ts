import type { Enclosed } from '../../chat/reply.ts';
import type { Issued } from '../../ledger/acts/bulletins.ts';
import { keep, type Paper } from '../../ledger/papers.ts';
import { bulletinPicture } from '../../reports/picture/bulletin.ts';
import type { Draft as Quarter } from '../../reports/quarter.ts';
import { titleOf } from '../../reports/titles.ts';
import { shownIn } from '../../reports/version.ts';
import { bulletinDraft } from '../../reports/word/bulletin.ts';
import type { Draft } from '../../reports/word/draft.ts';
import { render, WORD_TYPE } from '../../reports/word/render.ts';
import type { Look } from '../push.ts';

type Frozen = Pick<Quarter, 'figures' | 'enclosed'>;

/** The bulletin's picture and its document as their readers will see them; those of the draft where it has them. */
export async function enclosedWith(look: Look, { figures, enclosed }: Frozen): Promise<Enclosed[]> {
  if (enclosed.length > 0) return enclosed;
  const document = bulletinDraft(look.plan, figures);
  return [...(await pictureOf(look, figures)), ...(await documentOf(look, document, 'bulletin', 'system'))];
}

/** What goes out: the draft's picture, and the document as one that has been issued. */
export async function issuedWith(
  look: Look,
  { figures, enclosed }: Frozen,
  issued: Issued,
): Promise<Enclosed[]> {
  const drawn = enclosed.filter(({ kind }) => kind === 'picture');
  const picture = drawn.length > 0 ? drawn : await pictureOf(look, figures);
  const document = bulletinDraft(look.plan, figures, issued);
  return [...picture, ...(await documentOf(look, document, 'bulletin', 'system'))];
}

const pictureOf = (look: Look, figures: Quarter['figures']): Promise<Enclosed[]> =>
  kept(look, 'picture', () => bulletinPicture(shownIn(figures, 'system'), look.plan.org), {
    ...{ kind: 'bulletin', name: `${titleOf(figures)}.png`, type: 'image/png', level: 'system' },
  });

/** A Word document, kept as a paper. */
export const documentOf = (
  look: Look,
  draft: Draft,
  kind: string,
  level: Paper['level'],
): Promise<Enclosed[]> =>
  kept(look, 'file', () => render(draft), { kind, name: `${draft.name}.docx`, type: WORD_TYPE, level });

/** What was said goes out without its papers too, when they can't be made; the operator is told. */
async function kept(
  look: Look,
  kind: Enclosed['kind'],
  make: () => Promise<Uint8Array>,
  paper: Pick<Paper, 'kind' | 'name' | 'type' | 'level'>,
): Promise<Enclosed[]> {
  if (!look.draws) return [];
  const bytes = await make().catch((error: unknown) => {
    look.lacked(error, paper.name);
    return null;
  });
  if (bytes === null) return [];
  const { db, plan, now } = look;
  const id = await keep(db, { ...paper, planId: plan.id, bytes: Buffer.from(bytes), madeAt: now });
  return [{ kind, paper: id, name: paper.name, level: paper.level }];
}
