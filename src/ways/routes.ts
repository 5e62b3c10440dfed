import { chatKey, type PlatformName } from '../chat/message.ts';
import type { Target } from '../chat/reply.ts';
import type { Chat } from '../ledger/outbox.ts';
import type { Group } from '../ledger/people.ts';
import type { Plan } from '../ledger/plan.ts';
import type { Seal } from '../ledger/seal.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Here } from './here.ts';

/** A chat, and the platform that brings letters there. */
export interface Route {
  target: Target;
  platform: Platform;
}

export interface Routes {
  toGroup(group: Group, look: Here): Route;
  toPerson(platform: PlatformName, account: string, look: Here): Route;
  /** Where a letter goes; undefined once its group is no longer in the ledger. */
  of(letter: Chat, look: Here): Route | undefined;
}

export interface RouteParts {
  platforms: Record<PlatformName, Platform>;
  seal: Seal;
  /** The push address of a group that has none of its own, where its platform is a stand-in. */
  sampleAddress(group: Group, plan: Plan): string | undefined;
}

export function createRoutes({ platforms, seal, sampleAddress }: RouteParts): Routes {
  const to = (target: Target): Route => ({ target, platform: platforms[target.platform] });

  function toGroup(group: Group, { plan, met }: Here): Route {
    const { platform, chatId, sealedAddress, sealedSecret } = group;
    const address = sealedAddress === null ? sampleAddress(group, plan) : seal.open(sealedAddress);
    return to({
      to: 'group',
      ...{ platform, chatId },
      met: met.has(chatKey({ platform, chat: { kind: 'group', id: chatId }, sender: '' })),
      ...(address === undefined ? {} : { address }),
      ...(sealedSecret === null ? {} : { secret: seal.open(sealedSecret) }),
    });
  }

  const toPerson = (platform: PlatformName, account: string, { met }: Here): Route =>
    to({
      to: 'person',
      ...{ platform, account },
      met: met.has(chatKey({ platform, chat: { kind: 'single' }, sender: account })),
    });

  function of({ account, platform, groupId }: Chat, look: Here): Route | undefined {
    if (account !== null && platform !== 'none') return toPerson(platform, account, look);
    const group = look.groups.find((each) => each.id === groupId);
    return group && toGroup(group, look);
  }

  return { toGroup, toPerson, of };
}

/** Whether this installation can push there at all. */
export const isLive = ({ platform, target }: Route): boolean => platform.reaches(target);
