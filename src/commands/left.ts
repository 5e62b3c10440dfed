import { folded } from '../chat/words.ts';
import type { Part } from './command.ts';

/** So many of the pieces that don't count are named, and so much of each. */
const NAMED = 3;
const PIECE = 24;

/** What of a message nothing was made of. Of one's own matters no words are repeated. */
export function leftPart(left: string[], isOwn: boolean): Part[] {
  if (left.length === 0) return [];
  const named = left.slice(0, NAMED).map((piece) => `「${folded(piece, PIECE)}」`);
  const what = isOwn ? '另有内容' : `${named.join('')}${left.length > NAMED ? `等${left.length}处` : ''}`;
  return [{ only: 'told', lines: [`未计入:${what}。要登记的请写明指标和数,另发一条。`] }];
}
