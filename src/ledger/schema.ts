import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  Audience,
  BulletinState,
  Clock,
  Comparator,
  IndicatorKind,
  LetterState,
  Level,
  Light,
  PlanSettings,
  Register,
  Role,
  TaskState,
} from './terms.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const day = (name: string) => date(name, { mode: 'string' });
/** Bytes; postgres.js gives a Buffer, PGlite a plain array. */
const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
});
const figure = (name: string) => numeric(name, { precision: 18, scale: 4, mode: 'number' });

export const plans = pgTable('plans', {
  id: serial().primaryKey(),
  code: text().notNull().unique(),
  title: text().notNull(),
  org: text().notNull(),
  year: integer().notNull(),
  starts: day('starts').notNull(),
  ends: day('ends').notNull(),
  /** The ledger's first day: what ended before it lights nothing. */
  since: day('since').notNull(),
  timeZone: text('time_zone').notNull(),
  note: text().notNull().default(''),
  settings: jsonb().$type<PlanSettings>().notNull(),
  contact: jsonb().$type<{ name: string; phone: string }>().notNull(),
  sample: boolean().notNull().default(false),
  /** A sample that the bureau's own plan has replaced: nobody is in it any more, only its entries stand. */
  retired: boolean().notNull().default(false),
  /** Rises with every change of tasks, indicators, sections, people or groups; what is cached hangs on it. */
  version: integer().notNull().default(1),
  /** Head of the plan's own chain of entries, as on a task. */
  headSeq: integer('head_seq').notNull().default(0),
  headHash: text('head_hash').notNull().default(''),
});

const planId = () =>
  integer('plan_id')
    .notNull()
    .references(() => plans.id);

export const sections = pgTable(
  'sections',
  {
    id: serial().primaryKey(),
    planId: planId(),
    code: text().notNull(),
    name: text().notNull(),
    /** `resident`: the discipline inspectors posted here, who are never reminded, lit, listed or counted. */
    kind: text().$type<'leadership' | 'section' | 'unit' | 'resident'>().notNull(),
    aliases: text().array().notNull(),
    rank: integer().notNull(),
    retired: boolean().notNull().default(false),
  },
  (table) => [unique().on(table.planId, table.code)],
);

export const people = pgTable(
  'people',
  {
    id: serial().primaryKey(),
    planId: planId(),
    name: text().notNull(),
    post: text().notNull(),
    /** How the person is addressed (称呼). */
    address: text().notNull(),
    sectionId: integer('section_id')
      .notNull()
      .references(() => sections.id),
    roles: text().array().$type<Role[]>().notNull(),
    rank: integer().notNull(),
    active: boolean().notNull().default(true),
  },
  (table) => [unique().on(table.planId, table.name)],
);

const person = (name: string) => integer(name).references(() => people.id);

export const accounts = pgTable(
  'accounts',
  {
    platform: text().notNull(),
    account: text().notNull(),
    personId: person('person_id').notNull(),
    boundAt: instant('bound_at').notNull(),
    /** The last message from this account: a person with two is written to where they last spoke. */
    spokeAt: instant('spoke_at'),
  },
  (table) => [primaryKey({ columns: [table.platform, table.account] }), index().on(table.personId)],
);

export const groups = pgTable(
  'groups',
  {
    id: serial().primaryKey(),
    planId: planId(),
    code: text().notNull(),
    name: text().notNull(),
    platform: text().notNull(),
    chatId: text('chat_id').notNull(),
    audience: text().$type<Audience>().notNull(),
    sectionId: integer('section_id').references(() => sections.id),
    /** Push address and signing secret, sealed with SECRET_KEY. */
    sealedAddress: text('sealed_address'),
    sealedSecret: text('sealed_secret'),
    pausedBy: person('paused_by'),
    pausedAt: instant('paused_at'),
    /** Why pushes to it have stopped for good: the robot was removed, the group dissolved. */
    gone: text(),
  },
  (table) => [unique().on(table.planId, table.code), unique().on(table.platform, table.chatId)],
);

export const categories = pgTable(
  'categories',
  {
    id: serial().primaryKey(),
    planId: planId(),
    code: text().notNull(),
    title: text().notNull(),
  },
  (table) => [unique().on(table.planId, table.code)],
);

export const measures = pgTable(
  'measures',
  {
    id: serial().primaryKey(),
    planId: planId(),
    code: text().notNull(),
    title: text().notNull(),
    category: text().notNull(),
  },
  (table) => [unique().on(table.planId, table.code)],
);

export const tasks = pgTable(
  'tasks',
  {
    id: serial().primaryKey(),
    planId: planId(),
    /** 1–42; null for the standing duties G1–G9. */
    serial: integer(),
    code: text().notNull(),
    title: text().notNull(),
    category: text(),
    measure: text(),
    /** Leader, section and deadline are null while 待明确. */
    leaderId: person('leader_id'),
    sectionId: integer('section_id').references(() => sections.id),
    coSectionIds: integer('co_section_ids').array().notNull(),
    deadline: day('deadline'),
    clock: text().$type<Clock>().notNull(),
    level: text().$type<Level>().notNull(),
    standard: text().notNull(),
    duty: boolean().notNull().default(false),
    /** The indicator elsewhere that the duty's figure is one with (G1 and 1.3.1/2). */
    mergedWith: text('merged_with'),
    sourceText: text('source_text').notNull().default(''),
    sourcePlace: text('source_place').notNull().default(''),
    state: text().$type<TaskState>().notNull().default('pending'),
    /** Set while a close-out is asked for, and kept after it: a request made in time is not overdue. */
    submittedOn: day('submitted_on'),
    closedOn: day('closed_on'),
    retired: boolean().notNull().default(false),
    /** Head of the task's chain of entries; whoever writes an entry holds this row's lock. */
    headSeq: integer('head_seq').notNull().default(0),
    headHash: text('head_hash').notNull().default(''),
  },
  (table) => [unique().on(table.planId, table.code), index().on(table.deadline)],
);

const taskId = () =>
  integer('task_id')
    .notNull()
    .references(() => tasks.id);

export const indicators = pgTable(
  'indicators',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    /** `4.3.2/3`; a paper to be handed in is `1.1.2/d1`. */
    code: text().notNull(),
    label: text().notNull(),
    aliases: text().array().notNull(),
    unit: text().notNull(),
    unitAliases: text('unit_aliases').array().notNull(),
    comparator: text().$type<Comparator>().notNull(),
    /** A range's lower bound. */
    target: figure('target').notNull(),
    targetHigh: figure('target_high'),
    clock: text().$type<Clock>().notNull(),
    subject: text().$type<'bureau' | 'person' | 'unclear'>().notNull(),
    class: text().$type<'chase' | 'monitor'>().notNull(),
    kind: text().$type<IndicatorKind>().notNull(),
    /** Null where the task's own level holds. */
    level: text().$type<Level>(),
    preset: boolean().notNull().default(false),
    explicit: boolean().notNull().default(false),
    ratio: jsonb().$type<{
      numerator: string;
      numeratorAliases: string[];
      denominator: string;
      denominatorAliases: string[];
      /** The indicator whose figure is the denominator. */
      of?: string;
      parts?: { label: string; aliases: string[]; numerator: string; denominator: string }[];
    }>(),
    retired: boolean().notNull().default(false),
  },
  (table) => [unique().on(table.taskId, table.code)],
);

const indicatorId = () =>
  integer('indicator_id')
    .notNull()
    .references(() => indicators.id);

export const nodes = pgTable('nodes', {
  id: serial().primaryKey(),
  indicatorId: indicatorId(),
  due: day('due').notNull(),
  value: figure('value').notNull(),
  entryId: bigint('entry_id', { mode: 'number' }).notNull(),
});

/** One row for each act, never changed and never deleted: a trigger refuses both. */
export const entries = pgTable(
  'entries',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    planId: planId(),
    taskId: integer('task_id').references(() => tasks.id),
    /** `4.3.2`, or `plan` for acts on the plan itself. */
    chain: text().notNull(),
    seq: integer().notNull(),
    act: text().notNull(),
    personId: person('person_id'),
    /** On whose behalf (代报). */
    forPersonId: person('for_person_id'),
    platform: text(),
    chat: text(),
    messageId: text('message_id'),
    at: instant('at').notNull(),
    /** What was done, before and after; figures and codes only, never words typed by a person. */
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    wordsHash: text('words_hash'),
    prev: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    unique().on(table.planId, table.chain, table.seq),
    index().on(table.taskId),
    index().on(table.personId, table.at),
  ],
);

const entryId = (name = 'entry_id') =>
  bigint(name, { mode: 'number' })
    .notNull()
    .references(() => entries.id);

/**
 * A day's seal over the heads of all chains as they stood then, chained to the one before it: what is cut off below
 * it, it still knows. Never changed and never deleted either.
 */
export const seals = pgTable(
  'seals',
  {
    planId: planId(),
    day: day('day').notNull(),
    heads: jsonb().$type<Heads>().notNull(),
    prev: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.day] })],
);

/** Each chain by its name: its last entry's number and hash. */
export type Heads = Record<string, [seq: number, hash: string]>;

/** The words as said, apart from the entry that holds their hash, so that sealing (封存) can remove them. */
export const words = pgTable('words', {
  entryId: entryId().primaryKey(),
  salt: text().notNull(),
  text: text().notNull(),
});

/** What entries say about figures. A figure is the fold of its postings; none is stored beside them. */
export const postings = pgTable(
  'postings',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    entryId: entryId(),
    indicatorId: indicatorId(),
    /** Whose figure, on an indicator that each person has to meet. */
    personId: person('person_id'),
    /** `2026-04`, `2026-Q2`, `2026-H1`, `2026`, `2026-W17` or `once`. */
    period: text().notNull(),
    happenedOn: day('happened_on').notNull(),
    op: text().$type<'add' | 'set'>().notNull(),
    /** A ratio's denominator. */
    value: figure('value'),
    /** A ratio's numerator. */
    part: figure('part'),
    /** Which part of an indicator with several (文件, 会议). */
    facet: text(),
    /** False while a clerk's figure waits for the chief. */
    confirmed: boolean().notNull(),
    /** Where it stands among the others when it corrects one: at that one's id. Null: at its own. */
    place: bigint({ mode: 'number' }),
    /** The entry that took it back, or put another in its place. */
    withdrawnBy: bigint('withdrawn_by', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.indicatorId), index().on(table.entryId)],
);

export const baselines = pgTable('baselines', {
  indicatorId: indicatorId().primaryKey(),
  postingId: bigint('posting_id', { mode: 'number' })
    .notNull()
    .references(() => postings.id),
  source: text().notNull(),
});

export const evidence = pgTable(
  'evidence',
  {
    id: serial().primaryKey(),
    indicatorId: indicatorId(),
    entryId: entryId(),
    kind: text().notNull(),
    name: text().notNull(),
    datedOn: day('dated_on'),
    keptAt: text('kept_at').notNull(),
    fileHash: text('file_hash'),
    withdrawnBy: bigint('withdrawn_by', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.indicatorId)],
);

/** Files that people sent: fetched from their platform after the message, then kept under their hash. */
export const files = pgTable(
  'files',
  {
    id: serial().primaryKey(),
    planId: planId(),
    personId: person('person_id').notNull(),
    platform: text().notNull(),
    chat: text().notNull(),
    messageId: text('message_id').notNull(),
    kind: text().$type<'picture' | 'video' | 'file'>().notNull(),
    /** As its sender called it; empty where that isn't known. */
    name: text().notNull(),
    /** How the platform gives it out, sealed with SECRET_KEY; removed once it has been fetched or can't be any more. */
    sealedSource: text('sealed_source'),
    /** `over`: it can't be had. */
    state: text().$type<'wanted' | 'stored' | 'over'>().notNull(),
    /** Class, host and path of the last fault. */
    why: text(),
    /** SHA-256 of its bytes, its media type by what they are, and their number. */
    hash: text(),
    type: text(),
    size: integer(),
    /** What it stands behind; null while its sender hasn't said. */
    taskId: integer('task_id').references(() => tasks.id),
    evidenceId: integer('evidence_id').references(() => evidence.id),
    /** The entry that it came with. */
    entryId: bigint('entry_id', { mode: 'number' }).references(() => entries.id),
    /** The first file with the same bytes that stands behind a task. */
    sameAs: integer('same_as'),
    attempts: integer().notNull().default(0),
    at: instant('at').notNull(),
    triedAt: instant('tried_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('files_wanted').on(table.triedAt).where(sql`state = 'wanted'`),
    index().on(table.taskId),
    index().on(table.planId, table.hash),
  ],
);

export const listings = pgTable(
  'listings',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    proposedEntryId: entryId('proposed_entry_id'),
    orderedEntryId: bigint('ordered_entry_id', { mode: 'number' }).references(() => entries.id),
    /** The secretary's no to the proposal. */
    refusedEntryId: bigint('refused_entry_id', { mode: 'number' }).references(() => entries.id),
    /** Set while the office proposes to lift it. */
    liftProposedEntryId: bigint('lift_proposed_entry_id', { mode: 'number' }).references(() => entries.id),
    liftedEntryId: bigint('lifted_entry_id', { mode: 'number' }).references(() => entries.id),
    orderedOn: day('ordered_on'),
    term: day('term'),
    liftedOn: day('lifted_on'),
  },
  (table) => [index().on(table.taskId)],
);

export const extensions = pgTable(
  'extensions',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    askedEntryId: entryId('asked_entry_id'),
    decidedEntryId: bigint('decided_entry_id', { mode: 'number' }).references(() => entries.id),
    from: day('from_day').notNull(),
    to: day('to_day').notNull(),
    /** Asked for after the deadline had passed (逾期后申请). */
    late: boolean().notNull(),
    granted: boolean(),
    /** Whoever asked has handed over since: it waits for the successor's word. */
    held: boolean().notNull().default(false),
  },
  (table) => [index().on(table.taskId)],
);

export const closeouts = pgTable(
  'closeouts',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    requestedEntryId: entryId('requested_entry_id'),
    missing: jsonb().$type<string[]>().notNull(),
    insisted: boolean().notNull().default(false),
    /** Steps taken so far, in order; nobody stands at two of them. */
    steps: jsonb().$type<{ step: string; personId: number; entryId: number }[]>().notNull(),
    outcome: text().$type<'closed' | 'returned' | 'withdrawn'>(),
    /** Whoever asked has handed over since: it waits for the successor's word. */
    held: boolean().notNull().default(false),
  },
  (table) => [index().on(table.taskId)],
);

export const lookbacks = pgTable(
  'lookbacks',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    entryId: entryId(),
    result: text().$type<'holds' | 'relapsed'>().notNull(),
  },
  (table) => [index().on(table.taskId)],
);

export const meetings = pgTable('meetings', {
  id: serial().primaryKey(),
  planId: planId(),
  startsAt: instant('starts_at').notNull(),
  place: text().notNull(),
  heldEntryId: bigint('held_entry_id', { mode: 'number' }).references(() => entries.id),
  people: integer(),
  minutes: integer(),
});

/** What a meeting decided or a leader ordered: somebody, something, by a day. */
export const followUps = pgTable('follow_ups', {
  id: serial().primaryKey(),
  planId: planId(),
  taskId: integer('task_id').references(() => tasks.id),
  meetingId: integer('meeting_id').references(() => meetings.id),
  entryId: entryId(),
  ownerId: person('owner_id'),
  due: day('due'),
  doneEntryId: bigint('done_entry_id', { mode: 'number' }).references(() => entries.id),
});

/** Who reports and confirms in somebody's stead (代办), through which day. */
export const deputies = pgTable(
  'deputies',
  {
    id: serial().primaryKey(),
    personId: person('person_id').notNull(),
    forPersonId: person('for_person_id').notNull(),
    until: day('until').notNull(),
    entryId: entryId(),
    endedEntryId: bigint('ended_entry_id', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.personId)],
);

/** A section's post that passes to somebody on a day (交接). */
export const handovers = pgTable('handovers', {
  id: serial().primaryKey(),
  planId: planId(),
  sectionId: integer('section_id')
    .notNull()
    .references(() => sections.id),
  personId: person('person_id').notNull(),
  on: day('on_day').notNull(),
  entryId: entryId(),
  /** Once it has taken effect, been taken back, or come to nothing because the successor had gone. */
  endedEntryId: bigint('ended_entry_id', { mode: 'number' }).references(() => entries.id),
});

/** A line of a short register: all have one shape, and the words stand apart. */
export const registerRows = pgTable(
  'register_rows',
  {
    id: serial().primaryKey(),
    planId: planId(),
    register: text().$type<Register>().notNull(),
    number: integer().notNull(),
    entryId: entryId(),
    /** Whose it is, or which section was visited. */
    sectionId: integer('section_id').references(() => sections.id),
    education: boolean().notNull().default(false),
    day: day('day').notNull(),
    due: day('due'),
    doneEntryId: bigint('done_entry_id', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [unique().on(table.planId, table.register, table.number)],
);

/** A quarter's figures, frozen with the draft; never changed once released. */
export const bulletins = pgTable(
  'bulletins',
  {
    id: serial().primaryKey(),
    planId: planId(),
    period: text().notNull(),
    frozenAt: instant('frozen_at').notNull(),
    figures: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text().$type<BulletinState>().notNull(),
    /** The act that it stands by: drafted, held, signed or released. */
    entryId: entryId(),
    /** Pictures and documents made with the draft; they go out as they were seen. */
    enclosed: jsonb()
      .$type<{ kind: 'picture' | 'file'; paper: number; name: string; level: Level }[]>()
      .notNull()
      .default([]),
    /** The day of its release. */
    releasedOn: day('released_on'),
    /** A correction that the office has put, until it has gone out; it goes once the secretary has signed it. */
    correctionEntryId: bigint('correction_entry_id', { mode: 'number' }).references(() => entries.id),
    correctionSigned: boolean('correction_signed').notNull().default(false),
  },
  (table) => [unique().on(table.planId, table.period)],
);

/** Finished pictures and documents, as they were handed out: in the database, where every process finds them. */
export const papers = pgTable(
  'papers',
  {
    id: serial().primaryKey(),
    planId: planId(),
    /** `bulletin`, `order`, `ledger` … */
    kind: text().notNull(),
    /** The file's name as its reader sees it, with its ending. */
    name: text().notNull(),
    /** The media type. */
    type: text().notNull(),
    /** The narrowest thing in it: decides where it may be shown. */
    level: text().$type<Level>().notNull(),
    bytes: bytes().notNull(),
    madeAt: instant('made_at').notNull(),
    entryId: bigint('entry_id', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.planId, table.kind)],
);

/** 调卷: a file of tasks asked for by somebody outside, and what the secretary said to it. */
export const fileRequests = pgTable('file_requests', {
  id: serial().primaryKey(),
  planId: planId(),
  /** Empty: of the whole plan. */
  codes: text().array().notNull(),
  /** The letter it is asked by (文号), who asks (调阅单位) and who handles it there (经办人). */
  letter: text().notNull(),
  body: text().notNull(),
  handler: text().notNull(),
  askedEntryId: entryId('asked_entry_id'),
  askedBy: person('asked_by').notNull(),
  decidedEntryId: bigint('decided_entry_id', { mode: 'number' }).references(() => entries.id),
  granted: boolean(),
  /** The volumes, once they are made. */
  paperIds: integer('paper_ids').array().notNull(),
});

/** Changes of a task's light, as the morning's look found them. The light itself is computed. */
export const lights = pgTable(
  'lights',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    light: text().$type<Light>().notNull(),
    day: day('day').notNull(),
  },
  (table) => [unique().on(table.taskId, table.day)],
);

/** The plan's own table of days off and days worked; it wins over the official one in the product. */
export const calendarDays = pgTable(
  'calendar_days',
  {
    planId: planId(),
    day: day('day').notNull(),
    kind: text().$type<'off' | 'work'>().notNull(),
    source: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.day] })],
);

/** Messages taken, each with the reply that was given: whoever brings one again gets the same reply and no effect. */
export const inbox = pgTable(
  'inbox',
  {
    platform: text().notNull(),
    bot: text().notNull(),
    messageId: text('message_id').notNull(),
    sender: text().notNull(),
    chat: text().notNull(),
    personId: person('person_id'),
    at: instant('at').notNull(),
    proof: text().notNull(),
    reply: jsonb().$type<unknown>(),
    /** When its answer went out over a connection, where a copy of the message isn't answered again. */
    answeredAt: instant('answered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.bot, table.messageId, table.sender] }),
    index().on(table.proof),
  ],
);

/** Well-signed calls that could not be used, for the admin to see. */
export const quarantine = pgTable('quarantine', {
  id: serial().primaryKey(),
  platform: text().notNull(),
  at: instant('at').notNull(),
  reason: text().notNull(),
});

/** What the bot and a person are in the middle of in a chat. */
export const conversations = pgTable(
  'conversations',
  {
    personId: person('person_id').notNull(),
    chat: text().notNull(),
    at: instant('at').notNull(),
    /** The task last shown here, for 这项. */
    lastTask: text('last_task'),
    /** What 下一页 brings. */
    rest: jsonb().$type<unknown>(),
    /** What the bot asked, and what it would have recorded for each answer. */
    question: jsonb().$type<unknown>(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.chat] })],
);

/** One-time codes for 绑定 and 登记本群; only their hashes are kept. */
export const invites = pgTable('invites', {
  hash: text().primaryKey(),
  planId: planId(),
  personId: person('person_id'),
  audience: text().$type<Audience>(),
  sectionId: integer('section_id').references(() => sections.id),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** Codes tried in vain, counted by account. */
export const attempts = pgTable(
  'attempts',
  {
    id: serial().primaryKey(),
    platform: text().notNull(),
    account: text().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index().on(table.platform, table.account, table.at)],
);

/** The outbox: one message to one chat. */
export const letters = pgTable(
  'letters',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    planId: planId(),
    /** What, for whom, which period: the guarantee that it is said once. */
    key: text().notNull().unique(),
    push: text().notNull(),
    platform: text().notNull(),
    groupId: integer('group_id').references(() => groups.id),
    personId: person('person_id'),
    account: text(),
    /** The budget its sends are counted against. */
    robot: text().notNull(),
    reply: jsonb().$type<unknown>().notNull(),
    tasks: text().array().notNull(),
    /** What it tells, step by step, so that a later look knows it has been told. */
    marks: text().array().notNull(),
    uuid: text().notNull(),
    /** A bulletin of unknown fate is never repeated unasked. */
    once: boolean().notNull().default(false),
    /** Leaves only while pushes may: 08:30–17:30 on working days. */
    quiet: boolean().notNull().default(true),
    state: text().$type<LetterState>().notNull(),
    attempt: integer().notNull().default(0),
    /** Goes again after an unknown fate where a repeat would show twice: says 〔补发〕. */
    again: boolean().notNull().default(false),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** When it first left: for half an hour from then the platforms know a repeat. */
    leftAt: instant('left_at'),
    /** When its last attempt began and, once that one's fate is known, when it ended. */
    triedAt: instant('tried_at'),
    /** Null while something is still to become of it. */
    endedAt: instant('ended_at'),
    /** Class, code, host and path of the last fault; never an address with a key in it. */
    why: text(),
    /** When the person it went to acknowledged it (收到). */
    seenAt: instant('seen_at'),
  },
  (table) => [
    index('letters_open').on(table.robot, table.dueAt, table.id).where(sql`ended_at is null`),
    index().on(table.robot, table.triedAt),
    index().on(table.push, table.personId),
  ],
);

/** Each robot's row is the lock under which its budget of a minute is spent. */
export const robots = pgTable('robots', {
  robot: text().primaryKey(),
  pausedUntil: instant('paused_until'),
});

/** Chats in which somebody has spoken with the bot over its connection: WeCom lets it speak unasked in no others. */
export const metChats = pgTable('met_chats', {
  chat: text().primaryKey(),
  at: instant('at').notNull(),
});

/**
 * What only one process may do: hold a platform's connection. By the database's own clock, because processes needn't
 * agree on theirs.
 */
export const leases = pgTable('leases', {
  name: text().primaryKey(),
  /** Goes up with each holder, so that an earlier one can't renew. */
  term: integer().notNull(),
  until: instant('until').notNull(),
  /** How the holder last described what it does. */
  state: text().notNull(),
  why: text(),
  since: instant('since').notNull(),
});

/** The moments from which each push was due: one at which it looked, or one that went by without anybody looking. */
export const slots = pgTable(
  'slots',
  {
    planId: planId(),
    push: text().notNull(),
    dueAt: instant('due_at').notNull(),
    state: text().$type<'looked' | 'missed'>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.push, table.dueAt] })],
);

/** Facts about the installation: when the beat last looked, the proof that SECRET_KEY is the one used before. */
export const facts = pgTable(
  'facts',
  { name: text().notNull(), value: jsonb().$type<unknown>().notNull() },
  (table) => [uniqueIndex().on(table.name)],
);
