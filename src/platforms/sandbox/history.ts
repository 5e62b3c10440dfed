import type { Line } from './double.ts';

const KEPT = 2000;

/** What people have seen, and those who watch it. */
export interface History {
  add(line: Line): Line;
  change(line: Line, change: Partial<Line>): void;
  find(id: string): Line | undefined;
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
      if (lines.length > KEPT) lines.shift();
      tell(line);
      return line;
    },
    change(line, change) {
      Object.assign(line, change);
      tell(line);
    },
    find: (id) => lines.find((line) => line.id === id),
    lines: () => lines,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
