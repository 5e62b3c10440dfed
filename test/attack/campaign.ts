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

/** So many fuzzed calls, the first half unsigned: those may change nothing, and none may get a 5xx. */
export async function campaign(attacked: Attacked, calls: number, seed: number): Promise<Outcome> {
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

  const half = Math.floor(calls / 2);
  const before = await attacked.rows();
  await attack(half, false);
  if (JSON.stringify(await attacked.rows()) !== JSON.stringify(before)) {
    faults.push('an unsigned call changed something');
  }
  await attack(calls - half, true);
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
