import { filled } from '../../ledger/book/blanks.ts';
import { type bringIn, createFrom, setAside } from '../../ledger/book/bringIn.ts';
import { differ } from '../../ledger/book/differ.ts';
import type { Book } from '../../ledger/book.ts';
import type { Db } from '../../ledger/db.ts';
import type { PlanRow } from '../../ledger/plan.ts';
import { namesOf } from '../names.ts';
import { sheets } from '../sheets.ts';
import { authorityText, differencesText, sizeText, trialText } from '../tell.ts';

export interface Outcome {
  text: string;
  /** `none`: the workbook says what the ledger says already. */
  ended: 'written' | 'would write' | 'none' | 'refused';
}

interface Replacing {
  plan: PlanRow | null;
  before: Book | null;
  after: Book;
  /** Addresses that have to be typed anew, and what wasn't looked at. */
  lost: string[];
  dry: boolean;
}

/** The first plan of the bureau's own, in an empty ledger or in place of the sample. */
export async function replace(
  tx: Db,
  { plan, before, after, lost, dry }: Replacing,
  bringing: Parameters<typeof bringIn>[3],
): Promise<Outcome> {
  const head = plan
    ? `台账现为示例(${plan.title}):导入后示例及其试填记录整体移除,只留本工作簿的内容。`
    : '台账现为空,导入后建立本方案。';
  const differences = before && sameCode(before, after) ? differ(before, after) : null;
  if (differences && differences.changes.length + differences.missing.length === 0) {
    return { text: `${differencesText(differences, namesOf(after))}\n台账未作任何改动。`, ended: 'none' };
  }
  const lines = [head, `本工作簿:${sizeText(after)}`, ...lost];
  if (differences) {
    const { missing, ...rest } = differences;
    lines.push(`与示例相比,${differencesText({ ...rest, missing: [] }, namesOf(after))}`);
    const gone = missing.map(({ sheet, key }) => `${sheets[sheet].title} ${key}`);
    if (gone.length > 0) lines.push(`表里没有、随示例移除:${gone.join('、')}`);
  }
  const whole = filled(after, null, bringing.now);
  lines.push(...trialText(whole), ...authorityText(whole));
  if (dry) return { text: [...lines, '以上只是查看,尚未写入。'].join('\n'), ended: 'would write' };
  if (plan) await setAside(tx, plan, bringing.now);
  await createFrom(tx, whole, bringing);
  return { text: [...lines, '已写入台账。'].join('\n'), ended: 'written' };
}

const sameCode = (one: Book, other: Book): boolean => one.plan[0]?.code === other.plan[0]?.code;
