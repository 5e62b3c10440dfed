import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../src/commands/index.ts';
import { pushes } from '../src/pushes/index.ts';

const root = join(import.meta.dirname, '..');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, 'src', name), 'utf8') }));

/** Which rooms a room may look into besides itself. Down only: nothing sideways, nothing up. */
const mayImport: Record<string, string[]> = {
  top: [
    'bot',
    'delivery',
    'ways',
    'commands',
    'pushes',
    'reports',
    'workbook',
    'chat',
    'ledger',
    'platforms',
    'web',
  ],
  bot: ['ways', 'commands', 'pushes', 'chat', 'ledger'],
  delivery: ['ways', 'pushes', 'platforms', 'chat', 'ledger'],
  ways: ['pushes', 'platforms', 'chat', 'ledger'],
  commands: ['chat', 'reports', 'ledger'],
  pushes: ['chat', 'reports', 'ledger'],
  web: ['reports', 'chat', 'ledger', 'platforms'],
  reports: ['chat', 'ledger'],
  workbook: ['chat', 'ledger'],
  platforms: ['chat'],
  chat: ['ledger'],
  ledger: [],
};

/** What each room of the ledger may look into of it: rules know no database, acts ask no reader, readers ask acts. */
const words = ['terms', 'days', 'refusal', 'reply'];
const records = [
  ...words,
  ...['calendar', 'rules', 'seal', 'schema', 'db', 'entries', 'facts', 'plan', 'people', 'files', 'papers'],
  ...['inbox', 'outbox', 'slots', 'leases', 'lights'],
];
const inLedger: Record<string, string[]> = {
  calendar: words,
  rules: [...words, 'calendar'],
  acts: records,
  views: [...records, 'acts'],
  book: records,
  ...Object.fromEntries(
    records
      .filter((room) => !words.includes(room) && !['calendar', 'rules'].includes(room))
      .map((room) => [room, records]),
  ),
};

/** Below all rooms, and importing none: the present, where the package's files lie, and which hosts are this machine. */
const below = ['time.ts', 'shipped.ts', 'loopback.ts'];

/** What the command line does, and what a long connection brings, work with the whole house, as the files beside the rooms do. */
const beside = ['cli', 'connections'];

const roomOf = (name: string) => {
  const [folder = '', ...more] = name.split('/');
  return more.length === 0 || beside.includes(folder) ? 'top' : folder;
};

const importsOf = ({ name, text }: { name: string; text: string }) =>
  [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path = '']) =>
    relative(join(root, 'src'), join(root, 'src', dirname(name), path)),
  );

describe('the house', () => {
  test('has only the rooms that are drawn', () => {
    expect(Object.keys(mayImport)).toEqual(
      expect.arrayContaining([...new Set(sources.map(({ name }) => roomOf(name)))]),
    );
  });

  test('has imports that go down only', () => {
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter((path) => !below.includes(path) && roomOf(path) !== roomOf(source.name))
        .filter((path) => !mayImport[roomOf(source.name)]?.includes(roomOf(path)))
        .map((path) => `${source.name} → ${path}`),
    );
    expect(wrong).toEqual([]);
  });

  test('has a ledger whose rules know no database, whose acts ask no reader, and whose readers write nothing', () => {
    const roomIn = (path: string) => path.split('/')[1]?.replace('.ts', '') ?? '';
    const ledger = sources.filter(({ name }) => name.startsWith('ledger/'));
    const wrong = ledger.flatMap((source) =>
      importsOf(source)
        .filter((path) => path.startsWith('ledger/') && roomIn(path) !== roomIn(source.name))
        .filter((path) => !(inLedger[roomIn(source.name)] ?? words).includes(roomIn(path)))
        .map((path) => `${source.name} → ${path}`),
    );
    const writing = ledger.filter(
      ({ name, text }) => roomIn(name) === 'views' && /\.(insert|update)\(|\bwrite\(/.test(text),
    );
    expect({ wrong, writing: writing.map(({ name }) => name) }).toEqual({ wrong: [], writing: [] });
  });

  test('has commands that know nothing of one another: what several share lies in a room beside them', () => {
    const command = /^commands\/\w+\.ts$/;
    const mayKnow = ['commands/index.ts', 'commands/command.ts'];
    const wrong = sources
      .filter(({ name }) => command.test(name) && name !== 'commands/index.ts')
      .flatMap((source) =>
        importsOf(source)
          .filter((path) => command.test(path) && !mayKnow.includes(path))
          .map((path) => `${source.name} → ${path}`),
      );
    expect(wrong).toEqual([]);
  });

  test('leaves the tables to the ledger: the rooms ask it', () => {
    const readers = sources.filter(
      ({ name, text }) =>
        !['top', 'ledger'].includes(roomOf(name)) && /ledger\/schema\.ts|from 'drizzle-orm'/.test(text),
    );
    expect(readers.map(({ name }) => name)).toEqual([]);
  });

  test('knows the present in one place', () => {
    const clocks = sources.filter(
      ({ name, text }) => name !== 'time.ts' && /new Date\(\)|Date\.now\(\)/.test(text),
    );
    expect(clocks.map(({ name }) => name)).toEqual([]);
  });

  test('reads the environment in one place', () => {
    const readers = sources.filter(({ text }) => /process\.env/.test(text));
    expect(readers.map(({ name }) => name).sort()).toEqual(['cli.ts', 'main.ts']);
  });

  test('never changes or removes an entry', () => {
    const writers = sources.filter(({ text }) => /\.(update|delete)\(\s*(schema\.)?entries\s*\)/.test(text));
    expect(writers).toEqual([]);
  });

  test('lists all commands and all pushes, and nothing else lies among them', () => {
    const listed = (folder: string) => {
      const list = readFileSync(join(root, 'src', folder, 'index.ts'), 'utf8');
      return [...list.matchAll(/from '\.\/(\w+\.ts)'/g)].map(([, file]) => `${folder}/${file}`);
    };
    const lying = (folder: string) =>
      sources
        .map(({ name }) => name)
        .filter((name) => dirname(name) === folder && !name.endsWith('/index.ts'));
    for (const folder of ['commands', 'pushes']) {
      expect(new Set(lying(folder)), folder).toEqual(new Set(listed(folder)));
    }
  });

  test('names each command by its act, and each push once', () => {
    for (const [act, command] of Object.entries(commands)) expect(command.act).toBe(act);
    const names = pushes.map((push) => push.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has an example of every setting that it reads, and of no other', () => {
    const settings = readFileSync(join(root, 'src/settings.ts'), 'utf8');
    const read = new Set([...settings.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name));
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    const shown = new Set([...example.matchAll(/^([A-Z][A-Z_]+)=/gm)].map(([, name]) => name));
    expect(shown).toEqual(read);
  });
});
