import type { Fault, FaultOptions } from './double.ts';

/** What a double was told to get wrong. */
export interface Faults {
  set(fault: Fault, options: FaultOptions): void;
  clear(): void;
  standing(): { fault: Fault; options: FaultOptions } | null;
  /** The fault that befalls a call of this path; spends one of its times. */
  take(path: string, takesMessages: boolean): { fault: Fault; code: number | string } | null;
}

export function createFaults(): Faults {
  let current: { fault: Fault; options: FaultOptions } | null = null;
  let left = 0;
  const standing = () => (left > 0 ? current : null);
  return {
    set(fault, options) {
      current = { fault, options };
      left = options.times ?? Number.POSITIVE_INFINITY;
    },
    clear() {
      current = null;
    },
    standing,
    take(path, takesMessages) {
      const befalls = standing();
      if (befalls === null) return null;
      const { fault, options } = befalls;
      if (options.path === undefined ? !takesMessages : options.path !== path) return null;
      left -= 1;
      return { fault, code: options.code ?? -1 };
    },
  };
}
