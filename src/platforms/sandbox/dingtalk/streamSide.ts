import type { Line, Shown } from '../double.ts';
import type { Giving } from '../given.ts';

/** What the OpenAPI does for Stream mode, and for the files of messages. */
export interface StreamSide {
  giving: Giving;
  host(): string;
  endpoint(): string;
  ticket(): string;
  /** As long as it lives. */
  session(id: string): Session | undefined;
}

/** A message that an address for its answer belongs to. */
export interface Session {
  line: Line;
  answered(shown: Shown): void;
}
