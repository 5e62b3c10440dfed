// A process that opens a store and says so, and closes it when its standard input ends. It then ends by itself.
import { openStore, type StoreOptions } from '../../src/ledger/db.ts';

const options: StoreOptions = JSON.parse(process.argv[2] ?? '');
try {
  const store = await openStore({
    ...options,
    serve: async (command, args, input, write) => {
      write(`${command} `);
      write(`${args.join(' ')} ${input.length}`);
      if (command === 'throw') throw new Error('没有这个命令');
      return 7;
    },
  });
  process.stdout.write('open');
  process.stdin.on('end', () => store.close()).resume();
} catch (error) {
  process.stdout.write(String(error));
  process.exitCode = 1;
}
