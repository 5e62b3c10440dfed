import { grantWord } from '../../chat/telling.ts';
import { dayOf } from '../../ledger/days.ts';
import type { Plan } from '../../ledger/plan.ts';
import type { Dossier, DossierEntry } from '../../ledger/views/dossier.ts';
import { entryOf, seqOf } from '../../ledger/views/dossier.ts';
import { type Point, pointsOf } from '../points.ts';
import { type Cell, type Draft, label, type Part, type Row, row, toSign, type Words } from './draft.ts';
import { fullDay, fullHour, recordNo } from './marks.ts';
import { reasonOf } from './said.ts';

/**
 * 督办单: what is to be done about a listed task, by whom and until when, and what became of it. A sheet to
 * send and a sheet to send back.
 */
export function orderSheet(plan: Plan, dossier: Dossier, now: Date): Draft {
  const listing = dossier.listings.findLast(({ refusedEntryId }) => refusedEntryId === null);
  return {
    name: `整改事项督办单(${dossier.task.code})`,
    parts: [orderPart(plan, dossier, listing, now), feedbackPart(plan, dossier, listing)],
  };
}

/** The sheet to send, with the task as it stands in the dossier. */
export function orderPart(plan: Plan, dossier: Dossier, listing: Listing | undefined, now: Date): Part {
  const { task } = dossier;
  const points = pointsOf(dossier);
  const open = points.filter(({ met }) => met === false);
  return {
    title: ['整改事项督办单'],
    blocks: [
      { is: 'text', flush: true, text: `编号:〔${plan.year}〕  号` },
      {
        is: 'table',
        widths: [24, 54, 24, 54],
        rows: [
          wide('督办事项', [`【${task.code}】${task.title}`]),
          wide('立项依据', basis(plan, dossier, listing)),
          pair('责任领导', task.leader ?? '待明确', '主办', task.section ?? '待明确'),
          pair('协办', dossier.coSections.join('、') || '——', '原定时限', fullDay(firstDeadline(dossier))),
          wide(`现状(截至${fullHour(now, plan.timeZone)})`, [...points.map(standsLine), ...moved(dossier)]),
          wide('存在问题', problems(dossier, open)),
          wide('办理要求', demands(dossier, open)),
          pair('办结时限', fullDay(listing?.term ?? null), '反馈时限', '   月   日前'),
          pair('拟办', '整改办', '分管领导意见', '', 16),
          pair('签发', '组长:', '日期', '   年   月   日', 12),
        ],
      },
    ],
  };
}

/** The sheet to send back; how the listing was lifted stands in it once it was. */
export function feedbackPart(plan: Plan, dossier: Dossier, listing: Listing | undefined): Part {
  const { task } = dossier;
  const on = (entry: DossierEntry) =>
    `${fullDay(dayOf(entry.at, plan.timeZone))}(台账记录${recordNo(entry.seq)})`;
  const proposed = listing && entryOf(dossier, listing.liftProposedEntryId);
  const lifted = listing && entryOf(dossier, listing.liftedEntryId);
  const why = reasonOf(proposed);
  return {
    title: ['整改事项督办反馈单'],
    blocks: [
      { is: 'text', flush: true, text: `对应督办单编号:〔${plan.year}〕  号` },
      {
        is: 'table',
        widths: [24, 54, 24, 54],
        rows: [
          wide('督办事项', [`【${task.code}】${task.title}(${task.section ?? '待明确'})`]),
          { ...wide('完成情况', ['']), height: 60 },
          { ...wide('佐证目录', ['']), height: 40 },
          { ...wide('承办科室', ['', toSign('主要负责人(盖章)')]), height: 22 },
          {
            cells: [
              label('核验意见'),
              {
                text: proposed ? [`${why === '' ? '' : `${why}。`}整改办提请摘牌,${on(proposed)}。`] : [''],
              },
              label('摘牌批准'),
              { text: [...(lifted ? [`批准摘牌,${on(lifted)}。`] : []), '组长:', '   年   月   日'] },
            ],
            height: 24,
          },
        ],
      },
    ],
  };
}

type Listing = Dossier['listings'][number];

const wide = (name: string, lines: Words[]): Row => row(label(name), { text: lines, across: 3 });

const pair = (one: string, first: string, other: string, second: Cell['text'], height?: number): Row => ({
  cells: [label(one), first, label(other), { text: second }],
  ...(height === undefined ? {} : { height }),
});

/** The plan's own words, what was decided on it before, then who proposed the listing, why, and who ordered it. */
function basis(plan: Plan, dossier: Dossier, listing: Listing | undefined): Words[] {
  const { sourceText, sourcePlace } = dossier.task;
  const source =
    sourceText === ''
      ? '整改方案原文:(台账未录入,请据方案填写)'
      : `整改方案${sourcePlace}原文:“${sourceText}”`;
  const proposed = listing && entryOf(dossier, listing.proposedEntryId);
  const ordered = listing && entryOf(dossier, listing.orderedEntryId);
  const before = ordered ?? proposed;
  const decided = dossier.followUps
    .flatMap(({ entryId }) => entryOf(dossier, entryId) ?? [])
    .filter((entry) => before === undefined || entry.id < before.id);
  const line = (entry: DossierEntry, what: string, more = '') =>
    `${fullDay(dayOf(entry.at, plan.timeZone))},${what}(台账记录${recordNo(entry.seq)})。${more}`;
  return [
    source,
    ...decided.map((entry) => line(entry, decisionWord(entry), told('事项', reasonOf(entry)))),
    ...(proposed ? [line(proposed, '整改办提请列为挂牌督办事项', told('理由', reasonOf(proposed)))] : []),
    ...(ordered ? [line(ordered, '组长批准', told('批示', reasonOf(ordered)))] : []),
  ];
}

const decisionWord = ({ detail, name }: DossierEntry): string =>
  detail.meeting === true ? '会议议定' : `${name ?? '领导'}交办`;

const told = (what: string, words: string): string => (words === '' ? '' : `${what}:${words}。`);

const standsLine = ({ label: name, standard, stands }: Point): string =>
  `${name}:${stands}(标准:${standard})`;

/** The deadline that the plan gave: granted extensions moved it. */
const firstDeadline = ({ task, extensions }: Dossier) =>
  extensions.find(({ granted }) => granted === true)?.from ?? task.deadline;

const moved = (dossier: Dossier): string[] => {
  const lines = dossier.extensions.map(({ from, to, late, granted, decidedEntryId, askedEntryId }) => {
    const seq = seqOf(dossier, decidedEntryId ?? askedEntryId);
    return `${fullDay(from)}至${fullDay(to)}(${late ? '逾期后申请,' : ''}${grantWord(granted)},台账记录${recordNo(seq)})`;
  });
  return [`延期记录:${lines.join(';') || '无'}`];
};

/** Facts alone, each with the entry that it can be read from. */
function problems({ task }: Dossier, open: Point[]): Words[] {
  const late =
    task.overdueBy > 0 ? [`完成时限${fullDay(task.deadline)},已逾期${task.overdueBy}个工作日。`] : [];
  return [
    ...late,
    ...open.map(({ label: name, stands, standard, short, stated }) => {
      const periods = short === '' ? '' : `,${short}未达到`;
      return `${name}${stands},标准为${standard}${periods}(${stated === null ? '台账尚无记录' : `台账记录${recordNo(stated)}`})。`;
    }),
  ];
}

const demands = ({ task }: Dossier, open: Point[]): Words[] => [
  `1. 对照标准补齐:${open.map(({ label: name }) => name).join('、') || '各项成果'},逐项登记佐证名称、日期和存放处。`,
  `2. 明确完成措施和责任人,于办结时限前由${task.section ?? '主办科室'}主要负责人申请销号。`,
  '3. 按反馈时限书面反馈,主要负责人签字并加盖公章。',
];
