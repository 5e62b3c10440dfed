/** One numbered measure of the plan, or a paragraph of what the plan says on its own organisation. */
export interface Item {
  /** Where it stands in the text: `三(四)3`. */
  place: string;
  /** From 1; of the category and of the measure in it. */
  category: number;
  number: number;
  title: string;
  sentences: string[];
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

const NUMERAL = '[一二三四五六七八九十]{1,3}';
const PART = new RegExp(`^(${NUMERAL})、\\s*(.+)$`, 'u');
const SECTION = new RegExp(`^\\((${NUMERAL})\\)\\s*(.+)$`, 'u');
const ITEM = /^(\d{1,2})(?:[.、]|\))\s*(?!\d)(.+)$/u;
const DUTIES = /组织|保障|实施|领导|要求|机制|推进/u;
/** A part so called is about the organisation, however it is numbered. */
const ORGANISING =
  /^(?:组织(?:领导|保障|实施|推进)|(?:保障|工作)?(?:措施|要求|保障|机制)$|保障措施|有关要求|实施保障)/u;
const LONGEST_TITLE = 45;

interface Part {
  mark: string;
  title: string;
  sections: Section[];
}

interface Section {
  mark: string;
  title: string;
  preamble: string[];
  items: { mark: number; title: string; body: string[] }[];
}

/** The plan's own division: parts 一、, categories (一), measures 1. */
export function outlineOf(lines: readonly string[]): Outline {
  const head: string[] = [];
  const parts: Part[] = [];
  for (const line of lines) {
    const part = parts.at(-1);
    const opened = PART.exec(line);
    if (opened && !/[。]$/u.test(line)) {
      parts.push({ mark: opened[1] ?? '', title: opened[2] ?? '', sections: [] });
    } else if (!part) head.push(line);
    else addTo(part, line);
  }
  const itemised = parts.filter((part) => part.sections.some(({ items }) => items.length > 0));
  const measured = itemised.filter((part, at) => at === 0 || !ORGANISING.test(part.title));
  const categories = measured.flatMap((part) =>
    part.sections.filter(({ items }) => items.length > 0).map((section) => ({ part, section })),
  );
  const organising = parts.filter((part) => !measured.includes(part) && DUTIES.test(part.title));
  return {
    title: titleIn(head),
    categories: categories.map(({ part, section }, index) => categoryOf(part, section, index + 1)),
    duties: organising
      .filter((part) => parts.indexOf(part) > parts.indexOf(measured.at(-1) ?? part))
      .flatMap((part) => part.sections.flatMap((section, index) => dutiesIn(part, section, index + 1))),
    sentences: lines.flatMap(sentencesOf),
  };
}

/** The line that calls itself a plan, with the one before it where it is only the end of a title. */
function titleIn(head: string[]): string {
  const lines = head.filter((line) => !line.includes('。'));
  const at = lines.findIndex((line) => /(?:方案|计划|清单|办法|意见|通知)$/u.test(line));
  const line = /《([^》]+(?:方案|计划|清单))》/u.exec(lines[at] ?? '')?.[1] ?? lines[at] ?? lines[0] ?? '';
  return line.length < 12 && at > 0 ? `${lines[at - 1]}${line}` : line;
}

function addTo(part: Part, line: string): void {
  const section = SECTION.exec(line);
  if (section) {
    const { title, rest } = headed(section[2] ?? '');
    part.sections.push({ mark: section[1] ?? '', title, preamble: rest, items: [] });
    return;
  }
  let open = part.sections.at(-1);
  const item = ITEM.exec(line);
  if (item) {
    if (!open) {
      open = { mark: '', title: part.title, preamble: [], items: [] };
      part.sections.push(open);
    }
    const { title, rest } = headed(item[2] ?? '');
    open.items.push({ mark: Number(item[1]), title, body: rest });
    return;
  }
  if (open) (open.items.at(-1)?.body ?? open.preamble).push(line);
  else part.sections.push({ mark: '', title: part.title, preamble: [line], items: [] });
}

/** A heading ends at its first full stop; without a short one the line is all text. */
function headed(text: string): { title: string; rest: string[] } {
  const stop = text.search(/[。:]/u);
  const end = stop === -1 ? text.length : stop;
  if (end > LONGEST_TITLE) return { title: text.slice(0, text.search(/[,,;]/u)), rest: [text] };
  const rest = text.slice(end + 1).trim();
  return { title: text.slice(0, end).trim(), rest: rest === '' ? [] : [rest] };
}

function categoryOf(part: Part, section: Section, number: number): Category {
  const where = `${part.mark}${section.mark === '' ? '' : `(${section.mark})`}`;
  return {
    number,
    title: section.title,
    preamble: section.preamble.flatMap(sentencesOf),
    items: section.items.map((item, index) => ({
      place: `${where}${item.mark}`,
      category: number,
      number: index + 1,
      title: item.title,
      sentences: item.body.flatMap(sentencesOf),
    })),
  };
}

function dutiesIn(part: Part, section: Section, number: number): Item[] {
  const where = `${part.mark}${section.mark === '' ? '' : `(${section.mark})`}`;
  const own = { place: where, title: section.title, body: section.preamble };
  const items = section.items.map(({ mark, title, body }) => ({ place: `${where}${mark}`, title, body }));
  return [own, ...items]
    .filter(({ body }) => body.length > 0)
    .map(({ place, title, body }) => ({
      place,
      category: 0,
      number,
      title,
      sentences: body.flatMap(sentencesOf),
    }));
}

export const sentencesOf = (line: string): string[] =>
  (line.match(/[^。!?]+[。!?]?[”"]?/gu) ?? []).map((sentence) => sentence.trim()).filter(Boolean);
