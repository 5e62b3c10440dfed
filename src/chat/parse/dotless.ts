import type { Scene, Vocabulary } from '../intent.ts';

const UNITS = '个处次场条家所名件篇期份类起天人元万千百十月年日号岁分';
const HEAD = '(^|[\\n。;,] ?|[ 、](?<=[1-9]\\.[1-9]\\d?\\.[1-9].{1,60}))';
const TAIL = `(?=\\p{Script=Han}| )(?! ?[${UNITS}] ?(?!目))`;
/** 432, 4 3 2, 4 3 12 at the head of a clause; 112处 counts something. */
const TOGETHER = RegExp(`${HEAD}([1-9]\\d{2,4})${TAIL}`, 'gu');
const APART = RegExp(`${HEAD}([1-9]) ([1-9]\\d?) ([1-9]\\d?)(?!\\d)${TAIL}`, 'gu');

/** A text with the dots that codes of the speaker's own tasks were typed without. */
export function withDots(text: string, { by }: Scene, { people, tasks }: Vocabulary): string {
  if (!/[1-9] ?[1-9] ?[1-9]/.test(text)) return text;
  const speaker = people.find(({ name }) => name === by);
  const isOffice = speaker?.roles.includes('office') === true;
  const own = tasks.filter(
    (task) =>
      isOffice ||
      task.leader === by ||
      [task.section, ...task.coSections].some((section) => section === speaker?.section),
  );
  /** The one whose numbers they are; 4112 may be of two. */
  const codeOf = (typed: string, sign: string) => {
    const [task, ...more] = own.filter(({ code }) => code.replaceAll('.', sign) === typed);
    return more.length === 0 ? task?.code : undefined;
  };
  return text
    .replace(TOGETHER, (whole, before: string, typed: string) => {
      const code = codeOf(typed, '');
      return code === undefined ? whole : before + code;
    })
    .replace(APART, (whole, before: string, ...parts: string[]) => {
      const code = codeOf(parts.slice(0, 3).join(' '), ' ');
      return code === undefined ? whole : before + code;
    });
}
