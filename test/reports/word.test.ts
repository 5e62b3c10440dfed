import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agendaOf } from '../../src/ledger/agenda.ts';
import { accountAsOf } from '../../src/ledger/asOf.ts';
import { calendarOf } from '../../src/ledger/calendar.ts';
import { type Dossier, dossierOf } from '../../src/ledger/dossier.ts';
import { type Plan, plansOf } from '../../src/ledger/people.ts';
import { type Figures, figuresOf } from '../../src/reports/figures.ts';
import { bulletinDraft } from '../../src/reports/word/bulletin.ts';
import { closeoutForm } from '../../src/reports/word/closeoutForm.ts';
import type { Draft } from '../../src/reports/word/draft.ts';
import { meetingNotice } from '../../src/reports/word/meetingNotice.ts';
import { meetingAnnex, meetingPack } from '../../src/reports/word/meetingPack.ts';
import { orderSheet } from '../../src/reports/word/order.ts';
import { render } from '../../src/reports/word/render.ts';
import { secretaryReport } from '../../src/reports/word/secretaryReport.ts';
import { liveHalfYear } from '../setup/halfYear.ts';
import type { LivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const calendar = calendarOf([]);
const [, pglite] = stores;
/** Where the papers are written to be looked at, if they are wanted. */
const LOOK_AT = process.env.LOOK_AT;

describe('the papers of a half year', () => {
  let living: LivingHouse;
  let plan: Plan;

  const made = async (draft: Draft): Promise<Uint8Array> => {
    const bytes = await render(draft);
    if (LOOK_AT !== undefined) {
      mkdirSync(LOOK_AT, { recursive: true });
      writeFileSync(join(LOOK_AT, `${draft.name}.docx`), bytes);
    }
    return bytes;
  };
  const dossier = async (code: string): Promise<Dossier> => {
    const found = await dossierOf(living.store.db, plan, code, '2026-07-01', calendar);
    if (!found) throw new Error(`no task ${code}`);
    return found;
  };

  beforeAll(async () => {
    const lived = await liveHalfYear(await (pglite as (typeof stores)[number]).open());
    living = lived.living;
    expect(lived.strayed).toEqual([]);
    const [found] = await plansOf(living.store.db);
    if (!found) throw new Error('no plan');
    plan = found;
  }, 60_000);
  afterAll(() => living.close());

  test('figures', async () => {
    const { db } = living.store;
    const of = async (period: string, asOf: string, last: Figures | null) =>
      figuresOf(
        await accountAsOf(db, plan, asOf, calendar),
        { title: plan.title, period, readAt: living.clock.now() },
        last,
      );
    const second = await of('2026-Q2', '2026-06-30', await of('2026-Q1', '2026-03-31', null));
    await made(bulletinDraft(plan, second));
    await made(secretaryReport(plan, second));
  });

  test('meeting', async () => {
    const agenda = await agendaOf(living.store.db, plan, calendar, '2026-07-01', '2026-07');
    if (!agenda) throw new Error('no meeting');
    await made(meetingNotice(plan, agenda));
    await made(meetingPack(plan, agenda, living.clock.now()));
    const annex = meetingAnnex(plan, agenda, living.clock.now());
    if (annex) await made(annex);
  });

  test('an order', async () => {
    await made(orderSheet(plan, await dossier('5.1.1'), living.clock.now()));
    for (const code of ['1.1.2', '4.3.2']) {
      const all = await dossier(code);
      for (const closeout of all.closeouts) await made(closeoutForm(plan, all, closeout));
    }
  });
});
