import type { Audience, Level, Role } from '../terms.ts';
import type { Indicator } from './indicator.ts';

/** Who answers for a task; null where that is 待明确. */
export interface Owner {
  sectionId: number | null;
  coSectionIds: readonly number[];
  leaderId: number | null;
}

/** Somebody of the plan, as far as rights go. */
export interface Viewer {
  id: number;
  roles: readonly Role[];
  sectionId: number;
  /** Those whom this person stands in for today (代办): their right to report is his too, and no other of theirs. */
  standsInFor?: readonly Viewer[];
}

/** Somebody, and those he stands in for. */
const voices = (viewer: Viewer): Viewer[] => [viewer, ...(viewer.standsInFor ?? [])];

export type Place = 'single' | Audience;

/** Whether others read there than the asker alone or the office: what is about people isn't said in front of them. */
export const isWide = (place: Place): boolean => place !== 'single' && place !== 'office';

/**
 * `private`: the right is there, the place is wrong, so the answer goes one to one. `count`: only whether it is done.
 * `no`: answered as if it did not exist.
 */
export type Sight = 'yes' | 'private' | 'count' | 'no';

export const has = ({ roles }: Pick<Viewer, 'roles'>, ...wanted: Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** Somebody of a section. Who verifies, decides or approves can't also report in another's stead. */
export const mayStandIn = (viewer: Pick<Viewer, 'roles'>): boolean =>
  has(viewer, 'chief', 'staff') && !has(viewer, 'office', 'discipline', 'secretary', 'leader');

/** Secretary and leaders: on them each person-indicator falls. */
export const isMember = (viewer: Pick<Viewer, 'roles'>): boolean => has(viewer, 'secretary', 'leader');

export const leads = (owner: Owner, viewer: Viewer): boolean => owner.leaderId === viewer.id;

/** Whether the task is the person's section's, as chief or staff, be it the lead or a co-section. */
export const worksOn = (owner: Owner, viewer: Viewer): boolean =>
  has(viewer, 'chief', 'staff') &&
  (owner.sectionId === viewer.sectionId || owner.coSectionIds.includes(viewer.sectionId));

/**
 * What a person may be shown of a task or an indicator in a place. A right that isn't named here doesn't exist.
 * A `self` matter is everyone's own who has a part in it; others' parts are asked for with `maySeeFigure`.
 */
export function maySee(level: Level, owner: Owner, viewer: Viewer, place: Place): Sight {
  switch (level) {
    case 'open':
    case 'system':
      return 'yes';
    case 'office':
      if (
        !has(viewer, 'office', 'secretary', 'discipline') &&
        !voices(viewer).some((each) => leads(owner, each) || worksOn(owner, each))
      )
        return 'no';
      return isWide(place) ? 'private' : 'yes';
    case 'self':
      if (isMember(viewer)) return place === 'single' ? 'yes' : 'private';
      return has(viewer, 'office') ? counted(place) : 'no';
    default:
      return 'no';
  }
}

/** One person's own figure: his, the secretary's and the office's to see, one to one; others see 已齐 or 推进中. */
export function maySeeFigure(
  ofPersonId: number,
  level: Level,
  owner: Owner,
  viewer: Viewer,
  place: Place,
): Sight {
  const own = viewer.id === ofPersonId;
  if (own || (level !== 'self' && has(viewer, 'secretary', 'office'))) {
    return place === 'single' ? 'yes' : 'private';
  }
  if (level === 'self') return has(viewer, 'office') ? counted(place) : 'no';
  const sight = maySee(level, owner, viewer, place);
  return sight === 'yes' ? 'count' : sight;
}

/** Whether a group may be shown it unasked, whoever is in it. */
export const mayShow = (level: Level, audience: Audience): boolean =>
  level === 'open' || level === 'system' || (level === 'office' && audience === 'office');

/** Whether readers may be shown what has this level and is these people's: asked of a task, and of each of its indicators. */
export type Shows = (level: Level, owner: Owner) => boolean;

export const showsIn =
  (audience: Audience): Shows =>
  (level) =>
    mayShow(level, audience);

/** Where somebody may know whether a thing is done, its light may follow from it. */
export const showsTo =
  (viewer: Viewer, place: Place): Shows =>
  (level, owner) =>
    ['yes', 'count'].includes(maySee(level, owner, viewer, place));

const counted = (place: Place): Sight => (isWide(place) ? 'private' : 'count');

/** As what somebody reports; `office` reports for the section (代报), figures of `staff` wait for the chief. */
export type Reporter = 'person' | 'chief' | 'leader' | 'staff' | 'office';

/** As what this person may report on a task, or on an indicator with this subject; null if at all not. */
export function reportsAs(
  owner: Owner,
  viewer: Viewer,
  subject: Indicator['subject'] = 'bureau',
): Reporter | null {
  if (subject === 'person' && isMember(viewer)) return 'person';
  const all = voices(viewer);
  if (leads(owner, viewer)) return 'leader';
  if (all.some((each) => worksOn(owner, each) && has(each, 'chief'))) return 'chief';
  if (all.some((each) => leads(owner, each))) return 'leader';
  if (worksOn(owner, viewer)) return 'staff';
  return has(viewer, 'office') ? 'office' : null;
}

/** In whose stead somebody reports on a task; undefined where it is in his own right. */
export const inSteadOf = (owner: Owner, viewer: Viewer): Viewer | undefined =>
  leads(owner, viewer) || (worksOn(owner, viewer) && has(viewer, 'chief'))
    ? undefined
    : viewer.standsInFor?.find((each) => leads(owner, each) || (worksOn(owner, each) && has(each, 'chief')));

/** The sections whose clerks' figures somebody confirms: his own, and those of chiefs whom he stands in for. */
export const confirmsFor = (viewer: Viewer): number[] =>
  voices(viewer).flatMap((each) => (has(each, 'chief') ? [each.sectionId] : []));
