// No fuzzed callback brings the product down, gets a 5xx, or changes anything unless its platform signed it:
//   node --import tsx test/attack/fuzz.ts --calls 1000000 --seed 1
import { once } from 'node:events';
import { createServer as createTrap } from 'node:http';
import { parseArgs } from 'node:util';
import { createServerForTests } from '../setup/server.ts';
import { campaign } from './campaign.ts';
import { startTarget } from './target.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000' },
    seed: { type: 'string', default: `${process.pid}` },
  },
});
const calls = Number(values.calls);
const database = await createServerForTests();
const trap = createTrap((_, response) => response.end()).listen(0, '127.0.0.1');
await once(trap, 'listening');
const bound = trap.address();
const attacked = await startTarget(
  database.url('postgres'),
  typeof bound === 'object' && bound ? bound.port : 0,
);
const started = performance.now();
const seconds = () => ((performance.now() - started) / 1000).toFixed(0);
const { statuses, faults, before, after } = await campaign(
  attacked,
  calls,
  Number(values.seed),
  (sent, wrong) => void process.stderr.write(`${sent} calls, ${wrong} faults, ${seconds()} s\n`),
);
process.stdout.write(
  [
    `seed ${values.seed}`,
    ...[...statuses].sort().map(([name, count]) => `${count} × ${name}`),
    `entries ${before.entries} → ${after.entries}, messages ${before.inbox} → ${after.inbox}, set aside ${after.aside}`,
    ...faults.slice(0, 10).map((fault) => `FAULT ${fault}`),
    ...attacked.server.faults.slice(0, 5).map((line) => `LOG ${line.slice(0, 400)}`),
    `${calls} calls, ${faults.length} faults, ${seconds()} s`,
    '',
  ].join('\n'),
);
await attacked.close();
trap.close();
await database.remove();
process.exitCode = faults.length === 0 && attacked.server.faults.length === 0 ? 0 : 1;
