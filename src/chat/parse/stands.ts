import { happened, isSingleDay } from './dates.ts';
import type { Finding } from './findings.ts';
import type { Context } from './naming.ts';
import { allIn, type Portion } from './portions.ts';
import type { Reading } from './reading.ts';
import { isProgress } from './said.ts';
import type { Token } from './tokens.ts';

/** The tokens that what was read of a figure stands for: its own, and the days of the item that reach it. */
export const standsFor = (
  finding: Finding,
  portion: Portion,
  reading: Reading,
  dates: readonly Token[],
  context: Context,
): Token[] =>
  [...allIn(portion).filter((token) => !isMoney(token)), ...datesOf(reading, dates)].filter(
    (token) => !isOtherDay(token, finding, context),
  );

/** 3月14日召开交流会、4月9日督查1次: the day in front is another thing's. */
const isOtherDay = (token: Token, { said }: Finding, { scene }: Context): boolean =>
  token.is === 'when' &&
  !token.aside &&
  isSingleDay(token.when) &&
  isProgress(said) &&
  said.on !== undefined &&
  said.on !== happened(token.when, scene.today);

/** 投入3万元 beside a figure is none of it. */
const isMoney = (token: Token): boolean =>
  token.is === 'figure' && token.figure.form === 'other' && /[元块]/u.test(token.text);

/** The days said elsewhere in the item that reach the figure. */
export const datesOf = ({ manner }: Reading, dates: readonly Token[]): Token[] =>
  dates.filter((token) => token.is === 'when' && manner.whens.includes(token.when));
