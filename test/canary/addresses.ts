import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '../../src/ledger/db.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { authorise, deskAt, open } from '../workbook/desk.ts';
import type { Secrets } from './secrets.ts';

const groups = ['leaders', 'office', 'dangwei', 'system', 'anquan'] as const;

/**
 * Loads the sample, and writes its workbook twice: with addresses of group robots that an import refuses, and with such as it
 * takes. Gives their paths.
 */
export async function writeAddresses(
  databaseUrl: string,
  folder: string,
  platform: string,
  { robots, refused }: Pick<Secrets, 'robots' | 'refused'>,
): Promise<{ wrong: string; good: string }> {
  const store = await openStore({ databaseUrl, dataDir: '' });
  await loadSample(store.db, new Date('2026-01-05T02:00:00Z'));
  const bytes = await deskAt(store).export();
  await store.close();
  const write = async (name: string, cells: [code: string, header: string, value: string][]) => {
    const book = await open(bytes);
    for (const [code, header, value] of cells) book.set('群', code, header, value);
    book.set('方案', '试运行至', '', '不试运行');
    authorise(book);
    const path = join(folder, name);
    await writeFile(path, await book.save());
    return path;
  };
  const addressOf = (code: (typeof groups)[number]) =>
    code === 'system' || code === 'anquan'
      ? `${platform}/robot/send?access_token=${robots[code]}`
      : `${platform}/cgi-bin/webhook/send?key=${robots[code]}`;
  return {
    wrong: await write('bad.xlsx', [
      ['leaders', '推送地址', `https://elsewhere.example/send?key=${refused['on another host']}`],
      ['office', '推送地址', `http://x:${refused['as a user’s password']}@127.0.0.1/send`],
      ['dangwei', '推送地址', `key=${refused['in no address']}`],
      ['system', '推送地址', `${platform} key ${refused['with blanks']}`],
    ]),
    good: await write('good.xlsx', [
      ...groups.map((code): [string, string, string] => [code, '推送地址', addressOf(code)]),
      ['system', '加签密钥', robots['system 加签']],
      ['anquan', '加签密钥', robots['anquan 加签']],
    ]),
  };
}
