import type { Line } from './double.ts';

/** What people have seen, and those who watch it. */
export interface History {
  add(line: Line): Line;
  change(line: Line, change: Partial<Line>): void;
  lines(): readonly Line[];
  on(listener: (line: Line) => void): () => void;
}

export function createHistory(): History {
  const lines: Line[] = [];
  const listeners = new Set<(line: Line) => void>();
  const tell = (line: Line): void => {
    for (const listener of listeners) listener(line);
  };
  return {
    add(line) {
      lines.push(line);
      tell(line);
      return line;
    },
    change(line, change) {
      Object.assign(line, change);
      tell(line);
    },
    lines: () => lines,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
