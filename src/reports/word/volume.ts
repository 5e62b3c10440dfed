import { deedWord } from '../../chat/entry.ts';
import { standWord } from '../../chat/followUps.ts';
import { spokenAt, stateWord } from '../../chat/words.ts';
import type { Verdict } from '../../ledger/audit.ts';
import { type Day, dayOf } from '../../ledger/days.ts';
import { type Dossier, entryOf, seqOf } from '../../ledger/dossier.ts';
import type { Plan } from '../../ledger/people.ts';
import type { FileContents } from '../../ledger/volumes.ts';
import { isOpen, ofInformants, pointsOf } from '../points.ts';
import { type Block, type Draft, heading, label, list, type Part, row, text, type Words } from './draft.ts';
import { fullDay, fullHour, recordNo } from './marks.ts';
import { saidIn } from './said.ts';

/** `open`: what the system may read. `restricted`: the rest, in a volume of its own; informants' reports in neither. */
export type Volume = 'open' | 'restricted';

/** A file's volume; null where nothing asked for belongs into it. */
export function volumeOf(plan: Plan, contents: FileContents, volume: Volume, now: Date): Draft | null {
  const dossiers = contents.dossiers.map((each) => cut(each, volume)).filter((each) => each !== null);
  if (dossiers.length === 0) return null;
  const name = volume === 'open' ? '整改案卷' : '整改案卷(限知分卷)';
  return {
    name: `${name}(调卷第${contents.request.id}号)`,
    mark: volume === 'open' ? '整改案卷' : '限知',
    parts: [
      front(plan, contents, dossiers, volume, now),
      ...dossiers.map((each) => taskPart(plan, contents, each, now)),
    ],
  };
}

/** What of a task belongs into the volume; null for nothing. */
function cut(dossier: Dossier, volume: Volume): Dossier | null {
  const { task } = dossier;
  if (ofInformants(task.title)) return null;
  const isWhole = !isOpen(task.level);
  if (isWhole) return volume === 'restricted' ? dossier : null;
  const mine = task.indicators.filter(
    ({ level, subject }) => (isOpen(level) && subject !== 'person') === (volume === 'open'),
  );
  const codes = new Set(mine.map(({ code }) => code));
  const ids = new Set(mine.map(({ id }) => id));
  const entries = dossier.entries.filter(({ detail }) =>
    typeof detail.indicator === 'string' ? codes.has(detail.indicator) : volume === 'open',
  );
  if (volume === 'restricted' && entries.length === 0) return null;
  return {
    ...dossier,
    task: { ...task, indicators: mine },
    entries,
    evidence: dossier.evidence.filter(({ indicatorId }) => ids.has(indicatorId)),
  };
}

function front(plan: Plan, contents: FileContents, dossiers: Dossier[], volume: Volume, now: Date): Part {
  const { request, askedOn, askedBy, grantedOn, grantedBy } = contents;
  const pair = (one: string, first: Words, other: string, second: Words) =>
    row(label(one), first, label(other), second);
  return {
    title: [plan.title, volume === 'open' ? '整改案卷' : '整改案卷(限知分卷)'],
    blocks: [
      {
        is: 'table',
        widths: [24, 54, 24, 54],
        rows: [
          pair('调阅单位', { said: request.body }, '文号', { said: request.letter }),
          pair(
            '经办人',
            { said: request.handler },
            '范围',
            request.codes.length > 0 ? request.codes.join('、') : '全部任务',
          ),
          pair('申请', `${askedBy},${fullDay(askedOn)}`, '批准', `${grantedBy},${fullDay(grantedOn)}`),
          pair(
            '数据截至',
            fullHour(now, plan.timeZone),
            '密级管理',
            volume === 'open' ? '系统内' : '限知,专人专送',
          ),
        ],
      },
      { is: 'gap' },
      heading('核验结果'),
      text(verdictWords(contents.verdict)),
      heading('卷内目录'),
      {
        is: 'table',
        widths: [14, 18, 74, 30, 20],
        head: ['序号', '编号', '任务', '主办', '记录数'],
        rows: dossiers.map(({ task, entries }, index) =>
          row(String(index + 1), task.code, task.title, task.section ?? '待明确', String(entries.length)),
        ),
      },
      text('检举控告的数据和内容按规定由受理部门另行保管,不入卷;个人事项只记是否完成。'),
      ...meetingsOf(contents, volume),
    ],
  };
}

export const verdictWords = (verdict: Verdict): string =>
  verdict.sound
    ? `经逐条核验,台账共${verdict.entries}条记录前后相接,每条内容与校验值一致,未发现改动、缺失。`
    : `核验未通过:${verdict.task === 'plan' ? '方案' : `【${verdict.task}】`}${verdict.entry === null ? '' : recordNo(verdict.entry)}记录${verdict.why}。本卷仅供参考,须核实后使用。`;

function meetingsOf({ meetings }: FileContents, volume: Volume): Block[] {
  if (volume === 'restricted' || meetings.length === 0) return [];
  return [
    heading('调度会'),
    {
      is: 'table',
      widths: [40, 60, 28, 28],
      head: ['日期', '地点', '参会人数', '时长'],
      rows: meetings.map(({ on, place, held, people, minutes }) =>
        row(
          fullDay(on),
          { said: place },
          held ? `${people ?? '—'}人` : '未登记召开',
          minutes === null ? '—' : `${minutes}分钟`,
        ),
      ),
    },
  ];
}

function taskPart(plan: Plan, contents: FileContents, dossier: Dossier, now: Date): Part {
  const { task } = dossier;
  const done = handled(plan, contents, dossier, now);
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
      text(`完成时限:${fullDay(task.deadline)};目前${stateWord(task.state)}。`),
      heading('责任沿革'),
      list(responsible(contents, dossier)),
      heading('数据和佐证'),
      figures(dossier),
      ...proofs(dossier),
      heading('办理情况'),
      ...(done.length === 0 ? [text('没有延期、挂牌、销号、回头看和议定事项。')] : [list(done)]),
      heading('全部记录'),
      records(plan, dossier),
    ],
  };
}

/** Who answers for it now, and each time that the section's post passed on. */
function responsible(
  { sectionCodes, chiefs, takenOver }: FileContents,
  { task, coSections }: Dossier,
): string[] {
  const code = task.sectionId === null ? undefined : sectionCodes.get(task.sectionId);
  const chief = task.sectionId === null ? undefined : chiefs.get(task.sectionId);
  return [
    `责任领导:${task.leader ?? '待明确'}。`,
    `主办:${task.section ?? '待明确'},现任负责人${chief ?? '待明确'};协办:${coSections.join('、') || '无'}。`,
    ...takenOver
      .filter(({ section }) => section === code)
      .map(
        ({ on, to, from, seq }) =>
          `${fullDay(on)}起由${to}接任${from.length === 0 ? '' : `(前任${from.join('、')})`},方案记录${recordNo(seq)}。`,
      ),
  ];
}

const figures = (dossier: Dossier): Block => ({
  is: 'table',
  widths: [40, 34, 34, 20, 28],
  head: ['量化指标', '标准', '完成', '是否达到', '佐证编号'],
  rows: pointsOf(dossier).map(({ label: name, standard, stands, met, evidence }) =>
    row(
      name,
      standard,
      stands,
      met === null ? '只统计' : met ? '达到' : '未达到',
      evidence.map(recordNo).join('、') || '—',
    ),
  ),
});

function proofs(dossier: Dossier): Block[] {
  if (dossier.evidence.length === 0) return [text('没有登记佐证。')];
  return [
    {
      is: 'table',
      caption: '佐证目录',
      widths: [18, 60, 30, 30, 18],
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
function handled(plan: Plan, { followUps }: FileContents, dossier: Dossier, now: Date): Words[] {
  const no = (entryId: number | null) => recordNo(seqOf(dossier, entryId));
  const on = (entryId: number | null) => {
    const entry = entryOf(dossier, entryId);
    return entry ? fullDay(dayAt(entry.at, plan)) : '';
  };
  const lines = [
    ...dossier.extensions.map(({ from, to, late, granted, askedEntryId, decidedEntryId }) => {
      const outcome = granted === null ? '待批复' : `${granted ? '已同意' : '未同意'}(${no(decidedEntryId)})`;
      return `延期:${fullDay(from)}至${fullDay(to)}${late ? ',逾期后申请' : ''}(${no(askedEntryId)}),${outcome}。`;
    }),
    ...dossier.listings.map((each) => {
      const ordered = each.orderedEntryId
        ? `,${on(each.orderedEntryId)}批准(${no(each.orderedEntryId)})`
        : '';
      const lifted = each.liftedEntryId ? `,${on(each.liftedEntryId)}摘牌(${no(each.liftedEntryId)})` : '';
      const refused = each.refusedEntryId ? `,未批准(${no(each.refusedEntryId)})` : '';
      return `挂牌督办:${on(each.proposedEntryId)}提请(${no(each.proposedEntryId)})${ordered}${lifted}${refused},督办单另附。`;
    }),
    ...dossier.closeouts.map(({ requestedEntryId, steps, outcome, insisted, missing }) => {
      const taken = steps
        .slice(1)
        .map(({ personId, entryId }) => `${dossier.names.get(personId) ?? ''}${on(entryId)}(${no(entryId)})`);
      const ends = { closed: '已销号', returned: '已退回', withdrawn: '已撤回' };
      return (
        `销号:${on(requestedEntryId)}申请(${no(requestedEntryId)})` +
        `${insisted ? `,坚持申请,缺项:${missing.join(';')}` : ''}` +
        `${taken.length === 0 ? '' : `,经${taken.join('、')}`},${outcome === null ? '办理中' : ends[outcome]}。`
      );
    }),
    ...dossier.lookbacks.map(
      ({ entryId, result }) =>
        `回头看:${on(entryId)}${result === 'holds' ? '巩固' : '反弹,重新推进'}(${no(entryId)})。`,
    ),
    ...followUps
      .filter(({ task }) => task.code === dossier.task.code)
      .map(
        (each) =>
          `议定交办第${each.row}条:${fullDay(each.decidedOn)},期限${fullDay(each.due)},${standWord(each, dayAt(now, plan))}。`,
      ),
  ];
  return lines;
}

const dayAt = (at: Date, { timeZone }: Plan): Day => dayOf(at, timeZone);

const records = (plan: Plan, { entries, task }: Dossier): Block => ({
  is: 'table',
  widths: [14, 30, 36, 40, 60],
  head: ['编号', '时间', '何人', '事项', '原话'],
  rows: entries.map((entry) => {
    const indicator = task.indicators.find(({ code }) => code === entry.detail.indicator);
    const behalf = entry.forName === null ? '' : `(代${entry.forName})`;
    return row(
      recordNo(entry.seq),
      `${dayAt(entry.at, plan).slice(0, 4)}年${spokenAt(entry.at, plan.timeZone)}`,
      `${entry.name ?? '系统'}${behalf}`,
      deedWord(entry, indicator),
      saidIn(entry),
    );
  }),
});
