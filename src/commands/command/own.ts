import type { Vocabulary, VocabularyIndicator, VocabularyTask } from '../../chat/scene.ts';
import { dueWord, fitForGroup } from '../../chat/words.ts';
import { addDays, type Day, monthAfter } from '../../ledger/days.ts';
import { isMember } from '../../ledger/rules/audience.ts';

/** Who is told an example, and when. */
interface Asker {
  vocabulary: Vocabulary;
  person: { name: string };
  today: Day;
}

/** What an example's `{slots}` stand for in the asker's own plan; one that it can't fill isn't told. */
export type Own = Partial<Record<string, string>>;

/**
 * Examples are told in the asker's own plan: by a task that he may report on, what is counted of it, and people and
 * sections of the plan. Only what every group may read is drawn from.
 */
export function ownOf({ vocabulary: { tasks, sections, people }, person: { name }, today }: Asker): Own {
  const own = people.find((each) => each.name === name)?.section;
  const near = (task: VocabularyTask): number => {
    if (task.section === own || task.leader === name) return 0;
    return own !== undefined && task.coSections.includes(own) ? 1 : 2;
  };
  const known = tasks.filter(({ serial, level }) => serial !== null && isOpen(level));
  const ranked = known.toSorted(
    (one, other) =>
      near(one) - near(other) || Number(countIn(other) !== null) - Number(countIn(one) !== null),
  );
  const [task, second] = ranked;
  const count = task === undefined ? null : countIn(task);
  const share = ranked.flatMap((each) => shareIn(each))[0];
  const section = sections.find(({ code }) => code === task?.section) ?? sections[0];
  // Nobody's superior stands in an example of who is put out of service.
  const others = people.filter((each) => each.name !== name && !isMember(each));
  const clerks = others.filter(({ roles }) => roles.includes('staff'));
  const colleague = clerks.find((each) => each.section === section?.code) ?? clerks[0] ?? others[0];
  const chief = others.find(({ roles, name: of }) => roles.includes('chief') && of !== colleague?.name);
  const month = monthAfter(monthAfter(today.slice(0, 7)));
  return defined({
    task: task?.code ?? '任务编号',
    second: second?.code,
    category: task?.code.split('.')[0] ?? '1',
    count: count?.label ?? '指标',
    unit: count?.unit ?? '次',
    indicator: count?.code,
    share,
    section: section?.name ?? '科室',
    person: colleague?.name ?? '姓名',
    other: chief?.name,
    today,
    later: dueWord(addDays(`${month}-01`, -1), today),
  });
}

const isOpen = (level: VocabularyTask['level'] | null): boolean =>
  level === null || level === 'open' || level === 'system';

const isPlain = ({ level, subject, label }: VocabularyIndicator): boolean =>
  isOpen(level) && subject !== 'person' && fitForGroup(label);

const countIn = ({ indicators }: VocabularyTask): VocabularyIndicator | null =>
  indicators.find((each) => isPlain(each) && each.kind === 'count') ?? null;

const shareIn = ({ code, indicators }: VocabularyTask): string[] =>
  indicators
    .filter((each) => isPlain(each) && each.kind === 'ratio' && each.ratio?.of === undefined)
    .map(({ label }) => `${code} ${label} 17/20`);

const defined = (own: Record<string, string | undefined>): Own =>
  Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));

/** `{task} {count}+1` as the asker could type it; null where the plan has nothing for one of its slots. */
export function filled(template: string, own: Own): string | null {
  let whole = true;
  const text = template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    whole &&= own[slot] !== undefined;
    return own[slot] ?? '';
  });
  return whole ? text : null;
}

/** A sentence with examples in it, for whoever is asked back or refused. */
export const inOwn = (template: string, asker: Asker): string => filled(template, ownOf(asker)) ?? template;
