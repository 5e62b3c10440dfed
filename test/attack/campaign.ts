import { Agent, request } from 'node:http';
import { createRandom } from '../crash/random.ts';
import { type Fuzzed, fuzzed } from './fuzzed.ts';
import type { Attacked, Rows } from './target.ts';

export interface Outcome {
  /** How often each layer, signed or not, was answered with each status. */
  statuses: Map<string, number>;
  faults: string[];
  before: Rows;
  after: Rows;
}

/** Calls under way at once. */
const LINES = 16;
/** After so many calls the tables are looked at. */
const ROUND = 10_000;

/**
 * So many fuzzed calls, the first half of each round unsigned: those may change nothing, and none may get a 5xx.
 * `told` hears after each round how many were sent and how many were at fault.
 */
export async function campaign(
  attacked: Attacked,
  calls: number,
  seed: number,
  told?: (sent: number, faults: number) => void,
): Promise<Outcome> {
  const random = createRandom(seed);
  const agent = new Agent({ keepAlive: true, maxSockets: LINES });
  const statuses = new Map<string, number>();
  const faults: string[] = [];

  async function attack(count: number, signed: boolean): Promise<void> {
    let left = count;
    const line = async () => {
      while (left-- > 0) {
        const call = fuzzed(attacked.target, random, signed, new Date());
        const status = await send(attacked.target.address, agent, call);
        const name = `${call.layer} ${signed ? 'signed' : 'unsigned'} ${status}`;
        statuses.set(name, (statuses.get(name) ?? 0) + 1);
        const isFault = status === 0 || status >= 500 || (!signed && status === 200);
        if (isFault) faults.push(`${name}: ${call.body.subarray(0, 200).toString('base64')}`);
      }
    };
    await Promise.all(Array.from({ length: LINES }, line));
  }

  const before = await attacked.rows();
  for (let sent = 0; sent < calls; sent += ROUND) {
    const round = Math.min(ROUND, calls - sent);
    const half = Math.floor(round / 2);
    const standing = JSON.stringify(await attacked.rows());
    await attack(half, false);
    if (JSON.stringify(await attacked.rows()) !== standing) faults.push('an unsigned call changed something');
    await attack(round - half, true);
    told?.(sent + round, faults.length);
  }
  agent.destroy();
  const alive = await fetch(`${attacked.target.address}/readyz`);
  if (alive.status !== 200) faults.push(`readyz ${alive.status}`);
  return { statuses, faults, before, after: await attacked.rows() };
}

function send(address: string, agent: Agent, { platform, query, headers, body }: Fuzzed): Promise<number> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const call = request(
      {
        ...{ hostname, port, agent, method: 'POST', path: `/hooks/${platform}${query}` },
        headers: [...headers, 'Host', `${hostname}:${port}`, 'Content-Length', String(body.length)],
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    call.on('error', () => resolve(0));
    call.end(body);
  });
}
