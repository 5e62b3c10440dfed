import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { instantOf } from '../ledger/days.ts';
import { copyLedger } from '../ledger/db/copy.ts';
import { FolderHeld, openStore, type Store } from '../ledger/db.ts';
import { loadPlan, samplePlan } from '../ledger/plan/load.ts';
import { plansOf } from '../ledger/plan.ts';
import { type Replies, rehearse, type Spoken } from './rehearsal.ts';
import type { Write } from './shell.ts';

const usage = '用法:npm run rehearse -- --year 2026 [--replies sample|none] [--json]\n';

/**
 * The year before it happens, on a scratch copy of this installation's ledger; of the sample plan, where there is none
 * or only the sample. Gives the exit code.
 */
export async function tellYear(config: Config, args: string[], write: Write): Promise<number> {
  const wanted = wantedBy(args);
  if (!wanted) {
    process.stderr.write(usage);
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'duban-rehearsal-'));
  const scratch = await openStore({ dataDir: folder });
  try {
    await fill(scratch, config, wanted.year);
    const totals = new Map<string, number>();
    for await (const spoken of rehearse(scratch, wanted.year, wanted.replies)) {
      write(wanted.json ? `${JSON.stringify(spoken)}\n` : page(spoken));
      const month = `${spoken.at.slice(0, 7)} ${whom(spoken)}`;
      totals.set(month, (totals.get(month) ?? 0) + 1);
    }
    if (!wanted.json)
      write(`\n每月条数\n${[...totals].map(([name, count]) => `${name} ${count}`).join('\n')}\n`);
    return 0;
  } finally {
    await scratch.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function wantedBy(args: string[]): { year: number; replies: Replies; json: boolean } | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        year: { type: 'string' },
        replies: { type: 'string', default: 'none' },
        json: { type: 'boolean', default: false },
      },
    });
    const { year = '', replies, json } = values;
    if (!/^20\d\d$/.test(year) || (replies !== 'none' && replies !== 'sample')) return null;
    return { year: Number(year), replies, json };
  } catch {
    return null;
  }
}

/** A ledger of the bureau's own is copied; a sample is loaded afresh, as on the first day of the year. */
async function fill(scratch: Store, config: Config, year: number): Promise<void> {
  const own = await openOwn(config);
  try {
    const [plan] = own ? await plansOf(own.db) : [];
    if (own && plan && !plan.sample) return await copyLedger(own.db, scratch.db);
  } finally {
    await own?.close();
  }
  const file = samplePlan();
  const start = instantOf(`${year}-01-01`, '00:00', file.plan.time_zone);
  await scratch.db.transaction((tx) => loadPlan(tx, file, start, { sample: true }));
}

/** This installation's ledger; nothing where there is none yet or the server holds its folder. */
async function openOwn({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir }: Config): Promise<Store | null> {
  if (databaseUrl !== undefined) return openStore({ databaseUrl, dataDir });
  if (!existsSync(join(dataDir, 'pglite'))) return null;
  try {
    return await openStore({ dataDir });
  } catch (error) {
    if (!(error instanceof FolderHeld)) throw error;
    process.stderr.write('台账正由运行中的服务使用,本次按示例方案预演;停下服务后可按本单位台账预演。\n');
    return null;
  }
}

const whom = ({ to }: Spoken): string => ('group' in to ? `群 ${to.group}` : to.person);

const page = (spoken: Spoken): string =>
  `── ${spoken.at.slice(0, 16).replace('T', ' ')} ${whom(spoken)}(${spoken.push})\n${spoken.text}\n\n`;
