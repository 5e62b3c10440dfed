import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLinks } from '../../src/web/links.ts';

const links = createLinks('a key that only tests use', 'https://duban.example/zg/');
const now = new Date('2026-04-10T09:00:00+08:00');
const daysOn = (days: number) => new Date(now.getTime() + days * 86_400_000);

/** What a browser would ask for. */
const asked = (link: string | null) => new URL(link ?? 'none:');
const opened = (url: URL, page: string, at = now, by = links) => by.open(page, url.searchParams, at);

describe('a signed link', () => {
  test('opens the page it was made for, for its reader, until it ends', () => {
    const url = asked(links.to('board/task/4.3.2', { personId: 12 }, now));
    expect(url.href).toMatch(/^https:\/\/duban\.example\/zg\/board\/task\/4\.3\.2\?/);
    expect(opened(url, 'board/task/4.3.2')).toEqual({ whom: { personId: 12 }, until: daysOn(3) });
    expect(opened(url, 'board/task/4.3.2', new Date(daysOn(3).getTime() - 1))).toBeDefined();
    expect(opened(url, 'board/task/4.3.2', daysOn(3))).toBeUndefined();
  });

  test('in a group lasts a week, or as long as is wanted', () => {
    expect(opened(asked(links.to('board', { groupId: 3 }, now)), 'board')).toEqual({
      ...{ whom: { groupId: 3 }, until: daysOn(7) },
    });
    expect(opened(asked(links.to('board', { groupId: 3 }, now, 90)), 'board')?.until).toEqual(daysOn(90));
  });

  test('stays what it was when the product is renewed: those in chats still open', () => {
    expect(links.to('board', { groupId: 3 }, now)).toBe(
      'https://duban.example/zg/board?for=g3&until=tdm5g0&sign=iwIIVy67pxQZ70SduBn_4kBgi4lSJiHvFmsH3ZOomNs',
    );
    expect(createLinks('a key that only tests use', 'https://duban.example').root).toBe('');
    expect(links.root).toBe('/zg');
    expect(createLinks('a key that only tests use', 'https://duban.example/zg//').root).toBe('/zg');
    expect(createLinks('a key that only tests use', undefined).root).toBe('');
  });

  test('can be for a reader’s number of any length, and for nothing that is no number', () => {
    for (const personId of [1, 10, 2_147_483_647]) {
      expect(opened(asked(links.to('board', { personId }, now)), 'board')?.whom).toEqual({ personId });
    }
    for (const groupId of [0, -1, 1.5, Number.NaN]) {
      expect(opened(asked(links.to('board', { groupId }, now)), 'board')).toBeUndefined();
    }
  });

  test('leads on to other pages for the same reader and no longer', () => {
    const first = opened(asked(links.to('board', { groupId: 3 }, now)), 'board');
    if (!first) throw new Error('the link does not open');
    const onward = links.onward('board/task/4.3.2', first);
    expect(onward).toMatch(/^\/zg\/board\/task\/4\.3\.2\?/);
    const url = new URL(onward, 'https://duban.example');
    expect(opened(url, 'board/task/4.3.2', daysOn(6))).toEqual(first);
    expect(opened(url, 'board/task/4.3.2', daysOn(7))).toBeUndefined();
  });

  test('is none where people cannot reach the server', () => {
    expect(createLinks('a key that only tests use', undefined).to('board', { personId: 1 }, now)).toBeNull();
  });

  test.each([
    ['another page', (url: URL) => url, 'board/task/4.3.3'],
    ['a shorter page', (url: URL) => url, 'board'],
    ['another person', set('for', 'p13'), 'board/task/4.3.2'],
    ['a group of the same number', set('for', 'g12'), 'board/task/4.3.2'],
    ['nobody', set('for', ''), 'board/task/4.3.2'],
    ['a later end', set('until', 'zzzzzz'), 'board/task/4.3.2'],
    ['no end', set('until', 'NaN'), 'board/task/4.3.2'],
    ['another signature', set('sign', 'A'.repeat(43)), 'board/task/4.3.2'],
    ['a shorter signature', set('sign', 'A'), 'board/task/4.3.2'],
    ['an empty signature', set('sign', ''), 'board/task/4.3.2'],
    ['two readers', add('for', 'p13'), 'board/task/4.3.2'],
    ['two signatures', add('sign', 'A'), 'board/task/4.3.2'],
    ['no query', () => new URL('https://duban.example/zg/board/task/4.3.2'), 'board/task/4.3.2'],
  ])('does not open with %s', (_what, change, page) => {
    const url = asked(links.to('board/task/4.3.2', { personId: 12 }, now));
    expect(opened(change(url), page)).toBeUndefined();
  });

  test('does not open under another key, nor with the parts of two links', () => {
    const other = createLinks('another key that tests use', 'https://duban.example');
    const url = asked(links.to('board', { personId: 12 }, now));
    expect(opened(url, 'board', now, other)).toBeUndefined();
    const long = asked(links.to('board', { personId: 12 }, now, 90));
    url.searchParams.set('until', long.searchParams.get('until') ?? '');
    expect(opened(url, 'board')).toBeUndefined();
    expect(opened(long, 'board')).toBeDefined();
  });

  test('survives what clients put behind it, and no change of a single character', () => {
    const link = links.to('board/section/anquan', { groupId: 4 }, now) ?? '';
    expect(opened(asked(`${link}&from=singlemessage`), 'board/section/anquan')).toBeDefined();
    const query = link.slice(link.indexOf('?') + 1);
    fc.assert(
      fc.property(fc.nat(query.length - 1), fc.constantFrom(...'aZ09-_p'), (at, character) => {
        const changed = query.slice(0, at) + character + query.slice(at + 1);
        const read = links.open('board/section/anquan', new URLSearchParams(changed), now);
        expect(read === undefined).toBe(changed !== query);
      }),
    );
  });
});

function set(name: string, value: string) {
  return (url: URL) => {
    url.searchParams.set(name, value);
    return url;
  };
}

function add(name: string, value: string) {
  return (url: URL) => {
    url.searchParams.append(name, value);
    return url;
  };
}
