import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { nextMeeting } from '../../src/ledger/acts/meetings.ts';
import { calendarOf } from '../../src/ledger/calendar.ts';
import { addDays } from '../../src/ledger/days.ts';
import type { Db } from '../../src/ledger/db.ts';
import type { Verdict } from '../../src/ledger/entries/audit.ts';
import { type Plan, plansOf } from '../../src/ledger/plan.ts';
import { fileRequests } from '../../src/ledger/schema.ts';
import { agendaOf } from '../../src/ledger/views/agenda.ts';
import { assessedOf } from '../../src/ledger/views/assessed.ts';
import { type Dossier, dossierOf } from '../../src/ledger/views/dossier.ts';
import { printedOf } from '../../src/ledger/views/printed.ts';
import { type Seen, survey } from '../../src/ledger/views/survey.ts';
import { fileContentsOf } from '../../src/ledger/views/volumes.ts';
import { ledgerSheet } from '../../src/reports/excel/ledger.ts';
import type { Frozen } from '../../src/reports/figures.ts';
import { quarterFigures } from '../../src/reports/quarter.ts';
import { assessmentDraft } from '../../src/reports/word/assessment.ts';
import { bulletinDraft } from '../../src/reports/word/bulletin.ts';
import { closeoutForm } from '../../src/reports/word/closeoutForm.ts';
import type { Draft } from '../../src/reports/word/draft.ts';
import { meetingNotice } from '../../src/reports/word/meetingNotice.ts';
import { meetingAnnex, meetingPack } from '../../src/reports/word/meetingPack.ts';
import { orderSheet } from '../../src/reports/word/order.ts';
import { render } from '../../src/reports/word/render.ts';
import { secretaryReport } from '../../src/reports/word/secretaryReport.ts';
import { volumeOf } from '../../src/reports/word/volume.ts';
import { liveHalfYear } from '../setup/halfYear.ts';
import type { LivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

export const calendar = calendarOf([]);
export const TODAY = '2026-07-01';
/** Where the papers are written to be looked at, if they are wanted. */
const LOOK_AT = process.env.LOOK_AT;

/** A half year that was lived in the house, and every paper made of it. */
export interface HalfYear {
  living: LivingHouse;
  plan: Plan;
  figures: Frozen;
  verdict: Verdict;
  /** All of them by name; `open` ones may be read in the whole system. */
  papers: Map<string, { bytes: Uint8Array; open: boolean }>;
  /** The plan on the evenings of the half year, as it was then. */
  stood: Map<string, unknown[]>;
}

const told = [
  ...(['code', 'state', 'deadline', 'leader', 'section'] as const),
  ...(['listed', 'closedOn', 'light', 'standing'] as const),
];

export const lineOf = (seen: Seen) => Object.fromEntries(told.map((name) => [name, seen[name]]));

export async function papersOfHalfYear(): Promise<HalfYear> {
  const stood: HalfYear['stood'] = new Map();
  const [, pglite] = stores;
  if (!pglite) throw new Error('no store');
  const lived = await liveHalfYear(await pglite.open(), TODAY, async ({ store: { db } }, day) => {
    const [then] = await plansOf(db);
    if (then) stood.set(day, (await survey(db, then, addDays(day, 1))).tasks.map(lineOf));
  });
  const { living } = lived;
  expect(lived.strayed).toEqual([]);
  await living.say('wecom', 'off_zhuren', '调卷 全部 文号市纪函〔2026〕5号 调阅单位市纪委监委 经办人张某');
  expect(await living.say('wecom', 'ldr_shuji', '同意调卷')).toContain('同意调卷');
  const [plan] = await plansOf(living.store.db);
  if (!plan) throw new Error('no plan');
  const figures = await quarterFigures(living.store.db, plan, '2026-Q2', {
    now: living.clock.now(),
    today: TODAY,
  });
  return { living, plan, figures, stood, ...(await allOf(living, plan, figures)) };
}

/** A task's dossier on the last day. */
export async function dossierIn(db: Db, plan: Plan, code: string): Promise<Dossier> {
  const found = await dossierOf(db, plan, code, TODAY);
  if (!found) throw new Error(`no task ${code}`);
  return found;
}

async function allOf(
  living: LivingHouse,
  plan: Plan,
  figures: Frozen,
): Promise<Pick<HalfYear, 'papers' | 'verdict'>> {
  const papers: HalfYear['papers'] = new Map();
  const put = (name: string, bytes: Uint8Array, open: boolean) => {
    papers.set(name, { bytes, open });
    if (LOOK_AT === undefined) return;
    mkdirSync(LOOK_AT, { recursive: true });
    writeFileSync(join(LOOK_AT, `${name}.${name.startsWith('ledger') ? 'xlsx' : 'docx'}`), bytes);
  };
  const made = async (name: string, draft: Draft | null, open = true) => {
    if (!draft) throw new Error(`${name} is empty`);
    put(name, await render(draft), open);
  };

  const { db } = living.store;
  const now = living.clock.now();
  await made('bulletin', bulletinDraft(plan, figures));
  await made('report', secretaryReport(plan, figures));
  await made('assessment', assessmentDraft(plan, await assessedOf(db, plan, '2026-06-30'), now), false);
  const meeting = await nextMeeting(db, plan, TODAY);
  if (!meeting) throw new Error('no meeting');
  const agenda = await agendaOf(db, plan, TODAY, meeting);
  await made('notice', meetingNotice(plan, agenda));
  await made('pack', meetingPack(plan, agenda, now));
  await made('annex', meetingAnnex(plan, agenda, now), false);
  await made('order', orderSheet(plan, await dossierIn(db, plan, '5.1.1'), now));
  for (const code of ['1.1.2', '4.3.2']) {
    const all = await dossierIn(db, plan, code);
    for (const each of all.closeouts) await made(`closeout ${code}`, closeoutForm(plan, all, each));
  }
  for (const copy of ['system', 'office'] as const) {
    const printed = await printedOf(db, plan, { now, today: TODAY }, copy);
    put(`ledger ${copy}`, await ledgerSheet(plan, printed, copy, TODAY), copy === 'system');
  }
  const [request] = await db.select().from(fileRequests);
  if (!request) throw new Error('no file was asked for');
  const contents = await fileContentsOf(db, plan, request);
  await made('volume open', volumeOf(plan, contents, 'open', now));
  await made('volume restricted', volumeOf(plan, contents, 'restricted', now), false);
  return { papers, verdict: contents.verdict };
}
