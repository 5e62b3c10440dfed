import { deedWord, whoseWord } from '../../chat/entry.ts';
import { standWord } from '../../chat/followUps.ts';
import { grantWord } from '../../chat/telling.ts';
import { spokenAt, stateWord } from '../../chat/words.ts';
import { type Day, dayOf } from '../../ledger/days.ts';
import type { Plan } from '../../ledger/plan.ts';
import { type Dossier, entryOf, seqOf } from '../../ledger/views/dossier.ts';
import { type Tenure, tenuresOf } from '../../ledger/views/past/tenures.ts';
import type { FileContents } from '../../ledger/views/volumes.ts';
import { pointsOf } from '../points.ts';
import { type Block, heading, list, type Part, row, text, type Words } from './draft.ts';
import { fullDay, recordNo } from './marks.ts';
import { saidIn } from './said.ts';

/** A task's own pages in a file: what is asked, who answered for it, how it stands, and every entry. */
export function taskPages(plan: Plan, contents: FileContents, dossier: Dossier): Part {
  const { task } = dossier;
  const done = handled(plan, contents, dossier);
  return {
    title: [`【${task.code}】${task.title}`],
    blocks: [
      heading('方案要求'),
      text(
        task.sourceText === ''
          ? '方案原文:(台账未录入)'
          : `方案原文(${task.sourcePlace || '出处未录入'}):“${task.sourceText}”`,
      ),
      text(`量化标准:${task.standard}`),
      text(`完成时限:${fullDay(task.deadline)};${stoodWord(task)}。`),
      heading('责任沿革'),
      list(responsible(contents, dossier)),
      heading('数据和佐证'),
      figures(dossier),
      ...proofs(dossier),
      heading('办理情况'),
      ...(done.length === 0 ? [text('没有延期、挂牌、销号、回头看和议定事项。')] : [list(done)]),
      heading('全部记录'),
      dossier.entries.length === 0 ? text('没有记录。') : records(plan, dossier),
    ],
  };
}

/** How it stood: late and listed too, whatever became of it. */
const stoodWord = ({ state, listed, overdueBy }: Dossier['task']): string =>
  `当时${stateWord(state)}${overdueBy > 0 ? `,已逾期${overdueBy}个工作日` : ''}${listed ? ',挂牌督办中' : ''}`;

/** Who answered for it from when, the leader first, then each lead section with its chiefs. */
function responsible({ posts, until }: FileContents, dossier: Dossier): string[] {
  const { leader, section } = tenuresOf(dossier, posts, until);
  return [
    ...leader.map((each) => `责任领导:${tenureWord(each)}。`),
    ...section.flatMap((each) => [
      `主办:${tenureWord(each)}。`,
      ...each.chiefs.map((chief) => `${each.who}负责人:${tenureWord(chief)}。`),
    ]),
    `协办:${dossier.coSections.join('、') || '无'}。`,
  ];
}

/** `党组书记,自2026年1月5日起至2026年5月1日(台账记录第4号)`. */
function tenureWord({ who, from, until, by }: Tenure): string {
  const end = until === null ? '' : `至${fullDay(until)}`;
  const record = by && `(${by.chain === 'task' ? '台账' : '方案'}记录${recordNo(by.seq)})`;
  return `${who},自${fullDay(from)}起${end}${record ?? ''}`;
}

const figures = (dossier: Dossier): Block => ({
  is: 'table',
  widths: [38, 36, 34, 22, 26],
  head: ['量化指标', '标准', '完成', '是否达到', '佐证编号'],
  rows: pointsOf(dossier).map(({ label: name, standard, stands, verdict, evidence }) =>
    row(name, standard, stands, verdict, evidence.map(recordNo).join('、') || '—'),
  ),
});

function proofs(dossier: Dossier): Block[] {
  if (dossier.evidence.length === 0) return [text('没有登记佐证。')];
  return [
    {
      is: 'table',
      caption: '佐证目录',
      widths: [20, 46, 42, 30, 18],
      head: ['编号', '名称或文号', '日期', '存放处', '备注'],
      rows: dossier.evidence.map(({ entryId, name, datedOn, keptAt, withdrawnBy, fileHash }) =>
        row(
          recordNo(seqOf(dossier, entryId)),
          { said: name },
          datedOn === null ? '未登记' : fullDay(datedOn),
          { said: keptAt === '' ? '未登记' : keptAt },
          withdrawnBy !== null ? '已撤回' : fileHash === null ? '' : '有电子件',
        ),
      ),
    },
  ];
}

/** Extensions, listings, close-outs, look-backs and follow-ups, each with the entries it stands on. */
function handled(plan: Plan, { followUps, until }: FileContents, dossier: Dossier): Words[] {
  const by = notesIn(plan, dossier);
  return [
    ...dossier.extensions.map((each) => extensionLine(each, by)),
    ...dossier.listings.map((each) => listingLine(each, by)),
    ...dossier.closeouts.map((each) => closeoutLine(each, by, dossier)),
    ...dossier.lookbacks.map(
      ({ entryId, result }) =>
        `回头看:${by.on(entryId)}${result === 'holds' ? '巩固' : '反弹,重新推进'}(${by.no(entryId)})。`,
    ),
    ...followUps
      .filter(({ task }) => task.code === dossier.task.code)
      .map(
        (each) =>
          `议定交办第${each.row}条:${fullDay(each.decidedOn)},期限${fullDay(each.due)},${standWord(each, dayAt(until, plan))}。`,
      ),
  ];
}

/** How lines refer to entries: by their numbers and days. */
const notesIn = (plan: Plan, dossier: Dossier) => ({
  no: (entryId: number | null) => recordNo(seqOf(dossier, entryId)),
  on: (entryId: number | null) => {
    const entry = entryOf(dossier, entryId);
    return entry ? fullDay(dayAt(entry.at, plan)) : '';
  },
});

type Notes = ReturnType<typeof notesIn>;

function extensionLine(each: Dossier['extensions'][number], { no }: Notes): string {
  const { from, to, late, granted, askedEntryId, decidedEntryId } = each;
  const outcome = grantWord(granted) + (granted === null ? '' : `(${no(decidedEntryId)})`);
  return `延期:${fullDay(from)}至${fullDay(to)}${late ? ',逾期后申请' : ''}(${no(askedEntryId)}),${outcome}。`;
}

function listingLine(each: Dossier['listings'][number], { on, no }: Notes): string {
  const { proposedEntryId, orderedEntryId, liftedEntryId, refusedEntryId } = each;
  const ordered = orderedEntryId ? `,${on(orderedEntryId)}批准(${no(orderedEntryId)})` : '';
  const lifted = liftedEntryId ? `,${on(liftedEntryId)}摘牌(${no(liftedEntryId)})` : '';
  const refused = refusedEntryId ? `,未批准(${no(refusedEntryId)})` : '';
  return `挂牌督办:${on(proposedEntryId)}提请(${no(proposedEntryId)})${ordered}${lifted}${refused}${orderedEntryId ? ',督办单附后' : ''}。`;
}

const ends = { closed: '已销号', returned: '已退回', withdrawn: '已撤回' };

function closeoutLine(
  { requestedEntryId, steps, outcome, insisted, missing }: Dossier['closeouts'][number],
  { on, no }: Notes,
  { names }: Dossier,
): string {
  const taken = steps
    .slice(1)
    .map(({ personId, entryId }) => `${names.get(personId) ?? ''}${on(entryId)}(${no(entryId)})`);
  return (
    `销号:${on(requestedEntryId)}申请(${no(requestedEntryId)})` +
    `${insisted ? `,坚持申请,缺项:${missing.join(';')}` : ''}` +
    `${taken.length === 0 ? '' : `,经${taken.join('、')}`},${outcome === null ? '办理中' : ends[outcome]}${outcome === 'withdrawn' ? '' : ',审批单附后'}。`
  );
}

const dayAt = (at: Date, { timeZone }: Plan): Day => dayOf(at, timeZone);

const records = (plan: Plan, { entries, task }: Dossier): Block => ({
  is: 'table',
  widths: [20, 42, 32, 36, 50],
  head: ['编号', '时间', '何人', '事项', '说明'],
  rows: entries.map((entry) => {
    const indicator = task.indicators.find(({ code }) => code === entry.detail.indicator);
    const behalf = entry.forName === null ? '' : `(代${entry.forName})`;
    return row(
      recordNo(entry.seq),
      `${dayAt(entry.at, plan).slice(0, 4)}年${spokenAt(entry.at, plan.timeZone)}`,
      `${whoseWord(entry)}${behalf}`,
      deedWord(entry, indicator).replace(/#(\d+)/g, '第$1号'),
      saidIn(entry),
    );
  }),
});
