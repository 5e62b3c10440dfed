import { chmod, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { z } from 'zod';
import { codeOf } from './faults.ts';
import { commandAddress, listen } from './sockets.ts';

/** Runs a command of the command line in the process that has the database; gives its exit code. */
export type Serve = (
  command: string,
  args: string[],
  input: string,
  write: (text: string) => void,
) => Promise<number>;

const request = z.strictObject({ command: z.string(), args: z.array(z.string()), input: z.string() });
const answer = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ exit: z.number().int() }),
  z.strictObject({ fault: z.string() }),
]);

/** Characters in one line of the conversation; the longest is a workbook in base64. */
const LONGEST_LINE = 32 * 1024 * 1024;
const TIME_TO_ASK = 10_000;

/** Takes commands through a socket that only this user can reach. Only for whoever holds the folder. */
export async function serveCommands(folder: string, serve: Serve): Promise<() => Promise<void>> {
  const address = await commandAddress(folder);
  const guests = new Set<Socket>();
  const server = createServer((socket) => {
    guests.add(socket.on('close', () => guests.delete(socket)));
    // A guest that leaves early is no fault of ours, and what it asked for goes on.
    socket.on('error', () => {});
    void converse(socket, serve);
  }).unref();
  if (process.platform !== 'win32') await rm(address, { force: true });
  await listen(server, address);
  if (process.platform !== 'win32') await chmod(address, 0o600);
  return async () => {
    for (const guest of guests) guest.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
}

async function converse(socket: Socket, serve: Serve): Promise<void> {
  const say = (line: z.infer<typeof answer>) => socket.writable && socket.write(`${JSON.stringify(line)}\n`);
  try {
    socket.setTimeout(TIME_TO_ASK, () => socket.destroy());
    for await (const line of linesOf(socket)) {
      const { command, args, input } = request.parse(JSON.parse(line));
      socket.setTimeout(0);
      say({ exit: await serve(command, args, input, (text) => say({ text })) });
      break;
    }
  } catch (error) {
    say({ fault: error instanceof Error ? error.message : String(error) });
  } finally {
    socket.destroySoon();
  }
}

/** Has the folder's holder run a command. Null when nobody holds the folder, or its holder takes no commands. */
export async function askHolder(
  folder: string,
  command: string,
  args: string[],
  input: string,
  write: (text: string) => void,
): Promise<number | null> {
  const socket = await reach(folder);
  if (!socket) return null;
  try {
    socket.write(`${JSON.stringify({ command, args, input })}\n`);
    for await (const line of linesOf(socket)) {
      const said = answer.parse(JSON.parse(line));
      if ('exit' in said) return said.exit;
      if ('fault' in said) throw new Error(said.fault);
      write(said.text);
    }
    throw new Error('运行中的服务中途断开,不能确认命令是否已完成');
  } finally {
    socket.destroy();
  }
}

async function reach(folder: string): Promise<Socket | undefined> {
  try {
    const address = await commandAddress(folder);
    return await new Promise((resolve, reject) => {
      const socket = createConnection(address, () => resolve(socket));
      socket.once('error', reject);
    });
  } catch (error) {
    if (['ENOENT', 'ECONNREFUSED'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** Leaves the socket open when its reader stops, so that the answer still gets out. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    const [first = '', ...more] = String(chunk).split('\n');
    parts.push(first);
    length += first.length;
    if (length > LONGEST_LINE) throw new Error('line too long');
    for (const next of more) {
      yield parts.join('');
      parts = [next];
      length = next.length;
    }
  }
}
