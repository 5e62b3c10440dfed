// Loses no letter and shows none twice without a mark, however often it is killed inside a send:
//   node --import tsx test/crash/outbound.ts --kills 500 --database postgres
//   node --import tsx test/crash/outbound.ts --kills 500 --database pglite
// `--seed` makes the choices of another run again; `--broken` tries a build that is broken on purpose, by its name in
// broken.ts. Ctrl-C kills no more, and judges what there is.
import { runScript } from './script.ts';
import { strike } from './strikes.ts';

await runScript((given) => strike({ ...given, minute: true }));
