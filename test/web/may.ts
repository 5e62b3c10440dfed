import { groups, people } from '../../src/ledger/schema.ts';
import { createLinks, type Links } from '../../src/web/links.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

export const PUBLIC = 'https://duban.example';

type Reader = { personId: number } | { groupId: number };

/** A house in May and the links to its board. */
export interface May {
  living: LivingHouse;
  links: Links;
  person(name: string): { personId: number };
  group(code: string): { groupId: number };
  /** The link as it would be opened here. */
  here(link: string | null): string;
  linkTo(page: string, whom: Reader): string;
}

/** A listing, a closed task, a request, figures and words, some of them not for everybody. */
export async function openMay(): Promise<May> {
  const [postgres] = stores;
  if (!postgres) throw new Error('no store');
  const settings = { PUBLIC_URL: PUBLIC };
  const living = await openLivingHouse(await postgres.open(), '2026-03-02', '10:00', { settings });
  const { say, at, store } = living;
  await say('wecom', 'sec_anquan', '4.3.2 演练+1 <script>alert(1)</script><img src=x>');
  await say('wecom', 'sec_jiwei', '4.3.2 大家好\n3.3.2 受理+2');
  await say('wecom', 'sec_jiwei', '2.3.2 措施按期落实;3.3.2 受理+3');
  await say('wecom', 'sec_dangwei', '5.1.1 责任书17/20');
  await at('2026-04-20', '10:00');
  await say('wecom', 'sec_anquan', '佐证 4.3.2 演练 演练简报 4月9日 存科内卷5');
  await say('wecom', 'off_zhuren', '挂牌 5.1.1 责任书拖延的缘由 至5月29日');
  await say('wecom', 'ldr_shuji', '同意挂牌 5.1.1');
  for (const code of ['4.2.3', '1.1.2']) {
    await say('wecom', 'off_zhuren', `挂牌 ${code} 进展偏慢 至6月30日`);
    await say('wecom', 'ldr_shuji', `同意挂牌 ${code}`);
  }
  await say('wecom', 'sec_dangwei', '1.1.2 考核办法已印发 佐证:考核办法(4月18日,存党委卷4)');
  await say('wecom', 'sec_dangwei', '申请销号 1.1.2');
  await say('wecom', 'ldr_dangjian', '同意销号 1.1.2');
  await say('wecom', 'off_zhuren', '同意销号 1.1.2');
  await say('wecom', 'ldr_shuji', '批准销号 1.1.2');
  await at('2026-05-20', '15:20');
  const persons = new Map((await store.db.select().from(people)).map(({ name, id }) => [name, id]));
  const chats = new Map((await store.db.select().from(groups)).map(({ code, id }) => [code, id]));
  const links = createLinks('a key that only tests use', PUBLIC);
  const here = (link: string | null) => (link ?? '').replace(PUBLIC, living.house.address);
  return {
    ...{ living, links, here },
    person: (name) => ({ personId: persons.get(name) ?? 0 }),
    group: (code) => ({ groupId: chats.get(code) ?? 0 }),
    linkTo: (page, whom) => here(links.to(page, whom, living.clock.now())),
  };
}
