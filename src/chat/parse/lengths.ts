import type { VocabularyIndicator } from '../intent.ts';
import { textIn } from './clauses.ts';
import { namesIn } from './naming.ts';
import type { FiguredPortion } from './portions.ts';

/** 党组会85分钟, 局务会开了75分钟: how long a meeting took is of what sets a limit to that. */
export const isLength = ({ figure, before }: FiguredPortion, { kind, unit }: VocabularyIndicator): boolean =>
  kind === 'limit' &&
  figure.unit === unit &&
  /会议?(?:时长|共|用时|历时|持续|开)?了?$/u.test(textIn(before.filter(({ is }) => is !== 'when'))) &&
  // 会议 is a side of a ratio as well.
  namesIn(before).every((uses) => uses.every(({ role }) => role === 'numerator' || role === 'denominator'));
