import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Forged } from './call.ts';

/** Well signed, but nothing can be made of it. The message is the reason that the admin reads. */
export class Unusable extends Error {
  override name = 'Unusable';
}

const WINDOW = 300_000;
const DEEPEST = 32;

/** What a platform names something by. PostgreSQL stores neither NUL nor half a surrogate pair, and no name has them. */
export const word = z
  .string()
  .min(1)
  .max(512)
  .refine((name) => name.isWellFormed() && !name.includes('\0'));

/** The one value of a signature field; two of them would let a check and a use look at different ones. */
export function only(values: string[], name: string): string {
  const [value] = values;
  if (value === undefined || values.length > 1) throw new Forged(`${name} came ${values.length} times`);
  return value;
}

/** Replays are caught by the message's id; the window only bounds how long ids must be remembered. */
export function checkMoment(milliseconds: number, now: Date): void {
  if (Math.abs(now.getTime() - milliseconds) > WINDOW) throw new Forged('outside the time window');
}

/** Takes the same time wherever the two differ. */
export function checkSame(given: string, wanted: string): void {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw new Forged('signature');
}

/** Undefined if the bytes aren't UTF-8: a replacement character must never become part of a name or figure. */
export function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Undefined if it isn't JSON, or nests so deep that walking it would be a risk. */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isDeep(value: unknown, left = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((each) => isDeep(each, left - 1));
}
