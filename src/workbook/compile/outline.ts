import type { Charge } from './fields.ts';
import { type Part, partsIn, type Section } from './parts.ts';

/** One numbered measure of the plan, or a paragraph of what the plan says on its own organisation. */
export interface Item {
  /** Where it stands in the text: `三(四)3`. */
  place: string;
  /** From 1; of the category and of the measure in it. */
  category: number;
  number: number;
  title: string;
  sentences: string[];
  /** The sentences as the plan itself divides them: by 1. 2. or 一是 二是, else one by one. */
  division: string[][];
  /** Whom the plan names for it, and until when, in its own words. */
  charge: Charge;
}

export interface Category {
  number: number;
  title: string;
  /** What is said before its first measure: reasons and cases, no promises. */
  preamble: string[];
  items: Item[];
}

export interface Outline {
  title: string;
  categories: Category[];
  /** What the organisation itself is to do: meetings, reports, inspections. */
  duties: Item[];
  /** Everything, sentence by sentence. */
  sentences: string[];
}

const POINT = /(?<=^|[。;:])\s*(?=[一二三四五六七八九十]{1,2}是)/u;
const DUTIES = /组织|保障|实施|领导|要求|机制|推进/u;
/** A part so called is about the organisation, however it is numbered. */
const ORGANISING =
  /^(?:组织(?:领导|保障|实施|推进)|(?:保障|工作)?(?:措施|要求|保障|机制)$|保障措施|有关要求|实施保障)/u;
/** A part so called says why and what for, and when by stages. */
const OPENING =
  /^(?:总体|指导|基本|工作|整改|主要|实施|方法|时间|进度)?(?:要求|思想|原则|思路|目标|步骤|安排|阶段|背景)/u;

/** The plan's own division: parts 一、, categories (一), measures 1.; or parts and measures (一) only. */
export function outlineOf(lines: readonly string[]): Outline {
  const { head, parts } = partsIn(lines);
  const { measured, categories } = dividedBy(parts);
  const organising = parts.filter((part) => !measured.includes(part) && DUTIES.test(part.title));
  return {
    title: titleIn(head),
    categories: categories.map((make, index) => make(index + 1)),
    duties: organising
      .filter((part) => parts.indexOf(part) > parts.indexOf(measured.at(-1) ?? part))
      .flatMap((part) => part.sections.flatMap((section, index) => dutiesIn(part, section, index + 1))),
    sentences: lines.flatMap(sentencesOf),
  };
}

type Make = (number: number) => Category;

function dividedBy(parts: Part[]): { measured: Part[]; categories: Make[] } {
  const itemised = parts.filter((part) =>
    part.sections.some(({ items, listed }) => items.length > 0 && !listed),
  );
  const measured = itemised.filter((part, at) => at === 0 || !ORGANISING.test(part.title));
  if (measured.some((part) => !ORGANISING.test(part.title) && !OPENING.test(part.title))) {
    const categories = measured.flatMap((part) =>
      part.sections
        .filter(({ mark, items, preamble }) => items.length > 0 || (mark !== '' && preamble.length > 0))
        .map(
          (section): Make =>
            (number) =>
              categoryOf(part, section, number),
        ),
    );
    return { measured, categories };
  }
  const flat = parts.filter(
    ({ title, sections }) =>
      !ORGANISING.test(title) && !OPENING.test(title) && sections.some(({ mark }) => mark !== ''),
  );
  return { measured: flat, categories: flat.map((part) => (number) => flatCategoryOf(part, number)) };
}

/** The line that calls itself a plan, with the one before it where it is only the end of a title. */
function titleIn(head: string[]): string {
  const lines = head.filter((line) => !line.includes('。'));
  const at = lines.findIndex((line) => /(?:方案|计划|清单|办法|意见|通知)$/u.test(line));
  const line = /《([^》]+(?:方案|计划|清单))》/u.exec(lines[at] ?? '')?.[1] ?? lines[at] ?? lines[0] ?? '';
  return line.length < 20 && at > 0 && !/(?:局|委|厅|院|府)/u.test(line) ? `${lines[at - 1]}${line}` : line;
}

/** What a measure says for itself takes the place of what its section says. */
const said = (charge: Charge): Partial<Charge> =>
  Object.fromEntries(Object.entries(charge).filter(([, text]) => text !== ''));

const placeOf = (part: Part, section: Section): string =>
  `${part.mark}${section.mark === '' ? '' : `(${section.mark})`}`;

function categoryOf(part: Part, section: Section, number: number): Category {
  const where = placeOf(part, section);
  const items = section.items.map((item, index) =>
    itemOf(
      { ...item, place: `${where}${item.mark}`, category: number, number: index + 1 },
      { ...section.charge, ...said(item.charge) },
    ),
  );
  // A section without numbers in a plan that has them elsewhere is one measure.
  const own = { place: where, category: number, number: 1, title: section.title, body: section.preamble };
  return {
    number,
    title: section.title,
    preamble: items.length === 0 ? [] : section.preamble.flatMap(sentencesOf),
    items: items.length === 0 ? [itemOf(own, section.charge)] : items,
  };
}

/** 一、 a category, (一) its measures. */
function flatCategoryOf(part: Part, number: number): Category {
  const [before, sections] = [
    part.sections.filter(({ mark }) => mark === ''),
    part.sections.filter(({ mark }) => mark !== ''),
  ];
  return {
    number,
    title: part.title,
    preamble: before.flatMap(({ preamble }) => preamble.flatMap(sentencesOf)),
    items: sections.map((section, index) => {
      const { title, preamble, items } = section;
      const at = { place: placeOf(part, section), category: number, number: index + 1, title };
      const item = itemOf({ ...at, body: preamble }, section.charge);
      const tasks = items.map(({ body }) => body.flatMap(sentencesOf)).filter((list) => list.length > 0);
      return {
        ...item,
        sentences: [...item.sentences, ...tasks.flat()],
        division: [...item.division, ...tasks],
      };
    }),
  };
}

interface Told {
  place: string;
  category: number;
  number: number;
  title: string;
  body: string[];
}

function itemOf({ body, ...at }: Told, own: Charge): Item {
  const points = body.flatMap((line) => line.split(POINT)).map((point) => point.trim());
  const divided = points.some((point) => /^[一二三四]{1,2}是/u.test(point));
  const sentences = body.flatMap(sentencesOf);
  return {
    ...at,
    title: at.title === '' ? (sentences[0]?.split(/[,;:。]/u)[0] ?? '') : at.title,
    sentences,
    division: divided ? points.filter(Boolean).map(sentencesOf) : sentences.map((sentence) => [sentence]),
    charge: own,
  };
}

function dutiesIn(part: Part, section: Section, number: number): Item[] {
  const where = placeOf(part, section);
  const own = { place: where, title: section.title, body: section.preamble };
  const items = section.items.map(({ mark, title, body }) => ({ place: `${where}${mark}`, title, body }));
  return [own, ...items]
    .filter(({ body }) => body.length > 0)
    .map((each) => itemOf({ ...each, category: 0, number }, section.charge));
}

const sentencesOf = (line: string): string[] =>
  (line.match(/[^。!?]+[。!?]?[”"]?/gu) ?? []).map((sentence) => sentence.trim()).filter(Boolean);
