import { parseArgs } from 'node:util';
import { kinds, type Trial, tryFault } from './platforms/campaign.ts';
import { faults } from './platforms/wire.ts';
import { openWorld } from './platforms/world.ts';

/**
 * `node --import tsx test/faults/platforms.ts --minutes 10 --seed 1 [--fault html] [--kind app]`: of every kind of robot
 * one fails in every way for so many minutes, in a time that isn't waited for, while letters are written to all. A line
 * for each; ends with 1 when one of them is worse than it may be.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    fault: { type: 'string' },
    kind: { type: 'string', default: '' },
  },
});
const chosen = faults.filter((fault) => values.fault === undefined || fault === values.fault);
const minutes = Number(values.minutes);

const heads = [
  'robot',
  'fault',
  'letters',
  'lost',
  'told',
  'tries',
  'in 60 s',
  'drained',
  'at best',
  'others',
  'tokens',
];
const row = (cells: (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
row(heads);
row(heads.map(() => '---'));
let wrong = 0;
for (const door of ['hook', 'connection'] as const) {
  const here = kinds.filter((kind) => kind.door === door && kind.name.includes(values.kind));
  if (here.length === 0) continue;
  const world = await openWorld(door);
  for (const kind of here) {
    for (const fault of kind.faults.filter((each) => chosen.includes(each))) {
      const trial = await tryFault(world, kind, fault, minutes, Number(values.seed));
      tell(trial);
      if (trial.wrong.length > 0) process.stdout.write(`${JSON.stringify(trial.wrong)}\n`);
      wrong += trial.wrong.length;
    }
  }
  await world.close();
}
process.exitCode = wrong > 0 ? 1 : 0;

function tell({
  kind,
  fault,
  letters,
  lost,
  declared,
  tries,
  inMinute,
  drained,
  best,
  others,
  tokens,
}: Trial): void {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const counts = [letters, lost.length, declared.length, tries, inMinute];
  row([kind, fault, ...counts, seconds(drained), seconds(best), seconds(others), tokens]);
}
