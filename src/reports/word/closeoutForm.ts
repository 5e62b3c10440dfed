import { stepWord } from '../../chat/closeout.ts';
import { deedWord } from '../../chat/entry.ts';
import { dayOf } from '../../ledger/days.ts';
import type { Plan } from '../../ledger/plan.ts';
import { stepsLeft } from '../../ledger/rules/task.ts';
import { type Dossier, type DossierEntry, entryOf, standingEvidence } from '../../ledger/views/dossier.ts';
import { type Point, pointsOf } from '../points.ts';
import { type Draft, label, type Part, type Row, row, toSign, type Words } from './draft.ts';
import { fullDay, recordNo } from './marks.ts';
import { reasonOf } from './said.ts';

type Closeout = Dossier['closeouts'][number];

/** 销号审批单: the standard point by point, what the section says of itself, and a place for each step's signature. */
export const closeoutForm = (plan: Plan, dossier: Dossier, closeout: Closeout): Draft => ({
  name: `整改任务销号审批单(${dossier.task.code})`,
  parts: [closeoutPart(plan, dossier, closeout)],
});

export function closeoutPart(plan: Plan, dossier: Dossier, closeout: Closeout): Part {
  const { task } = dossier;
  const asked = entryOf(dossier, closeout.requestedEntryId);
  const on = asked ? fullDay(dayOf(asked.at, plan.timeZone)) : '';
  return {
    title: ['整改任务销号审批单'],
    blocks: [
      { is: 'text', flush: true, text: `编号:〔${plan.year}〕  号` },
      {
        is: 'table',
        widths: [30, 32, 32, 20, 42],
        rows: [
          wide('任务', [`【${task.code}】${task.title}`]),
          wide('责任', [
            `责任领导:${task.leader ?? '待明确'} 主办:${task.section ?? '待明确'} 协办:${dossier.coSections.join('、') || '——'}`,
            `完成时限:${fullDay(task.deadline)} 申请日期:${on}(台账记录${recordNo(asked?.seq)})`,
          ]),
          row(...['量化指标', '标准', '完成', '是否达到', '佐证编号'].map((each) => label(each))),
          ...pointsOf(dossier).map(pointRow),
          wide('佐证目录', proofs(dossier)),
          ...(closeout.missing.length > 0 ? [wide('缺项', [`${closeout.missing.join(';')}。`])] : []),
          wide('承办自评', [...selfCheck(plan, dossier, closeout), toSign('科室主要负责人')]),
          ...steps(plan, dossier, closeout),
        ],
      },
    ],
  };
}

const wide = (name: string, lines: Words[]): Row => row(label(name), { text: lines, across: 4 });

const pointRow = ({ label: name, standard, stands, met, verdict, evidence }: Point): Row =>
  row(
    name,
    standard,
    stands,
    { text: verdict, align: 'center' },
    {
      text: evidence.map(recordNo).join('、') || (met === null ? '——' : '未登记'),
      align: 'center',
    },
  );

function proofs(dossier: Dossier): Words[] {
  const standing = standingEvidence(dossier);
  if (standing.length === 0) return ['未登记'];
  return standing.map(({ entryId, name, datedOn, keptAt }) => {
    const more = [datedOn === null ? '日期未登记' : fullDay(datedOn), keptAt || '存放处未登记'].join('，');
    return { said: `${recordNo(entryOf(dossier, entryId)?.seq)} ${name} ${more}` };
  });
}

/** What the section says of itself: the standard counted through, and the reason it gave. */
function selfCheck(plan: Plan, dossier: Dossier, closeout: Closeout): Words[] {
  const asked = entryOf(dossier, closeout.requestedEntryId);
  const points = pointsOf(dossier).filter(({ met }) => met !== null);
  const met = points.filter((point) => point.met).length;
  const proofs = standingEvidence(dossier).length;
  const stands =
    points.length === 0
      ? `已登记佐证${proofs}件`
      : `对照标准${points.length}项,达到${met}项;已登记佐证${proofs}件`;
  const missing = closeout.missing.length === 0 ? '申请销号' : '缺项随申请一并报送,申请销号';
  const reason = reasonOf(asked);
  return [`${stands},${missing}。`, ...(reason === '' ? [] : [`说明:${reason}。`]), signedBy(plan, asked)];
}

/** Who stands behind an opinion in the ledger, and when. */
const signedBy = (plan: Plan, entry: DossierEntry | undefined): string =>
  entry === undefined
    ? ''
    : `${entry.name ?? ''},${fullDay(dayOf(entry.at, plan.timeZone))}(台账记录${recordNo(entry.seq)})。`;

/** Each step with the decision that the ledger has of it; the signature itself stays on paper. */
function steps(plan: Plan, dossier: Dossier, closeout: Closeout): Row[] {
  const hand = { ...dossier.hand, taken: closeout.steps };
  const left = closeout.outcome === null ? stepsLeft(hand) : [];
  const opinion = (entry: DossierEntry | undefined) =>
    entry === undefined
      ? ['']
      : [
          `${deedWord(entry)}。${reasonOf(entry) === '' ? '' : `${reasonOf(entry)}。`}`,
          signedBy(plan, entry),
        ];
  const back = returnOf(dossier, closeout);
  return [
    ...closeout.steps
      .slice(1)
      .map(({ step, entryId }) => ({ step, opinion: opinion(entryOf(dossier, entryId)) })),
    ...(back ? [{ step: String(back.detail.step), opinion: opinion(back) }] : []),
    ...left.map((step) => ({ step, opinion: [''] })),
  ].map(({ step, opinion: words }) => wide(stepWord(step, hand), [...words, toSign('')]));
}

/** The entry that sent this request back, if one did. */
const returnOf = (dossier: Dossier, { requestedEntryId, outcome }: Closeout): DossierEntry | undefined =>
  outcome === 'returned'
    ? dossier.entries.find(({ act, id }) => act === 'return' && id > requestedEntryId)
    : undefined;
