import type { Intent } from '../../chat/intent.ts';
import { dayWord } from '../../chat/words.ts';
import { bulletinOf, issuedOf } from '../../ledger/acts/bulletins.ts';
import { nextMeeting } from '../../ledger/acts/meetings.ts';
import { notHere, Refusal } from '../../ledger/refusal.ts';
import { spanOf } from '../../ledger/rules/period.ts';
import type { Level } from '../../ledger/terms.ts';
import { agendaOf } from '../../ledger/views/agenda.ts';
import { accountAsOf, openNow } from '../../ledger/views/asOf.ts';
import { assessedOf } from '../../ledger/views/assessed.ts';
import { dossierBefore, endedBy } from '../../ledger/views/dossier/before.ts';
import { type Dossier, dossierOf, entryOf } from '../../ledger/views/dossier.ts';
import { printedAsOf, printedOf } from '../../ledger/views/printed.ts';
import { carriedSheet } from '../../reports/excel/carried.ts';
import { ledgerSheet } from '../../reports/excel/ledger.ts';
import { levelOf } from '../../reports/points.ts';
import { lastQuarter, quarterFigures, reportQuarter } from '../../reports/quarter.ts';
import { assessmentDraft } from '../../reports/word/assessment.ts';
import { bulletinDraft } from '../../reports/word/bulletin.ts';
import { closeoutForm } from '../../reports/word/closeoutForm.ts';
import type { Draft } from '../../reports/word/draft.ts';
import { fullDay, fullHour } from '../../reports/word/marks.ts';
import { meetingNotice } from '../../reports/word/meetingNotice.ts';
import { meetingAnnex, meetingPack } from '../../reports/word/meetingPack.ts';
import { orderSheet } from '../../reports/word/order.ts';
import { render, WORD_TYPE } from '../../reports/word/render.ts';
import { secretaryReport } from '../../reports/word/secretaryReport.ts';
import { inOwn } from '../command/own.ts';
import { taskFor } from '../command/reach.ts';
import type { Said } from '../command.ts';
import { atMeeting, dayAsked, lastDay, quarterAsked } from './day.ts';

/** A paper that is made, before it is kept. */
export interface Made {
  kind: string;
  name: string;
  level: Level;
  type: string;
  bytes: Uint8Array;
}

/** What can be had by 导出, by the words that name it; the first that fits is made. */
interface Kind {
  named: RegExp;
  /** Made for one task; the others are of the whole plan. */
  ofTask?: true;
  make(said: Said, intent: Intent, words: string): Promise<Made[]>;
}

const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const word = async (kind: string, draft: Draft, level: Level): Promise<Made> => ({
  ...{ kind, level, type: WORD_TYPE },
  name: `${draft.name}.docx`,
  bytes: await render(draft),
});

export const kinds: readonly Kind[] = [
  {
    named: /督办单/,
    ofTask: true,
    make: async (said, intent) => {
      const dossier = await dossierFor(said, intent, '督办单');
      if (dossier.listings.every(({ refusedEntryId }) => refusedEntryId !== null)) {
        throw new Refusal(
          `【${dossier.task.code}】没有挂牌督办,先发「挂牌 ${dossier.task.code} 理由 至 日期」。`,
        );
      }
      return [await word('order', orderSheet(said.plan, dossier, said.now), narrow(dossier))];
    },
  },
  {
    named: /审批单/,
    ofTask: true,
    make: async (said, intent) => {
      const dossier = await dossierFor(said, intent, '审批单');
      const last = dossier.closeouts.findLast(({ outcome }) => outcome !== 'withdrawn');
      if (!last) throw new Refusal(`【${dossier.task.code}】还没有申请销号。`);
      return [
        await word(
          'closeout',
          closeoutForm(said.plan, await decided(said, dossier, last), last),
          narrow(dossier),
        ),
      ];
    },
  },
  { named: /会议|调度会|会务/, make: meetingPapers },
  {
    named: /汇报/,
    make: async (said, _, words) => {
      const { tx, plan, today } = said;
      const period = quarterAsked(said, words) ?? (await reportQuarter(tx, plan, today));
      const figures = await figuresFor(said, period);
      return [await word('report', secretaryReport(said.plan, figures), 'office')];
    },
  },
  {
    named: /通报/,
    make: async (said, _, words) => {
      const period = quarterAsked(said, words) ?? lastQuarter(said.plan, said.today);
      const figures = await figuresFor(said, period);
      const frozen = await bulletinOf(said.tx, said.plan.id, period);
      const issued = frozen && (await issuedOf(said.tx, frozen));
      return [await word('bulletin', bulletinDraft(said.plan, figures, issued), 'system')];
    },
  },
  {
    named: /考核|评估/,
    make: async (said, _, words) => {
      const { tx, plan, now } = said;
      const day = dayAsked(said, words) ?? lastDay(said);
      const assessed = await assessedOf(tx, plan, day);
      const printed = await printedAsOf(tx, plan, assessed.account, 'office');
      const bytes = await ledgerSheet(plan, printed, 'office', `${fullDay(day)}24时`);
      return [
        await word('assessment', assessmentDraft(plan, assessed, now), 'office'),
        { kind: 'ledger', name: `考核台账${day}(限知).xlsx`, level: 'office', type: EXCEL, bytes },
      ];
    },
  },
  {
    named: /结转/,
    make: async (said, _, words) => {
      const { tx, plan } = said;
      const day = lastDay(said);
      if ((dayAsked(said, words) ?? day) !== day) {
        throw new Refusal(`结转清单只按${dayWord(day)}的数据生成,请写「导出 结转清单」。`);
      }
      const printed = await printedAsOf(tx, plan, await accountAsOf(tx, plan, day), 'office');
      const bytes = await carriedSheet(plan, printed, await openNow(tx, plan), `${fullDay(day)}24时`);
      const name = `结转清单${day}(限知).xlsx`;
      return [{ kind: 'carried', name, level: 'office', type: EXCEL, bytes }];
    },
  },
  {
    named: /台账|任务分解表|清单/,
    make: async (said, _, words) => {
      const { tx, plan, today, now } = said;
      const copy = /系统内|公开/.test(words) ? 'system' : 'office';
      const day = dayAsked(said, words);
      const printed =
        day === null
          ? await printedOf(tx, plan, said, copy)
          : await printedAsOf(tx, plan, await accountAsOf(tx, plan, day), copy);
      const asOf = day === null ? fullHour(now, plan.timeZone) : `${fullDay(day)}24时`;
      const name = `整改台账${day ?? today}(${copy === 'system' ? '系统内' : '限知'}).xlsx`;
      const bytes = await ledgerSheet(plan, printed, copy, asOf);
      return [{ kind: 'ledger', name, level: copy, type: EXCEL, bytes }];
    },
  },
];

async function dossierFor(said: Said, { task }: Intent, what: string): Promise<Dossier> {
  if (task === undefined) throw new Refusal(inOwn(`请写明任务,如「${what} {task}」。`, said));
  // Even that there is none is told only where the task may be shown.
  await taskFor(said, { act: 'export', task });
  const { tx, plan, today } = said;
  const dossier = await dossierOf(tx, plan, task, today);
  if (!dossier || dossier.task.duty) throw notHere();
  return dossier;
}

/** A close-out that has ended is told as its last step left the task. */
async function decided({ tx, plan }: Said, dossier: Dossier, closeout: Dossier['closeouts'][number]) {
  const ended = entryOf(dossier, endedBy(dossier, closeout))?.at;
  if (!ended) return dossier;
  const until = new Date(ended.getTime() + 1);
  return (await dossierBefore(tx, plan, dossier.task.code, until)) ?? dossier;
}

/** A person's own matters stand in no paper by more than whether they are done. */
const narrow = (dossier: Dossier): Level => (levelOf(dossier) === 'self' ? 'office' : levelOf(dossier));

/** The next meeting's, the pack with its restricted annex apart. */
async function meetingPapers(said: Said, _: Intent, words: string): Promise<Made[]> {
  const { tx, plan, today, now } = said;
  const meeting = await nextMeeting(tx, plan, today);
  if (!meeting) throw new Refusal('还没有确定调度会,请先发「调度会 日期 时间 地点」。');
  atMeeting(said, words, meeting.day);
  const agenda = await agendaOf(tx, plan, today, meeting);
  const annex = meetingAnnex(plan, agenda, now);
  return [
    await word('notice', meetingNotice(plan, agenda), 'system'),
    await word('pack', meetingPack(plan, agenda, now), 'system'),
    ...(annex ? [await word('annex', annex, 'office')] : []),
  ];
}

async function figuresFor({ tx, plan, now, today }: Said, period: string) {
  const { starts, ends } = spanOf(period);
  if (starts >= today || ends < plan.starts || starts > plan.ends) {
    throw new Refusal(`没有这一季度的数据;本方案自${dayWord(plan.starts)}起,写法如「导出 一季度通报」。`);
  }
  if (ends < plan.since) {
    throw new Refusal(`台账自${dayWord(plan.since)}起登记,没有这一季度的数据。`);
  }
  return quarterFigures(tx, plan, period, { now, today });
}
