// Writes into every phrase what it carries beside its intents, and prints each line that this changes:
//   node --import tsx test/phrases/write.ts
// The intents are told by hand and left alone. What is printed wants to be read: is it what a clerk would have taken?
import { writeFileSync } from 'node:fs';
import { heard } from './heard.ts';
import { files, linesOf, type Phrase } from './phrases.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

function filledIn({ more: _, left: __, ...line }: Phrase): Phrase {
  const { more, left } = heard({ ...line });
  return {
    ...line,
    ...(more.length > 0 ? { more } : {}),
    ...(left.length > 0 ? { left } : {}),
  };
}

for (const file of files) {
  const lines = linesOf(file).map((line) => {
    const whole = filledIn(line);
    const [before, after] = [line, whole].map(({ more = [], left = [] }) => JSON.stringify({ more, left }));
    if (before !== after) print(`${line.id} ${line.text}\n  ${before}\n  ${after}`);
    return JSON.stringify(whole);
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
}
