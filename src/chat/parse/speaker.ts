import type { Scene, Vocabulary, VocabularyTask } from '../intent.ts';
import type { Use } from './names.ts';
import type { Behalf } from './proxy.ts';

/** Who speaks, and which tasks their words can name without a number. */
export interface Speaker {
  /** Whose figures theirs are. */
  name: string;
  /** Secretary or leader: their own figures are theirs, and they give orders. */
  leads: boolean;
  /** Whether a name in this speaker's mouth can stand for that use. */
  owns(use: Use): boolean;
}

/** Whoever is reported for (代安全科 …, 代书记 …) lends their tasks to the speaker; a section takes its own away. */
export function speakerOf(
  scene: Scene,
  { people }: Vocabulary,
  { sections, person }: Pick<Behalf, 'sections' | 'person'>,
): Speaker {
  const name = person ?? scene.by;
  const by = people.find((each) => each.name === scene.by);
  const voice = people.find((each) => each.name === name);
  const roles = sections.length > 0 ? [] : (voice?.roles ?? []);
  const leads = roles.includes('secretary') || roles.includes('leader');
  const own = sections.length > 0 ? sections : [voice?.section, by?.section].flatMap((each) => each ?? []);
  const ofSection = ({ section, coSections, serial }: VocabularyTask) =>
    own.some((each) => each === section || coSections.includes(each)) &&
    // The standing duties are the office's own, not those of the section that it sits in.
    (serial !== null || roles.includes('office'));
  return {
    name,
    leads,
    owns: ({ task, indicator }) =>
      ofSection(task) ||
      (leads && (task.leader === name || (task.serial !== null && indicator?.subject === 'person'))),
  };
}
