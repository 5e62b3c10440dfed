import { type Doubt, listed, one, type Placed, type View } from './doubts/doubt.ts';
import { effort } from './doubts/effort.ts';
import { lists } from './doubts/lists.ts';
import { meetings, twice } from './doubts/meetings.ts';
import { unspoken } from './doubts/unspoken.ts';

export type { Doubt, Placed } from './doubts/doubt.ts';

/** Where the plan contradicts itself or leaves something open. Nothing is mended: the office decides. */
export function doubtsIn(view: Omit<View, 'said'>): Doubt[] {
  const whole = { ...view, said: view.all.filter(({ explicit }) => explicit) };
  return looks.flatMap((look) => look(whole));
}

/** All promises of which something holds, in one doubt. */
const allThat =
  (mark: string, holds: (promise: Placed) => boolean, text: string) =>
  ({ said }: View): Doubt[] => {
    const list = said.filter(holds);
    return one(mark, list, `${listed(list)}:${text}`);
  };

const shares = ({ all }: View): Doubt[] => {
  const list = all.filter(({ kind }) => kind === 'ratio');
  return one('T8', list, `${listed(list)}:占比须有分子和分母,工作簿里的两项名称是暂拟的,请核定`);
};

const looks = [
  effort,
  unspoken,
  lists,
  allThat('T4', ({ quota }) => quota, '不宜作为任务数下达,已按只统计处理,请考虑改写'),
  allThat('T5', ({ preset }) => preset, '清单形成之前数目已定,作为预设数,待真实清单替换'),
  allThat('T6', ({ subject }) => subject === 'unclear', '没有写明是每人还是合计,暂按待明确,请核定'),
  twice,
  shares,
  allThat('T9', ({ high }) => high !== null, '写了上限,超过上限只作提示,不算未完成'),
  meetings,
];
