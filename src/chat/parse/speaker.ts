import type { Scene, Vocabulary, VocabularyTask } from '../intent.ts';
import type { Use } from './names.ts';

/** Who speaks, and which tasks their words can name without a number. */
export interface Speaker {
  name: string;
  /** Secretary or leader: their own figures are theirs, and they give orders. */
  leads: boolean;
  /** Whether a name in this speaker's mouth can stand for that use. */
  owns(use: Use): boolean;
}

/** Sections or a person reported for (代安全科 …) lend their own tasks to whoever speaks for them. */
export function speakerOf(
  scene: Scene,
  vocabulary: Vocabulary,
  sections: readonly string[],
  person?: string,
): Speaker {
  const name = person ?? scene.by;
  const speaker = vocabulary.people.find((each) => each.name === name);
  const own = sections.length > 0 ? sections : [speaker?.section];
  const roles = sections.length > 0 ? [] : (speaker?.roles ?? []);
  const leads = roles.includes('secretary') || roles.includes('leader');
  const ownsTask = (task: VocabularyTask) =>
    (task.leader !== null && task.leader === name && leads) ||
    (own.some(
      (section) => section !== undefined && (task.section === section || task.coSections.includes(section)),
    ) &&
      // The standing duties are the office's own, not those of the section that it sits in.
      (task.serial !== null || roles.includes('office')));
  const alsoOwn = vocabulary.people.find((each) => each.name === scene.by)?.section;
  const besides = (task: VocabularyTask) =>
    person !== undefined && (task.section === alsoOwn || task.coSections.includes(alsoOwn ?? ''));
  return {
    name,
    leads,
    owns: (use) =>
      ownsTask(use.task) ||
      besides(use.task) ||
      (leads && use.task.serial !== null && use.indicator?.subject === 'person'),
  };
}
