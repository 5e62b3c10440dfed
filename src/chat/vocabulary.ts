import { type IndicatorFile, type PaperFile, type PlanFile, ratioOf } from '../ledger/plan/file.ts';
import type { Vocabulary, VocabularyIndicator } from './intent.ts';

/** The words of a plan, from the plan as data: what the grammar knows, and nothing of the ledger's state. */
export function vocabularyOf(plan: PlanFile, botNames: string[]): Vocabulary {
  const office = plan.people.find((person) => person.roles.includes('office'));
  return {
    botNames,
    sections: plan.sections.map(({ code, name, aliases }) => ({
      ...{ code, name },
      aliases: [...aliases, ...[name, ...aliases].flatMap(shortOf)],
    })),
    people: plan.people.map(({ name, post, section, roles }) => ({ name, post, section, roles })),
    tasks: [
      ...plan.tasks.map((task) => ({
        code: task.code,
        serial: task.serial,
        title: task.title,
        measure: task.measure,
        leader: task.leader,
        section: task.section,
        coSections: task.co_sections,
        level: task.secrecy,
        clock: task.clock,
        indicators: [...task.indicators.map(indicatorOf), ...task.deliverables.map(paperOf)],
      })),
      ...plan.governance.map((duty) => ({
        code: duty.code,
        serial: null,
        title: duty.title,
        measure: null,
        leader: null,
        section: office?.section ?? null,
        coSections: [],
        level: 'system' as const,
        clock: duty.items[0]?.clock ?? ('once' as const),
        indicators: duty.items.map(indicatorOf),
        ...(duty.merged_with === undefined ? {} : { mergedWith: duty.merged_with }),
      })),
    ],
  };
}

/** 机关党办 is 党办 to everybody in the house. */
const shortOf = (name: string): string[] => (/^机关.{1,3}[办科室]$/u.test(name) ? [name.slice(2)] : []);

const indicatorOf = (each: IndicatorFile): VocabularyIndicator => ({
  code: each.code,
  label: each.label,
  aliases: each.aliases,
  unit: each.unit,
  unitAliases: each.unit_aliases,
  clock: each.clock,
  subject: each.subject,
  kind: each.kind,
  level: each.secrecy ?? null,
  ratio: withDeeds(ratioOf(each), each.label),
});

/**
 * 应存档, 应存 and 实存 of what is 已存档; 应集体研究 of what is 集体研究: the two sides of a ratio by what is to be done and
 * what was.
 */
function withDeeds(ratio: VocabularyIndicator['ratio'], label: string): VocabularyIndicator['ratio'] {
  if (!ratio || ratio.parts) return ratio;
  const deeds = ratio.numeratorAliases.flatMap((form) => /^已(.{1,4})$/u.exec(form)?.[1] ?? []);
  if (deeds.length === 0) return ratio;
  const short = deeds.filter((deed) => deed.length > 1).map((deed) => deed.charAt(0));
  // 责任书 is signed, 集体研究 is itself what is done.
  const own = deeds.some((deed) => label.endsWith(deed)) ? [label] : [];
  const all = [...new Set([...deeds, ...short, ...own])];
  return {
    ...ratio,
    numeratorAliases: [
      ...new Set([...ratio.numeratorAliases, ...own, ...all.flatMap((deed) => [`已${deed}`, `实${deed}`])]),
    ],
    denominatorAliases: [
      ...new Set([...ratio.denominatorAliases, ...all.flatMap((deed) => [`应${deed}`, `应当${deed}`])]),
    ],
  };
}

/** A paper to hand in is said to be there or not: one, once. */
const paperOf = (paper: PaperFile): VocabularyIndicator => ({
  code: paper.code,
  label: paper.label,
  aliases: [],
  unit: '份',
  unitAliases: ['项', '个'],
  clock: 'once',
  subject: paper.subject,
  kind: 'deliverable',
  level: paper.secrecy ?? null,
  ratio: null,
});
