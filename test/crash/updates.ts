import type { Words } from './hooks.ts';
import type { Random } from './random.ts';

/** A figure that an update adds to. */
export interface Write {
  /** The indicator's code, `4.3.2/2`. */
  indicator: string;
  label: string;
  value: number;
}

/** One message of a chief's, and everything that it should write: all of it or nothing. */
export interface Update extends Words {
  writes: Write[];
}

/** Chiefs of the sample plan, and figures of theirs that are counted over the year: by task, label by number. */
export const chiefs: { wecom: string; dingtalk: string; figures: Record<string, Record<number, string>> }[] =
  [
    {
      wecom: 'sec_anquan',
      dingtalk: 'dt-anquan',
      figures: { '4.3.2': { 2: '演练', 3: '督查', 4: '隐患' } },
    },
    {
      wecom: 'sec_guihua',
      dingtalk: 'dt-guihua',
      figures: { '4.2.2': { 1: '学校', 2: '学位', 3: '教育集团' } },
    },
    {
      wecom: 'sec_dangwei',
      dingtalk: 'dt-dangwei',
      figures: { '2.1.1': { 1: '党规培训', 2: '红色教育', 3: '培训班' }, '6.1.2': { 2: '讲堂' } },
    },
  ];

/** `2.1.1 红色教育+2 培训班+1` and, on a line of its own, `6.1.2 讲堂+3`; by any of the chiefs, on either platform. */
export function composeUpdate(id: string, random: Random): Update {
  const chief = random.pick(chiefs);
  const platform = random.pick(['wecom', 'dingtalk'] as const);
  const all = Object.entries(chief.figures).flatMap(([task, labels]) =>
    Object.entries(labels).map(([number, label]) => ({ task, indicator: `${task}/${number}`, label })),
  );
  const some = all.filter(() => random.chance(0.5));
  const chosen = (some.length > 0 ? some : all).map((each) => ({ ...each, value: 1 + random.below(3) }));
  const text = Object.keys(chief.figures)
    .map((task) => ({ task, its: chosen.filter((each) => each.task === task) }))
    .filter(({ its }) => its.length > 0)
    .map(({ task, its }) => `${task} ${its.map(({ label, value }) => `${label}+${value}`).join(' ')}`)
    .join('\n');
  const writes = chosen.map(({ indicator, label, value }) => ({ indicator, label, value }));
  return { platform, id, sender: chief[platform], text, writes };
}
