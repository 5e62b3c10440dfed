import type { PlatformName } from '../../chat/message.ts';
import { type Day, wall } from '../../ledger/days.ts';
import type { Audience, Role } from '../../ledger/terms.ts';
import type { Chat, Double, Line } from '../../platforms/sandbox/double.ts';
import type { Clock } from '../../time.ts';

/** What the sandbox's page plays with. */
export interface Scene {
  clock: Clock;
  /** Has everything that is due looked for and sent. */
  look(): Promise<unknown>;
  doubles: Record<PlatformName, Double>;
  botNames: Record<PlatformName, string>;
  people: Player[];
  groups: Gathering[];
  isWorkday(day: Day): boolean;
  zone: string;
  /** When a working day's first messages go out: `08:42`. */
  morning: string;
  /** What a newcomer could type, without the mention. */
  examples: string[];
}

export interface Player {
  name: string;
  /** Its code. */
  section: string;
  roles: Role[];
  accounts: Partial<Record<PlatformName, string>>;
}

export interface Gathering {
  platform: PlatformName;
  chat: string;
  name: string;
  audience: Audience;
  /** The code of the section whose group it is. */
  section?: string;
}

/** So many of each platform's latest lines are enough for a page. */
const LATEST = 1000;

/** All that the page has to know to draw itself. */
export const drawn = (scene: Scene) => ({
  time: timeOf(scene),
  botNames: scene.botNames,
  examples: scene.examples,
  people: scene.people,
  groups: scene.groups.map((group) => ({ ...group, chat: keyOf(group.platform, { group: group.chat }) })),
  lines: Object.values(scene.doubles).flatMap((double) =>
    double
      .lines()
      .slice(-LATEST)
      .map((line) => lineOf(double, line)),
  ),
  faults: faultsOf(scene),
});

/** The present, in milliseconds and as the plan's wall shows it. */
export function timeOf({ clock, zone, isWorkday }: Scene) {
  const now = clock.now();
  const { day, minute } = wall(now, zone);
  return { at: now.getTime(), zone, day, minute, workday: isWorkday(day) };
}

/** A picture or a file is told by its name; the page fetches its bytes when it shows it. */
export const lineOf = ({ platform }: Double, { enclosed, ...line }: Line) => ({
  ...line,
  platform,
  chat: keyOf(platform, line.chat),
  ...(enclosed && { enclosed: { kind: enclosed.kind, name: enclosed.name } }),
});

export const faultsOf = ({ doubles }: Scene) => ({
  wecom: doubles.wecom.fault(),
  dingtalk: doubles.dingtalk.fault(),
});

/** `wecom:group:wr…`, `dingtalk:single:…`. */
const keyOf = (platform: PlatformName, chat: Chat): string =>
  'group' in chat ? `${platform}:group:${chat.group}` : `${platform}:single:${chat.single}`;
