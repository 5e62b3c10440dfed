import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { LinkTo, Whom } from '../chat/link.ts';

/** Whom a call was signed for, and until when: what it leads on to is signed for no longer. */
export interface Opened {
  whom: Whom;
  until: Date;
}

export interface Links {
  to: LinkTo;
  /** Where a page leads on to another one, for the same reader and no longer; from this host's root. */
  onward(page: string, opened: Opened): string;
  /** Undefined for every cause alike: a changed page, reader, end or signature, one that is missing, one that is over. */
  open(page: string, query: URLSearchParams, now: Date): Opened | undefined;
  /** What stands before a page in its path, where a proxy serves this server under a path of its own. */
  root: string;
}

/** A group's link hangs in the group for a week; what one person may see is for the next days only. */
const TERM = { group: 7, person: 3 };
const DAY = 86_400_000;

/**
 * Links that prove by their signature what they may show: page, reader and end are all under it, so that none can be
 * changed and no other put together from two. The key is SECRET_KEY's, derived for links alone.
 */
export function createLinks(secret: string, publicUrl: string | undefined): Links {
  const key = Buffer.from(hkdfSync('sha256', secret, 'duban', 'links', 32));
  const root = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');

  const sign = (page: string, reader: string, end: string): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([page, reader, end]))
      .digest('base64url');

  function signed(page: string, whom: Whom, until: Date): string {
    const [reader, end] = [readerWord(whom), Math.floor(until.getTime() / 1000).toString(36)];
    const path = page.split('/').map(encodeURIComponent).join('/');
    return `${root}/${path}?for=${reader}&until=${end}&sign=${sign(page, reader, end)}`;
  }

  return {
    root,
    to: (page, whom, now, days = 'personId' in whom ? TERM.person : TERM.group) =>
      publicUrl === undefined
        ? null
        : new URL(publicUrl).origin + signed(page, whom, new Date(now.getTime() + days * DAY)),
    onward: (page, { whom, until }) => signed(page, whom, until),
    open: (page, query, now) => {
      const one = (name: string) => only(query.getAll(name));
      const [reader, end, signature] = [one('for'), one('until'), one('sign')];
      if (!same(signature, sign(page, reader, end))) return undefined;
      const [whom, until] = [whomOf(reader), new Date(Number.parseInt(end, 36) * 1000)];
      return whom && now < until ? { whom, until } : undefined;
    },
  };
}

const readerWord = (whom: Whom): string => ('personId' in whom ? `p${whom.personId}` : `g${whom.groupId}`);

function whomOf(reader: string): Whom | undefined {
  const [, kind, digits] = /^([pg])([1-9]\d{0,9})$/.exec(reader) ?? [];
  if (kind === undefined) return undefined;
  return kind === 'p' ? { personId: Number(digits) } : { groupId: Number(digits) };
}

/** Of two values a check and a use might each take another; nothing is signed for an empty one. */
const only = ([value = '', ...more]: string[]): string => (more.length === 0 ? value : '');

/** Takes the same time wherever the two differ. */
function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
