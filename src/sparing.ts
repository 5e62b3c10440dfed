/**
 * Of what others can bring about as often as they like at most so many within a span are said. Gives null for one too many, else
 * how many were left out before it.
 */
export function createSparing(most: number, milliseconds: number): (now: number) => number | null {
  let since = Number.NEGATIVE_INFINITY;
  let said = 0;
  let left = 0;
  return (now) => {
    if (now - since >= milliseconds) [since, said] = [now, 0];
    if (said >= most) {
      left += 1;
      return null;
    }
    said += 1;
    const before = left;
    left = 0;
    return before;
  };
}
