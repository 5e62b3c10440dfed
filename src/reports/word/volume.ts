import type { Verdict } from '../../ledger/audit.ts';
import type { Dossier } from '../../ledger/dossier.ts';
import type { Plan } from '../../ledger/people.ts';
import type { FileContents } from '../../ledger/volumes.ts';
import { isOpen, ofInformants } from '../points.ts';
import { type Block, type Draft, heading, label, type Part, row, text, type Words } from './draft.ts';
import { fullDay, fullHour, recordNo } from './marks.ts';
import { taskPages } from './taskPages.ts';

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
      ...dossiers.map((each) => taskPages(plan, contents, each, now)),
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
