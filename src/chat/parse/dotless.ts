import type { Scene, Vocabulary } from '../intent.ts';

/** 432, 4 3 2 at the head of a clause; 112处 counts something. */
const DOTLESS =
  /(^|[\n。;,] ?|[ 、](?<=[1-9]\.[1-9]\.[1-9].{1,60}))([1-9])( ?)([1-9])\3([1-9])(?=\p{Script=Han}| )(?! ?[个处次场条家所名件篇期份类起天人元万千百十月年日号岁分] ?(?!目))/gu;

/** A text with the dots that codes of the speaker's own tasks were typed without. */
export function withDots(text: string, { by }: Scene, { people, tasks }: Vocabulary): string {
  if (!/[1-9] ?[1-9] ?[1-9]/.test(text)) return text;
  const speaker = people.find(({ name }) => name === by);
  const isOffice = speaker?.roles.includes('office') === true;
  const isOwn = (code: string) =>
    tasks.some(
      (task) =>
        task.code === code &&
        (isOffice ||
          task.leader === by ||
          [task.section, ...task.coSections].some((section) => section === speaker?.section)),
    );
  return text.replace(DOTLESS, (whole, before: string, a: string, _, b: string, c: string) =>
    isOwn(`${a}.${b}.${c}`) ? `${before}${a}.${b}.${c}` : whole,
  );
}
