import postgres from 'postgres';

/** Entries of each task, and as many letters of each plan that have left as those that wait. */
const ENTRIES = 10;
/** Letters that wait for a plan's one robot, each in a chat of its own. */
export const LETTERS = 100;

/**
 * Copies the ledger's one plan until there are so many, each with its year behind it: ten entries on each task with
 * their words and figures, what hangs on them, and the letters. Past the triggers, or it would take an hour. Entries lie
 * in the order of time, as they would: those of one plan are strewn over the whole table.
 */
export async function fill(url: string, plans: number): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin.unsafe(
    `set session_replication_role = replica; set synchronous_commit = off; set work_mem = '512MB'`,
  );
  for (const statement of year) await admin.unsafe(statement);
  const known = await admin<{ table: string; column: string }[]>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' order by ordinal_position`;
  for (const [table, ids] of Object.entries(moved)) {
    const columns = known.filter((each) => each.table === table).map(({ column }) => column);
    await admin.unsafe(copy(table, columns, ids, plans));
  }
  await admin`vacuum analyze`;
  await admin.end();
}

const firstOf = (table: string) => `(select min(id) from ${table})`;

/** The first plan's year. */
const year = [
  `insert into entries (plan_id, task_id, chain, seq, act, person_id, at, detail, prev, hash)
    select t.plan_id, t.id, t.code, n, case n when 4 then 'note' when 7 then 'submit' else 'progress' end, ${firstOf('people')},
      '2026-01-05 09:00+08'::timestamptz + n * interval '9 days' + t.id * interval '7 minutes', '{}',
      md5(n::text || t.code) || md5(t.code || n), md5(t.code) || md5(n::text)
    from tasks t, generate_series(1, ${ENTRIES}) n order by n, t.id`,
  `insert into words (entry_id, salt, text)
    select id, md5(id::text), '@督办 ' || chain || ' 本周开展检查一次,发现问题已督促整改' from entries where act <> 'submit'`,
  `insert into postings (entry_id, indicator_id, period, happened_on, op, value, confirmed)
    select e.id, i.id, '2026', (e.at at time zone 'Asia/Shanghai')::date, 'add', 1, true
    from entries e, lateral (select min(id) as id from indicators where task_id = e.task_id) i
    where e.act = 'progress' and i.id is not null`,
  `insert into nodes (indicator_id, due, value, entry_id)
    select i.id, '2026-06-30', 1, e.id from indicators i
    join entries e on e.task_id = i.task_id and e.seq = 1 where i.code like '%/1'`,
  `insert into lights (task_id, light, day)
    select t.id, l.light, l.day from tasks t, (values ('green', '2026-01-05'::date), ('yellow', '2026-04-01')) l (light, day)`,
  `insert into listings (task_id, proposed_entry_id, ordered_entry_id, ordered_on, term)
    select task_id, id, id, '2026-03-02', '2026-05-29' from entries where seq = 5 and task_id % 10 = 0`,
  `insert into extensions (task_id, asked_entry_id, decided_entry_id, from_day, to_day, late, granted)
    select task_id, id, id, '2026-03-31', '2026-06-30', false, true from entries where seq = 6 and task_id % 10 = 1`,
  `insert into closeouts (task_id, requested_entry_id, missing, steps, outcome)
    select task_id, id, '[]', '[]', 'returned' from entries where act = 'submit'`,
  `insert into meetings (plan_id, starts_at, place, held_entry_id, people, minutes)
    select p.id, '2026-01-30 15:00+08'::timestamptz + n * interval '28 days', '三楼会议室', ${firstOf('entries')}, 12, 60
    from plans p, generate_series(0, 2) n`,
  `insert into follow_ups (plan_id, task_id, meeting_id, entry_id, owner_id, due)
    select e.plan_id, e.task_id, ${firstOf('meetings')}, e.id, e.person_id, '2026-05-29' from entries e
    where seq = 2 and task_id % 5 = 0`,
  `insert into handovers (plan_id, section_id, person_id, on_day, entry_id, ended_entry_id)
    select id, ${firstOf('sections')}, ${firstOf('people')}, '2026-03-02', ${firstOf('entries')}, ${firstOf('entries')} from plans`,
  letters("'sent'", "'digest:' || n || ':2026-03-09'", "'2026-03-09 08:42+08'"),
  letters("'pending'", "'letter ' || n", 'null'),
];

function letters(state: string, key: string, ended: string): string {
  const at = `'2026-03-09 08:42+08'::timestamptz + n * interval '2 hours'`;
  return `insert into letters (plan_id, key, push, platform, account, robot, reply, tasks, marks, uuid, state, attempt, created_at, due_at, expires_at, left_at, tried_at, ended_at)
    select p.id, ${key}, 'personal', 'wecom', 'member ' || n, 'robot ' || p.id,
      '{"title":"【整改提示】4月9日","lines":["【黄】【4.3.2】安全检查,完成时限6月30日。"]}', array['4.3.2'],
      array['over:4.3.2:2026-03-31:' || n, 'soon10:4.3.3:2026-04-30:' || n], md5(n || ${state}), ${state}, ${ended === 'null' ? 0 : 1},
      ${at}, ${at}, ${at} + interval '40 days', ${ended}, ${ended}, ${ended}
    from plans p, generate_series(1, ${LETTERS}) n`;
}

/** Further than any id of the first plan lies. */
const STRIDE = 20_000;

/** The columns of each table that hold ids, the one that it is known by first: all of them move by as much. */
const moved: Record<string, string[]> = {
  plans: ['id'],
  sections: ['id', 'plan_id'],
  people: ['id', 'plan_id', 'section_id'],
  accounts: ['person_id'],
  groups: ['id', 'plan_id', 'section_id'],
  categories: ['id', 'plan_id'],
  measures: ['id', 'plan_id'],
  tasks: ['id', 'plan_id', 'leader_id', 'section_id'],
  indicators: ['id', 'task_id'],
  entries: ['id', 'plan_id', 'task_id', 'person_id', 'section_id'],
  words: ['entry_id'],
  postings: ['id', 'entry_id', 'indicator_id'],
  nodes: ['id', 'indicator_id', 'entry_id'],
  lights: ['id', 'task_id'],
  listings: ['id', 'task_id', 'proposed_entry_id', 'ordered_entry_id'],
  extensions: ['id', 'task_id', 'asked_entry_id', 'decided_entry_id'],
  closeouts: ['id', 'task_id', 'requested_entry_id'],
  meetings: ['id', 'plan_id', 'held_entry_id'],
  follow_ups: ['id', 'plan_id', 'task_id', 'meeting_id', 'entry_id', 'owner_id'],
  handovers: ['id', 'plan_id', 'section_id', 'person_id', 'entry_id', 'ended_entry_id'],
  letters: ['id', 'plan_id', 'group_id'],
};

const apart = (column: string) => `t.${column} || '-' || k`;

/** What is unique in the whole ledger, and lists of ids. */
const others: Record<string, Record<string, string>> = {
  plans: { code: apart('code') },
  accounts: { account: apart('account') },
  groups: { chat_id: apart('chat_id') },
  letters: { key: apart('key'), robot: apart('robot'), uuid: apart('uuid') },
  tasks: { co_section_ids: `array(select each + k * ${STRIDE} from unnest(t.co_section_ids) each)` },
};

function copy(table: string, columns: string[], ids: string[], plans: number): string {
  const [id = ''] = ids;
  const shifted = (column: string) => {
    if (ids.includes(column)) return `t.${column} + k * ${STRIDE}`;
    return others[table]?.[column] ?? `t.${column}`;
  };
  const names = columns.map((column) => `"${column}"`).join(', ');
  // A place of its own among the copies: ids alone would put each plan's rows together.
  return `insert into ${table} (${names}) select ${columns.map((column) => shifted(column)).join(', ')}
    from ${table} t, generate_series(1, ${plans - 1}) k where t.${id} < ${STRIDE} order by t.${id}, k`;
}
