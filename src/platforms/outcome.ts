/**
 * How a send ended. `later` may pause the whole robot; `never` may switch its target off; `unknown` means that
 * the text may have arrived.
 */
export type Outcome =
  | { is: 'sent' }
  | { is: 'later'; at: Date; pause: boolean; why: string }
  | { is: 'never'; why: string; gone: boolean }
  | { is: 'unknown'; why: string };

/** How many posts a robot's budget has: in any minute and, where the platform counts that too, in any hour. */
export interface Budget {
  minute: number;
  hour?: number;
}
