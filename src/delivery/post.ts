import { marked } from '../chat/instead.ts';
import { type Reply, textOf } from '../chat/reply.ts';
import { fitForGroup } from '../chat/words.ts';
import type { Db } from '../ledger/db.ts';
import type { Outcome } from '../ledger/outbox/fate.ts';
import type { Sending } from '../ledger/outbox.ts';
import { paperOf } from '../ledger/papers.ts';
import type { Enclosure } from '../platforms/platform.ts';
import type { Look } from '../pushes/push.ts';
import type { Route } from '../ways/routes.ts';
import { isToGroup } from './leave.ts';
import { isWords, together } from './together.ts';

/** On its way until `until`, a moment on `performance.now()`. */
interface Leaving {
  until: number;
  now: Date;
}

/** Sends a parcel as one text, or says why it never will be. */
export async function post(
  parcel: Sending[],
  route: Route | undefined,
  leaving: Leaving,
  look: Look,
): Promise<Outcome> {
  const [head] = parcel;
  if (!head || !route) return { is: 'never', why: '会话已不在台账中', gone: false };
  const reply = together(parcel);
  // The last door: whatever put it into the outbox, no text with such words leaves for a group but the office's.
  if (isToGroup(head, look) && !fitForGroup(textOf(reply))) {
    return { is: 'never', why: '含不宜在群内出现的内容', gone: false };
  }
  const enclosure = await enclosureOf(look.db, reply, head.again);
  if (enclosure === null) return { is: 'never', why: '附件已不在台账中', gone: false };
  const text = head.again && isWords(reply) ? marked(AGAIN, reply) : reply;
  const { until, now } = leaving;
  return route.platform.send(route.target, { uuid: head.uuid, reply: text, until, ...enclosure }, now);
}

/** Of what may have arrived before. */
const AGAIN = '〔补发〕';

/** What a letter encloses, with its bytes; empty for words, null where the ledger no longer has it. */
async function enclosureOf(
  db: Db,
  { enclosed }: Reply,
  again: boolean,
): Promise<{ enclosure?: Enclosure } | null> {
  const [first] = enclosed ?? [];
  if (!first) return {};
  const paper = await paperOf(db, first.paper);
  if (!paper) return null;
  const name = again ? AGAIN + first.name : first.name;
  return { enclosure: { kind: first.kind, name, type: paper.type, bytes: paper.bytes } };
}
