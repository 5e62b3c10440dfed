import type { NewLetter } from '../ledger/outbox.ts';
import type { Slot } from '../ledger/slots.ts';
import type { Notice, Reach } from '../pushes/push.ts';
import type { Here, Linking } from './here.ts';
import { askingFor, lettersOf } from './letters.ts';
import { createRoutes, type RouteParts, type Routes } from './routes.ts';
import { reachOf, wayOf } from './way.ts';

/** Whom a text reaches by which account, and where it goes instead. */
export interface Ways {
  reach(look: Here, personId: number, answers?: boolean): Reach | null;
  /** A notice as letters on the way that it takes now; the office's besides, where its word is needed first. */
  address(push: string, notice: Notice, slot: Slot, look: Here & Linking): NewLetter[];
  route: Routes['of'];
}

export function createWays(parts: RouteParts): Ways {
  const routes = createRoutes(parts);

  function address(push: string, notice: Notice, whole: Slot, look: Here & Linking): NewLetter[] {
    const { until } = notice;
    const slot = until && until < whole.expiresAt ? { ...whole, expiresAt: until } : whole;
    const way = wayOf(routes, push, notice, look);
    const letters = lettersOf(push, notice, slot, look, way);
    const asked = way?.draft && askingFor(push, notice, way.groupId, slot, look);
    if (!asked) return letters;
    return [...letters, ...lettersOf(push, asked, slot, look, wayOf(routes, push, asked, look))];
  }

  return {
    reach: (look, personId, answers) => reachOf(routes, look, personId, answers),
    address,
    route: routes.of,
  };
}
