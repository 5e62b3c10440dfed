import { type Fault, judge, type Line } from '../../crash/history.ts';
import type { Poured } from './pour.ts';

/** A platform waits for so many milliseconds. */
export const LONGEST = 5_000;

/** The design's own words; a receipt is held against the ledger by `judge`. */
const denial =
  /^台账暂时没有响应,(这条消息未记录。请稍后|本次未记录。请稍后先发「记录 \d+(\.\d+)+」核对,没有记录再)重新发送。$/;
const doubt = /^暂不能确认是否已记录,请稍后发「记录 \d+(\.\d+)+」核对,勿直接重发。$/;

export const isDenied = ({ told }: Poured): boolean => told.some(({ text }) => denial.test(text));
export const isUnsure = ({ told }: Poured): boolean => told.some(({ text }) => doubt.test(text));
export const isRecorded = ({ told }: Poured): boolean => told.some(({ text }) => text.includes('已记录【'));

export type Finding = Omit<Fault, 'what'> & { what: string };

/** Everything that people were told and how long that took, held against the whole ledger. */
export function check(poured: Poured[], ledger: Line[]): Finding[] {
  const written = new Set(ledger.map(({ messageId }) => messageId));
  // No copy goes before what these are told, so that it is a denial whichever of the words they hear.
  const hidden = poured.filter((one) => isDenied(one) && written.has(one.update.id));
  return [
    ...judge(poured, ledger),
    ...poured.flatMap(mannersOf),
    ...hidden.map(({ update }) => ({ what: 'written though it was told otherwise', where: update.id })),
  ];
}

function mannersOf(one: Poured): Finding[] {
  const { update, told, took, missed } = one;
  const what = [
    ...(missed > 0 ? ['left without an answer'] : []),
    ...(took > LONGEST ? ['answered too late'] : []),
    ...(told.length > 0 && !isRecorded(one) && !isDenied(one) && !isUnsure(one)
      ? ['told other words than the design has']
      : []),
  ];
  const where = `${update.id}: ${told.map(({ text }) => text).join(' / ')} (${took} ms)`;
  return what.map((each) => ({ what: each, where }));
}
