import { stepWord } from '../../chat/closeout.ts';
import { dayOf } from '../../ledger/days.ts';
import { type Dossier, entryOf } from '../../ledger/dossier.ts';
import type { Plan } from '../../ledger/people.ts';
import { stepsLeft } from '../../ledger/rules/task.ts';
import { type Point, pointsOf } from '../points.ts';
import { type Draft, label, type Row, row, toSign, type Words } from './draft.ts';
import { fullDay, recordNo } from './marks.ts';
import { saidIn } from './said.ts';

/** 销号审批单: the standard point by point, what the section says of itself, and a place for each step's signature. */
export function closeoutForm(plan: Plan, dossier: Dossier, closeout: Dossier['closeouts'][number]): Draft {
  const { task } = dossier;
  const asked = entryOf(dossier, closeout.requestedEntryId);
  const on = asked ? fullDay(dayOf(asked.at, plan.timeZone)) : '';
  return {
    name: `整改任务销号审批单(${task.code})`,
    parts: [
      {
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
              ...(closeout.missing.length > 0
                ? [wide('缺项', [`随申请一并报送:${closeout.missing.join(';')}。`])]
                : []),
              wide('承办自评', [asked ? saidIn(asked) : '', '', toSign('科室主要负责人')]),
              ...steps(plan, dossier, closeout),
            ],
          },
        ],
      },
    ],
  };
}

const wide = (name: string, lines: Words[]): Row => row(label(name), { text: lines, across: 4 });

const pointRow = ({ label: name, standard, stands, met, evidence }: Point): Row =>
  row(
    name,
    standard,
    stands,
    { text: met === null ? '只统计' : met ? '达到' : '未达到', align: 'center' },
    {
      text: evidence.map(recordNo).join('、') || (met === null ? '——' : '未登记'),
      align: 'center',
    },
  );

function proofs(dossier: Dossier): Words[] {
  const standing = dossier.evidence.filter(({ withdrawnBy }) => withdrawnBy === null);
  if (standing.length === 0) return ['未登记'];
  return standing.map(({ entryId, name, datedOn, keptAt }) => {
    const more = [datedOn === null ? '日期未登记' : fullDay(datedOn), keptAt || '存放处未登记'].join(',');
    return { said: `${recordNo(entryOf(dossier, entryId)?.seq)} ${name} ${more}` };
  });
}

/** Each step with what the ledger has of it; the signature itself stays on paper. */
function steps(plan: Plan, dossier: Dossier, closeout: Dossier['closeouts'][number]): Row[] {
  const hand = { ...dossier.hand, taken: closeout.steps };
  const left = closeout.outcome === null ? stepsLeft(hand) : [];
  const taken = closeout.steps.slice(1).map(({ step, personId, entryId }) => {
    const entry = entryOf(dossier, entryId);
    const when = entry ? fullDay(dayOf(entry.at, plan.timeZone)) : '';
    return {
      step,
      opinion: [
        `台账记录${recordNo(entry?.seq)}:${dossier.names.get(personId) ?? ''}${when}同意。`,
        ...(entry?.said ? [saidIn(entry)] : []),
      ],
    };
  });
  return [...taken, ...left.map((step) => ({ step, opinion: [''] }))].map(({ step, opinion }) =>
    wide(stepWord(step, hand), [...opinion, toSign('')]),
  );
}
