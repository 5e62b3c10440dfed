import { fitForGroup, folded, tellsOfJourney, unaddressed } from '../../chat/words.ts';
import { explanations } from '../../ledger/views/reported.ts';
import type { Look } from '../push.ts';

const CHARACTERS = 40;

/**
 * What the sections last gave as an explanation, by the task's id: `机关党委反馈:「其余拟于4月17日前签订」`. Words that
 * never appear in a group are left out here, so that one section's wording doesn't hold back everybody's post.
 */
export async function explained(look: Look): Promise<Map<number, string>> {
  const { tasks } = await look.survey();
  const ids = tasks.map((task) => task.id);
  const given = await explanations(look.db, look.plan, ids, look.today);
  return new Map(
    tasks.flatMap((task) => {
      const text = given.get(task.id);
      if (text === undefined || !fitForGroup(text) || tellsOfJourney(text, false)) return [];
      const words = folded(withoutCode(text, task.code), CHARACTERS);
      return words === '' ? [] : [[task.id, `${task.section ?? '承办科室'}反馈:「${words}」`] as const];
    }),
  );
}

/** The words behind the bot's name and the task's code, with which a report begins. */
function withoutCode(text: string, code: string): string {
  const bare = unaddressed(text).replace(/^【/, '');
  return bare.startsWith(code) ? bare.slice(code.length).replace(/^[】::,,、\s]+/, '') : text;
}
