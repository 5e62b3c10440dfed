import type { Scene, Vocabulary, VocabularyTask } from '../intent.ts';
import type { Use } from './names.ts';

/** Who speaks, and which tasks their words can name without a number. */
export interface Speaker {
  name: string;
  section: string | undefined;
  /** Secretary or leader: their own figures are theirs, and they give orders. */
  leads: boolean;
  /** Whether a name in this speaker's mouth can stand for that use. */
  owns(use: Use): boolean;
  ownsTask(task: VocabularyTask): boolean;
}

/** A section that is reported for (代安全科 …) lends its own tasks to whoever speaks for it. */
export function speakerOf(scene: Scene, vocabulary: Vocabulary, onBehalf?: string): Speaker {
  const person = vocabulary.people.find((each) => each.name === scene.by);
  const section = onBehalf ?? person?.section;
  const roles = onBehalf === undefined ? (person?.roles ?? []) : [];
  const leads = roles.includes('secretary') || roles.includes('leader');
  const ownsTask = (task: VocabularyTask) =>
    (task.leader !== null && task.leader === scene.by) ||
    (section !== undefined &&
      (task.section === section || task.coSections.includes(section)) &&
      // The standing duties are the office's own, not those of the section that it sits in.
      (task.serial !== null || roles.includes('office')));
  return {
    name: scene.by,
    section,
    leads,
    ownsTask,
    owns: (use) =>
      ownsTask(use.task) || (leads && use.task.serial !== null && use.indicator?.subject === 'person'),
  };
}
