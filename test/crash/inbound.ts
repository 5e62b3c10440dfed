// Loses no acknowledged update and doubles none, however often it is killed:
//   node --import tsx test/crash/inbound.ts --kills 1000 --database postgres
//   node --import tsx test/crash/inbound.ts --kills 500 --database pglite
//   node --import tsx test/crash/inbound.ts --kills 200 --processes 3
// `--seed` makes the choices of another run again; `--broken` tries a build that is broken on purpose, by its name in
// broken.ts. Ctrl-C kills no more, and judges what there is.
import { runScript } from './script.ts';
import { run } from './trial.ts';

await runScript(async (given) => {
  const { chains, faults, ...verdict } = await run(given);
  const broken = chains.exit === 0 ? [] : [{ what: 'a broken chain', where: chains.said }];
  return {
    ...verdict,
    faults: [...faults, ...broken],
    notes: [`verify: exit ${chains.exit} ${chains.said}`],
  };
});
