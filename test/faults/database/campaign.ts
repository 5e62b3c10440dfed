import { createServerForTests, type Server } from '../../setup/server.ts';
import { crowdAgain } from './busyPool.ts';
import { disks, fillDisk } from './disk.ts';
import type { Result } from './result.ts';
import { starts } from './starts.ts';
import { sufferAll } from './troubles.ts';

export interface Campaign {
  /** Where the compiled product lies. */
  build: string;
  rounds: number;
  seed: number;
  isChosen(name: string): boolean;
  /** Puts a database into a folder, where making one would take too long. */
  prepared?: (dataDir: string) => Promise<void>;
}

/** Everything that the database can do to the bot, one kind after the other. A string says what can't be tried here. */
export async function* campaign({
  build,
  rounds,
  seed,
  isChosen,
  prepared,
}: Campaign): AsyncGenerator<Result | string> {
  let opened: Promise<Server> | undefined;
  const server = () => {
    opened ??= createServerForTests({ durable: true });
    return opened;
  };
  try {
    yield* sufferAll(server, build, isChosen, rounds, seed);
    if (isChosen('busy pool')) yield await crowdAgain(await server(), rounds);
    for (const [name, start] of Object.entries(starts)) {
      if (isChosen(name))
        yield await start({ build, server, seed, ...(prepared ? { prepared } : {}) }, rounds);
    }
    for (const disk of disks) {
      if (isChosen(disk.name)) yield await fillDisk(disk, build, rounds, seed, prepared);
    }
  } finally {
    await (await opened)?.remove();
  }
}
