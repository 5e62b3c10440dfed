import { type Book, type BookGroup, type Misfit, SET } from '../ledger/book.ts';
import type { PlatformName } from '../ledger/terms.ts';
import { KEEP, REMOVE } from './sheets/house.ts';

/** Where each platform's pushes go: an address elsewhere is refused. */
export type Bases = Record<PlatformName, string>;

/** Opens and seals what the ledger keeps of addresses and secrets. */
export interface Kept {
  /** The stored address and secret of the group with this code, in plain text; null where there is none. */
  open(code: string): { address: string | null; secret: string | null };
}

/** Addresses as the ledger will have them: `SET` where they stay, empty where there is none. */
export function settle(after: Book, before: Book | null, kept: Kept): Book {
  const old = new Map((before?.groups ?? []).map((group) => [group.code, group]));
  const groups = after.groups.map((group): BookGroup => {
    const was = old.get(group.code);
    const plain = was ? kept.open(group.code) : { address: null, secret: null };
    const put = (said: string, stood: string, stored: string | null) =>
      said === KEEP || said === SET || said === stored ? stood : said === REMOVE ? '' : said;
    return {
      ...group,
      address: put(group.address, was?.address ?? '', plain.address),
      secret: put(group.secret, was?.secret ?? '', plain.secret),
    };
  });
  return { ...after, groups };
}

/** What a workbook from elsewhere takes to be kept here and isn't: addresses never leave their ledger. */
export const lostAddresses = (said: Book, settled: Book): string[] =>
  said.groups.flatMap(({ code, name, address, secret }) => {
    const now = settled.groups.find((group) => group.code === code);
    const lost = [
      ...(address === SET && now?.address === '' ? ['推送地址'] : []),
      ...(secret === SET && now?.secret === '' ? ['加签密钥'] : []),
    ];
    return lost.length === 0
      ? []
      : [`群 ${code}(${name}) ${lost.join('、')}:本台账没有存过,请在表里重新填写后再导入一次`];
  });

/**
 * Each address is a whole one on its platform, and one group's alone: by a second one what is meant for the office would
 * reach the leaders. `groups` as the ledger will have them; a fault never repeats the address.
 */
export function checkAddresses({ groups }: Book, bases: Bases, kept: Kept): Misfit[] {
  const owners = new Map<string, string>();
  return groups.flatMap(({ code, platform, address, retired }): Misfit[] => {
    const stands = address === SET;
    const plain = stands ? kept.open(code).address : address;
    if (retired || plain === null || plain === '') return [];
    const owner = owners.get(plain);
    owners.set(plain, code);
    const why = owner === undefined ? null : `与群 ${owner} 的相同,每个群须有自己的推送地址`;
    const wrong = why ?? (stands ? null : wrongWith(plain, bases[platform]));
    return wrong === null ? [] : [{ sheet: 'groups', key: code, field: 'address', why: wrong }];
  });
}

function wrongWith(address: string, base: string): string | null {
  if (!URL.canParse(address)) return '不是完整的网址,应从群机器人设置页复制';
  const [url, own] = [new URL(address), new URL(base)];
  if (url.username !== '' || url.password !== '') return '网址里不能带用户名和密码';
  if (url.protocol !== own.protocol || url.hostname !== own.hostname || url.port !== own.port) {
    return `应以 ${own.origin} 开头,请核对平台和地址`;
  }
  return null;
}
