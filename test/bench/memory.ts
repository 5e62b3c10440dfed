import postgres from 'postgres';
import { connectTo } from './load.ts';
import { CONNECTIONS, createMessages, launch, type Run } from './trial.ts';

/** After so many messages: MiB of the process and of its database. */
export interface Held {
  messages: number;
  process: number;
  database: number;
}

const MARKS = [0, 1_000, 10_000, 25_000, 50_000, 75_000, 100_000];

/** What a process that is never started anew comes to hold. */
export async function hold(
  run: Pick<Run, 'ledgers' | 'scripts' | 'dataDir' | 'clock' | 'plans'>,
  most: number,
): Promise<Held[]> {
  const { target, url } = await launch(run, 'bot');
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const next = createMessages(run, 'WeCom JSON');
    const held: Held[] = [];
    let sent = 0;
    for (const messages of MARKS.filter((each) => each <= most)) {
      while (sent < messages) {
        const requests = next(Math.min(1_000, messages - sent));
        const client = await connectTo(target.port, CONNECTIONS);
        await client.closed(requests);
        client.close();
        sent += requests.length;
      }
      const [row] = await sql<{ size: string }[]>`select pg_database_size(current_database()) as size`;
      held.push({ messages, process: target.memory().now, database: Number(row?.size) / 1024 ** 2 });
    }
    return held;
  } finally {
    await sql.end();
    await target.stop();
  }
}
