const DIGITS = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]));
DIGITS.set('〇', 0).set('两', 2);
const PLACES = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/** The characters that Chinese numbers are written with. */
export const HAN_NUMERAL = '零〇一二两三四五六七八九十百千万';

/**
 * The number that a text of digits (`1200`, `0.6万`, `1.2千`, `1.2亿`) or Chinese numerals (`二十八`, `一千二百`, `一千二`) says;
 * null when it says none, as 两三 or 四五十 do, which are guesses.
 */
export function numberOf(text: string): number | null {
  const [head = '', tail, ...more] = text.split('万');
  if (tail === undefined) return plain(head);
  const high = plain(head);
  const rest = tail === '' ? 0 : plain(tail);
  // 一万二 leaves out the place of its last digit, which is the next below.
  const low = tail.length === 1 && rest !== null && rest < 10 ? rest * 1000 : rest;
  return high === null || low === null || more.length > 0 ? null : Math.round(high * 10_000 + low);
}

const POWERED = /^(\d{1,9}(?:\.\d{1,4})?)([百千亿])$/;
const POWERS = new Map([...PLACES, ['亿', 100_000_000]]);

function plain(text: string): number | null {
  if (/^\d{1,3}(?:,\d{3})+$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^\d{1,9}(?:\.\d{1,4})?$/.test(text)) return Number(text);
  const [, count, power = ''] = POWERED.exec(text) ?? [];
  if (count !== undefined) return Math.round(Number(count) * (POWERS.get(power) ?? 1));
  if (/^[零〇一二三四五六七八九]{4}$/.test(text)) {
    return Number([...text].map((digit) => DIGITS.get(digit)).join(''));
  }
  return spelled(text);
}

function spelled(text: string): number | null {
  let total = 0;
  let digit: number | null = null;
  let place = Number.POSITIVE_INFINITY;
  /** Whether a digit that follows stands in the next place below. */
  let next = false;
  for (const character of text) {
    const value = DIGITS.get(character);
    const power = PLACES.get(character);
    if (value !== undefined) {
      if (digit !== null && digit !== 0) return null;
      next = digit === null && place >= 100 && place !== Number.POSITIVE_INFINITY;
      digit = value;
    } else if (power !== undefined) {
      if (power >= place || digit === 0) return null;
      total += (digit ?? 1) * power;
      place = power;
      digit = null;
      next = false;
    } else return null;
  }
  if (text === '') return null;
  return total + (next ? ((digit ?? 0) * place) / 10 : (digit ?? 0));
}
