import { and, asc, eq, inArray } from 'drizzle-orm';
import { type Day, dayOf } from '../../days.ts';
import type { Db } from '../../db.ts';
import type { Plan } from '../../plan.ts';
import { entries, people, sections } from '../../schema.ts';
import type { Dossier } from '../dossier.ts';
import { fieldOf } from '../past.ts';

/** Somebody answered for something from one day to another; who the ledger began with has no entry that says so. */
export interface Tenure {
  who: string;
  from: Day;
  /** Null: still. */
  until: Day | null;
  /** The entry by which it began: its number, in the task's chain or in the plan's. */
  by: { seq: number; chain: 'task' | 'plan' } | null;
}

/** A section's post passed on, by a handover or by a workbook. */
interface Passing {
  seq: number;
  at: Date;
  section: string;
  to: string;
  from: string;
}

/** What of the plan says who answered for its tasks. */
export interface Posts {
  plan: Pick<Plan, 'since' | 'timeZone'>;
  /** By their codes. */
  sections: Map<string, string>;
  /** Who holds each section's post now, by its code. */
  chiefs: Map<string, string>;
  passed: Passing[];
}

/** A task's leader, its lead section, and the chiefs of each section while it led it, before an instant. */
export function tenuresOf(
  { task, entries: own, names }: Dossier,
  posts: Posts,
  until: Date,
): { leader: Tenure[]; section: (Tenure & { chiefs: Tenure[] })[] } {
  const changes = (field: 'leader' | 'section', word: (value: unknown) => string) =>
    own.flatMap((entry) => {
      const change = fieldOf(entry, task.code, field);
      if (!change) return [];
      const [from, to] = change.map(word) as [string, string];
      return [{ from, to, at: entry.at, by: { seq: entry.seq, chain: 'task' as const } }];
    });
  const code = (value: unknown) => (value === null ? '' : String(value));
  const leaderName = (value: unknown) => (value === null ? '待明确' : (names.get(Number(value)) ?? ''));
  const codeOf = [...posts.sections].find(([, name]) => name === task.section)?.[0] ?? '';
  return {
    leader: spans(posts, changes('leader', leaderName), task.leader ?? '待明确'),
    section: spans(posts, changes('section', code), codeOf).map((tenure) => ({
      ...tenure,
      who: posts.sections.get(tenure.who) ?? '待明确',
      chiefs: within(chiefsOf(posts, tenure.who, until), tenure),
    })),
  };
}

interface Change {
  from: string;
  to: string;
  at: Date;
  by: Tenure['by'];
}

function spans({ plan }: Posts, changes: readonly Change[], now: string): Tenure[] {
  const tenures: Tenure[] = [];
  let [from, by]: [Day, Tenure['by']] = [plan.since, null];
  for (const change of changes) {
    const on = dayOf(change.at, plan.timeZone);
    tenures.push({ who: change.from, from, until: on, by });
    [from, by] = [on, change.by];
  }
  return [...tenures, { who: changes.at(-1)?.to ?? now, from, until: null, by }];
}

function chiefsOf(posts: Posts, section: string, until: Date): Tenure[] {
  const own = posts.passed.filter((each) => each.section === section);
  const before = own.filter(({ at }) => at < until);
  const later = own.find(({ at }) => at >= until);
  const changes = before.map(({ seq, ...each }) => ({ ...each, by: { seq, chain: 'plan' as const } }));
  return spans(posts, changes, later?.from ?? posts.chiefs.get(section) ?? '待明确');
}

const within = (tenures: Tenure[], { from, until }: Tenure): Tenure[] =>
  tenures
    .filter((each) => (until === null || each.from < until) && (each.until === null || each.until > from))
    .map((each) => ({ ...each, from: each.from < from ? from : each.from }));

export async function postsOf(db: Db, plan: Plan): Promise<Posts> {
  const units = await db.select().from(sections).where(eq(sections.planId, plan.id));
  const members = await db.select().from(people).where(eq(people.planId, plan.id)).orderBy(asc(people.rank));
  const codes = new Map(units.map(({ id, code }) => [id, code]));
  const posts = members.map((each) => ({ ...each, section: codes.get(each.sectionId) ?? '' }));
  const rows = await db
    .select()
    .from(entries)
    .where(and(eq(entries.planId, plan.id), inArray(entries.act, ['takeover', 'import'])))
    .orderBy(asc(entries.id));
  return {
    plan,
    sections: new Map(units.map(({ code, name }) => [code, name])),
    chiefs: new Map(
      posts
        .filter(({ active, roles }) => active && roles.includes('chief'))
        .toReversed()
        .map(({ section, address }) => [section, address]),
    ),
    passed: rows.flatMap(({ seq, at, act, detail }) =>
      (act === 'takeover' ? takenOver(detail, posts) : brought(detail, posts)).map((each) => ({
        ...{ seq, at },
        ...each,
      })),
    ),
  };
}

type Post = { id: number; address: string; roles: readonly string[]; section: string };
type Passed = Pick<Passing, 'section' | 'to' | 'from'>;

/** A handover to somebody who had left meanwhile passed nothing on. */
function takenOver(detail: Record<string, unknown>, posts: readonly Post[]): Passed[] {
  const { section, to, from, void: isVoid } = detail as Record<string, unknown> & { from?: number[] };
  const name = (id: unknown) => posts.find((each) => each.id === id)?.address ?? '';
  if (isVoid === true) return [];
  return [{ section: String(section), to: name(to), from: (from ?? []).map(name).join('、') || '待明确' }];
}

type PersonRow = { sheet: string; person: number; fields?: Record<string, unknown> };

/** By a workbook people are given a section's post, or moved with it. */
function brought(detail: Record<string, unknown>, posts: readonly Post[]): Passed[] {
  const rows = Array.isArray(detail.rows) ? (detail.rows as PersonRow[]) : [];
  const moves = rows
    .filter(({ sheet }) => sheet === 'people')
    .flatMap(({ person, fields = {} }) => {
      const post = posts.find(({ id }) => id === person);
      if (!post) return [];
      const change = <T>(field: string, now: T) =>
        Array.isArray(fields[field]) ? (fields[field] as [T, T]) : ([now, now] as [T, T]);
      const [had, has] = change('roles', post.roles).map((roles) => roles.includes('chief'));
      const [left, joined] = change('section', post.section);
      if (had === has && (left === joined || !has)) return [];
      return [{ name: post.address, left: had ? left : null, joined: has ? joined : null }];
    });
  const touched = [...new Set(moves.flatMap(({ left, joined }) => [left, joined]))];
  return touched.flatMap((section) => {
    if (section === null) return [];
    const name = (of: 'left' | 'joined') =>
      moves
        .filter((each) => each[of] === section)
        .map((each) => each.name)
        .join('、') || '待明确';
    return [{ section, to: name('joined'), from: name('left') }];
  });
}
