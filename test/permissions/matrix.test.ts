import { and, eq, gt, max } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Act, Intent } from '../../src/chat/intent.ts';
import { vocabularyOf } from '../../src/chat/vocabulary.ts';
import type { Said } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/index.ts';
import { agree, inHand, request } from '../../src/ledger/acts/closeout.ts';
import { ask } from '../../src/ledger/acts/extension.ts';
import { listingOf, order, propose, proposeLift } from '../../src/ledger/acts/listing.ts';
import type { Db, Store } from '../../src/ledger/db.ts';
import { nobody } from '../../src/ledger/entries.ts';
import { factsOf, type TaskFacts } from '../../src/ledger/facts.ts';
import type { Person } from '../../src/ledger/people.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { readCalendar, readPlan } from '../../src/ledger/plan/read.ts';
import { type Plan, plansOf } from '../../src/ledger/plan.ts';
import { Refusal } from '../../src/ledger/refusal.ts';
import type { Place } from '../../src/ledger/rules/audience.ts';
import { judge } from '../../src/ledger/rules/task.ts';
import { entries, people, sections, tasks } from '../../src/ledger/schema.ts';
import type { Level, Role } from '../../src/ledger/terms.ts';
import * as sample from '../ledger/rules/plan.ts';
import { stores } from '../setup/stores.ts';
import * as spec from './spec.ts';

const now = new Date('2026-04-09T02:00:00Z');
const today = '2026-04-09';
const { CODE, INDICATOR } = spec;
const BACK = new Error('taken back');

let store: Store;
let frame: Pick<Said, 'plan' | 'vocabulary' | 'calendar'>;
const ids = new Map<string, number>();
const sectionIds = new Map<string, number>();

beforeAll(async () => {
  const [postgres] = stores;
  if (!postgres) throw new Error('no store');
  store = await postgres.open();
  await loadSample(store.db, now);
  const [plan] = await plansOf(store.db);
  if (!plan) throw new Error('no plan');
  const vocabulary = vocabularyOf(await readPlan(store.db, plan.id), ['督办']);
  frame = { plan, vocabulary, calendar: await readCalendar(store.db, plan.id) };
  for (const { id, name } of await store.db.select().from(people)) ids.set(name, id);
  for (const { id, code } of await store.db.select().from(sections)) sectionIds.set(code, id);
  // One task for all cells: 安全管理科's, shared with 机关党委, with a deadline that can be moved.
  await store.db
    .update(tasks)
    .set({ coSectionIds: [sectionIds.get('dangwei') ?? 0], deadline: '2026-11-30' })
    .where(eq(tasks.code, CODE));
});
afterAll(() => store.close());

const seats = { lead: 'anquan', co: 'dangwei', led: 'lingdao', other: 'caiwu' };

/** Somebody with one role, sitting where the tie says; led is whoever leads the task. */
function personOf(role: Role | null, tie: spec.Tie): Person {
  const name = tie === 'led' ? '分管安全规划副局长' : '财务科科长';
  return {
    ...{ id: ids.get(name) ?? 0, name, address: name, section: '财务科' },
    roles: role === null ? [] : [role],
    sectionId: sectionIds.get(seats[tie]) ?? 0,
  };
}

function saidBy(tx: Db, person: Person, place: Place): Said {
  const origin = {
    ...{ personId: person.id, platform: 'wecom', chat: 'chat', messageId: 'message' },
    ...{ at: now, words: '4.3.2' },
  };
  const said: Said = {
    ...{ tx, person, place, origin, commands, now, today, ...frame },
    ...{
      group: null,
      accompanying: [],
      botName: '督办',
      link: () => null,
      tell: async () => true,
      post: async () => {},
      upcoming: async () => [],
    },
    alone: () => said,
  };
  return said;
}

const as = (name: string) => ({ ...nobody(now), personId: ids.get(name) ?? 0 });

/** Brings the task to where a row wants it, by the acts of the ledger. */
async function arrange(tx: Db, plan: Plan, situation: spec.Situation): Promise<void> {
  const facts = async (): Promise<TaskFacts> => {
    const task = await factsOf(tx, plan, CODE);
    if (!task) throw new Error('no task');
    return task;
  };
  const chief = as('安全管理科科长');
  if (situation === 'closed')
    await tx.update(tasks).set({ state: 'closed', closedOn: today }).where(eq(tasks.code, CODE));
  if (situation.startsWith('to ')) {
    await request(tx, await facts(), { missing: [], insisted: false, on: today }, chief);
    // Taken by others than those who are tried, so that nobody is refused for a step of his own.
    const taken = { 'to review': 0, 'to verify': 1, 'to approve': 2 }[situation as string] ?? 0;
    for (const name of ['分管体育副局长', '整改办主任'].slice(0, taken)) {
      const task = await facts();
      await agree(tx, task, await inHand(tx, plan, task), { closes: false, on: today }, as(name));
    }
  }
  if (situation === 'extension asked') {
    const task = await facts();
    await ask(tx, { ...task, deadline: task.deadline ?? today }, { to: '2026-12-30', late: false }, chief);
  }
  if (['listing proposed', 'listed', 'lift proposed'].includes(situation)) {
    await propose(tx, await facts(), null, as('整改办主任'));
  }
  if (situation === 'listed' || situation === 'lift proposed') {
    const task = await facts();
    const listing = await listingOf(tx, task.id);
    if (listing) await order(tx, task, listing, { term: null, on: today }, as('党组书记'));
  }
  if (situation === 'lift proposed') {
    const task = await facts();
    const listing = await listingOf(tx, task.id);
    if (listing) await proposeLift(tx, task, listing, as('整改办主任'));
  }
}

/** What comes of it: the last act written, `shown` without one, or which of the two refusals. */
async function outcomeOf(said: Said, intent: Intent): Promise<string> {
  const command = commands[intent.act];
  if (!command.may(said)) return command.may({ ...said, place: 'single' }) ? 'private' : 'no';
  const [before] = await said.tx.select({ id: max(entries.id) }).from(entries);
  try {
    await command.run(said, intent);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.kind === 'notHere'
      ? 'no'
      : error.kind === 'inPrivate'
        ? 'private'
        : `refused: ${error.message}`;
  }
  const written = await said.tx
    .select({ act: entries.act })
    .from(entries)
    .where(and(eq(entries.chain, CODE), gt(entries.id, before?.id ?? 0)))
    .orderBy(entries.id);
  return written.at(-1)?.act ?? 'shown';
}

/** What the specification says of a cell. A refusal to somebody who may see the task can say whose turn it is. */
function wanted(row: spec.TaskRow, persona: spec.Persona, level: Level, place: Place): RegExp {
  const seen = spec.sight(persona, level, place);
  if (seen === 'no') return /^no$/;
  if (seen === 'private') return /^(?:private|no)$/;
  if (seen === 'count' && row.figure) return /^no$/;
  const outcome = row.may[persona.name];
  const isKept = row.words === 'left' ? level !== 'self' : seen !== 'count';
  if (row.words && outcome !== undefined && !isKept) return /^refused: .*只记是否已交/;
  return outcome === undefined ? /^(?:no|refused: .*)$/ : RegExp(`^${outcome}$`);
}

/** 公开 differs from 系统内 outside the plan's chats only. */
const levels = spec.levels.filter((level) => level !== 'open');

describe('the matrix of permissions', () => {
  test('has a row for every command', () => {
    const rows = new Set([
      ...Object.values(spec.taskRows).map(({ act }) => act),
      ...Object.keys(spec.planRows),
    ]);
    expect(Object.keys(commands).filter((act) => !rows.has(act))).toEqual([]);
  });

  let cells = 0;
  for (const [name, row] of Object.entries(spec.taskRows)) {
    test(`holds for who may ${name}, where, and of which level`, { timeout: 120_000 }, async () => {
      const wrong: string[] = [];
      for (const level of levels) {
        await store.db
          .transaction(async (tx) => {
            await tx.update(tasks).set({ level }).where(eq(tasks.code, CODE));
            await arrange(tx, frame.plan, row.situation);
            for (const persona of spec.personas) {
              for (const place of spec.places) {
                const person = personOf(persona.role, persona.tie);
                const intent: Intent = {
                  ...{ act: row.act, task: CODE, ...row.intent },
                  ...(row.figure ? { indicator: INDICATOR } : {}),
                };
                let came = '';
                await tx
                  .transaction(async (cell) => {
                    came = await outcomeOf(saidBy(cell, person, place), intent);
                    throw BACK;
                  })
                  .catch((error: unknown) => {
                    if (error !== BACK) throw error;
                  });
                cells += 1;
                if (!wanted(row, persona, level, place).test(came))
                  wrong.push(`${persona.name} ${place} ${level}: ${came}`);
              }
            }
            throw BACK;
          })
          .catch((error: unknown) => {
            if (error !== BACK) throw error;
          });
      }
      expect(wrong).toEqual([]);
    });
  }

  test('holds for what is done to no task', () => {
    const wrong: string[] = [];
    for (const command of Object.values(commands)) {
      const row = spec.planRows[command.act];
      if (!row) continue;
      for (const role of spec.roles) {
        for (const place of spec.places) {
          const may = (where: Place) => command.may({ person: personOf(role, 'lead'), place: where });
          const came = may(place) ? 'yes' : may('single') ? 'private' : 'no';
          const want = !row.who.includes(role) ? 'no' : row.where.includes(place) ? 'yes' : 'private';
          cells += 1;
          if (came !== want) wrong.push(`${command.act} ${role} ${place}: ${came}, not ${want}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(5_000);
  });
});

/** The table's acts, by the commands that people say them with. */
const said: Partial<Record<Act, Parameters<typeof judge>[1][]>> = {
  ...{ progress: ['progress'], submit: ['submit'], verify: ['agree'], return: ['return'] },
  ...{ lookback: ['holds', 'relapsed'], list: ['list', 'order'], delist: ['delist', 'lift'] },
  ...{ extend: ['extend'], grant: ['decide'], mute: ['mute'], decide: ['assign'] },
  ...{ node: ['node'], baseline: ['baseline'] },
};
const chain = ['request', 'review', 'verify', 'approve'];

describe('what 帮助 tells somebody of a task’s way', () => {
  const hands = sample.codes.flatMap((code) => {
    const task = sample.task(code);
    const office = sample.sectionId('bangongshi');
    const hand = { ...task, chain, officeLed: task.sectionId === office, secretaryLed: false };
    const open = (['active', 'closed'] as const).map((state) => ({ ...hand, state, taken: [] }));
    const asked = [1, 2, 3].map((count) => ({
      ...{ ...hand, state: 'submitted' as const },
      taken: chain.slice(0, count).map((step) => ({ step, personId: -1 })),
    }));
    return [...open, ...asked];
  });

  const rolesOf = ({ roles }: { roles: readonly Role[] }) => roles.toSorted().join('、');
  const kinds = [...new Set(sample.everyone.map(rolesOf))];

  test.each(kinds)('is what the table of acts lets such a person do somewhere: %s', (kind) => {
    const viewers = sample.everyone.filter((each) => rolesOf(each) === kind);
    for (const [act, acts] of Object.entries(said)) {
      const command = Object.values(commands).find((each) => each.act === act);
      const [viewer] = viewers;
      const who = { person: { ...viewer, name: '' } as Person, place: 'single' as const };
      const isTold = command?.may(who) === true && command.suits?.(who) !== false;
      const may = (each: (typeof acts)[number], hand: (typeof hands)[number]) =>
        viewers.some((one) => judge(hand, each, one).may || judge(hand, each, one, 'person').may);
      expect(isTold, act).toBe(hands.some((hand) => acts.some((each) => may(each, hand))));
    }
  });
});
