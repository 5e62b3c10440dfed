import { proposed as asked } from '../chat/instead.ts';
import { pushName } from '../chat/pushNames.ts';
import { split } from '../chat/reply.ts';
import { spokenAt } from '../chat/words.ts';
import type { NewLetter } from '../ledger/outbox.ts';
import type { Slot } from '../ledger/slots.ts';
import { proposed } from '../ledger/views/told.ts';
import type { Notice } from '../pushes/push.ts';
import { type Here, type Linking, officeOf } from './here.ts';
import { unpacked } from './unpacked.ts';
import type { Way } from './way.ts';

/** A notice as letters, in parts of what one push can carry on its way. */
export function lettersOf(
  push: string,
  notice: Notice,
  slot: Slot,
  look: Here & Linking,
  way: Way | undefined,
): NewLetter[] {
  const { tasks, once = false, answers = false } = notice;
  const key = way?.inPlace ? `${notice.key}:trial` : notice.key;
  const marks = way?.marks ?? notice.marks;
  const personId = 'personId' in notice.to ? notice.to.personId : null;
  const base = { planId: look.plan.id, push, tasks, marks, once, quiet: !answers, ...slot };
  if (!way) {
    const groupId = 'groupId' in notice.to ? notice.to.groupId : null;
    const nowhere = { platform: 'none' as const, robot: '', account: null, groupId, personId };
    return [{ ...base, ...nowhere, key, reply: notice.reply, unreachable: '没有可用的会话' }];
  }
  const { target, platform, groupId } = way;
  const whom = groupId === null ? { personId: personId ?? 0 } : { groupId };
  const { words, apart } = unpacked(way, look, (kind) => platform.carries(target, kind), whom);
  const parts = [...split(words, platform.room(target)), ...apart];
  return parts.map((part, index) => ({
    ...base,
    key: index === 0 ? key : `${key}#${index + 1}`,
    platform: target.platform,
    robot: platform.robot(target),
    account: target.to === 'person' ? target.account : null,
    personId: target.to === 'person' ? personId : null,
    groupId,
    reply: part,
    ...(way.draft ? { draft: true } : {}),
  }));
}

/** A group's draft as the office reads it, and what to say for it to leave or not. */
export function askingFor(
  push: string,
  notice: Notice,
  groupId: number | null,
  { expiresAt }: Slot,
  look: Here,
): Notice | undefined {
  const office = officeOf(look);
  if (!office) return undefined;
  const { name = '' } = look.groups.find(({ id }) => id === groupId) ?? {};
  const until = spokenAt(expiresAt, look.plan.timeZone);
  return {
    key: `draft:${notice.key}`,
    to: { groupId: office.id },
    reply: asked(name, pushName(push), notice.reply, until),
    tasks: notice.tasks,
    marks: notice.marks.map(proposed),
  };
}
