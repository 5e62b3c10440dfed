import type { Act } from '../intent.ts';

/**
 * A command that names no task. The clause has a word of each list in `has`, or begins with one of `head`, or is made
 * of `only` these words (and of `padding`).
 */
export interface PlanRule {
  act: Act;
  /** Several forms of one act. */
  about?: string;
  has?: string[];
  head?: string;
  only?: string;
  /** Words that make another thing of it. */
  not?: string;
  /** Counts only with a day, a person or a section of the plan in the clause. */
  needs?: 'day' | 'person' | 'section';
  /** Only in the office's mouth. */
  office?: true;
  /** Changes something: a report (通报已发布), somebody else's word or a question about it isn't it. */
  changes?: true;
}

/** What may stand about a command without meaning anything. */
export const padding = `请 麻烦 帮我 帮忙 给我 给 把 将 再 一下 看看 查查 查 看 看下 现在 目前 吧 啊 呀 下 督办 你好 您好 那个 就 呢 吗 了 的 来 个 先 群里 本群 这个群
  这次 本次 这个季度 这季度 您 ? 我 我们 年 度 第 今年 本季度 上季度 一季度 二季度 三季度 四季度 上半年 下半年 全年`;
