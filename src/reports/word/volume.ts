import { dayOf } from '../../ledger/days.ts';
import type { Verdict } from '../../ledger/entries/audit.ts';
import type { Plan } from '../../ledger/plan.ts';
import type { Dossier } from '../../ledger/views/dossier.ts';
import type { FileContents, Filed } from '../../ledger/views/volumes.ts';
import { isOpen, ofInformants } from '../points.ts';
import { type Bound, bind, catalogue } from './binding.ts';
import { type Block, type Draft, heading, label, type Part, row, text, type Words } from './draft.ts';
import { fullDay, fullMinute, recordNo } from './marks.ts';

/** `open`: what the system may read. `restricted`: the rest, in a volume of its own; informants' reports in neither. */
export type Volume = 'open' | 'restricted';

/** A file's volume, as things stood at its instant; null where nothing asked for belongs into it. */
export function volumeOf(plan: Plan, contents: FileContents, volume: Volume, now: Date): Draft | null {
  const filed = contents.tasks.flatMap((each) => cutTask(each, volume) ?? []);
  if (filed.length === 0) return null;
  const bound = bind(plan, contents, filed);
  const name = volume === 'open' ? '整改案卷' : '整改案卷(限知分卷)';
  return {
    name: `${name}(调卷第${contents.request.id}号)`,
    mark: volume === 'open' ? '整改案卷' : '限知',
    parts: [front(plan, contents, bound, volume, now), ...bound.flatMap(({ parts }) => parts)],
  };
}

/** The forms stand in the volume in which the task does. */
function cutTask({ dossier, forms }: Filed, volume: Volume): Filed | null {
  const own = cut(dossier, volume);
  if (!own) return null;
  const stands = isOpen(dossier.task.level) === (volume === 'open');
  return {
    dossier: own,
    forms: stands
      ? forms.flatMap((form) => {
          const stood = cut(form.stood, volume);
          return stood ? [{ ...form, stood }] : [];
        })
      : [],
  };
}

/** What of a task belongs into the volume; null for nothing. */
function cut(dossier: Dossier, volume: Volume): Dossier | null {
  const { task } = dossier;
  if (ofInformants(task.title)) return null;
  const isWhole = !isOpen(task.level);
  if (isWhole) return volume === 'restricted' ? dossier : null;
  const belongs = ({ level, subject }: Dossier['task']['indicators'][number]) =>
    (isOpen(level) && subject !== 'person') === (volume === 'open');
  const mine = task.indicators.filter(belongs);
  const others = task.indicators.filter((indicator) => !belongs(indicator));
  // Whether a person's matter is done everybody may read; by whom and when stands in the other volume.
  const told = volume === 'open' ? task.indicators.filter(({ level }) => isOpen(level)) : mine;
  const codes = new Set(mine.map(({ code }) => code));
  const ids = new Set(mine.map(({ id }) => id));
  const entries = dossier.entries.filter(({ detail }) =>
    typeof detail.indicator === 'string' ? codes.has(detail.indicator) : volume === 'open',
  );
  if (volume === 'restricted' && entries.length === 0) return null;
  return {
    ...dossier,
    task: { ...task, indicators: told },
    entries,
    evidence: dossier.evidence.filter(({ indicatorId }) => ids.has(indicatorId)),
    closeouts: dossier.closeouts.map((each) => ({
      ...each,
      missing: each.missing.filter((words) => !others.some(({ label: name }) => words.includes(name))),
    })),
  };
}

function front(plan: Plan, contents: FileContents, bound: Bound[], volume: Volume, now: Date): Part {
  const { request, askedAt, askedBy, grantedOn, grantedBy, asOf } = contents;
  const pair = (one: string, first: Words, other: string, second: Words) =>
    row(label(one), first, label(other), second);
  const on = (at: Date) => fullDay(dayOf(at, plan.timeZone));
  const stands = asOf === null ? fullMinute(askedAt, plan.timeZone) : `${fullDay(asOf)}24时`;
  return {
    title: [plan.title, volume === 'open' ? '整改案卷' : '整改案卷(限知分卷)'],
    blocks: [
      {
        is: 'table',
        widths: [22, 56, 22, 56],
        rows: [
          pair('调阅单位', { said: request.body }, '文号', { said: request.letter }),
          pair(
            '经办人',
            { said: request.handler },
            '范围',
            request.codes.length > 0 ? request.codes.join('、') : '全部任务',
          ),
          pair('申请', `${askedBy},${on(askedAt)}`, '批准', `${grantedBy},${fullDay(grantedOn)}`),
          pair('数据截至', stands, '制卷', on(now)),
          pair(
            '知悉范围',
            volume === 'open' ? '系统内' : '限知,专人专送',
            '任务',
            `${new Set(bound.map(({ task }) => task.code)).size}项`,
          ),
        ],
      },
      { is: 'gap' },
      heading('核验结果'),
      text(`${on(now)}${verdictWords(contents.verdict)}`),
      heading('卷内目录'),
      {
        is: 'table',
        widths: [14, 18, 62, 32, 16, 14],
        head: ['序号', '编号', '文件', '主办', '记录数', '页码'],
        rows: catalogue(bound),
      },
      text(
        `${volume === 'open' ? '限知事项另立分卷,专人送达。' : ''}检举控告的数据和内容按规定由受理部门另行保管,不入卷;个人事项只记是否完成。督办单、审批单由台账生成,附于该任务之后,签发件存整改办。`,
      ),
      ...meetingsOf(contents, volume),
    ],
  };
}

const verdictWords = (verdict: Verdict): string =>
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
