import type { Vocabulary } from '../intent.ts';
import { namesOf, type Use } from './names.ts';
import { slipsOf } from './spelling.ts';
import { decisionVerbs, type Matter, matterWords, type Verb, verbs } from './verbs.ts';
import { type Kind, wordKinds } from './words.ts';

/** A word with all that it can mean; the clause decides which of it counts. */
export interface Word {
  kinds: ReadonlySet<Kind>;
  uses: readonly Use[];
  verb?: Verb;
  decision?: 'agree' | 'disagree';
  matter?: Matter;
  section?: string;
  /** Names of people that the word can mean; more than one is a question. */
  people?: readonly string[];
}

export interface Lexicon {
  vocabulary: Vocabulary;
  /** The longest word that starts at a place, with its length. */
  wordAt(text: string, at: number): { word: Word; length: number } | null;
  unitAt(text: string, at: number): string;
}

/** Built once for each vocabulary. */
const built = new WeakMap<Vocabulary, Lexicon>();

export function lexiconOf(vocabulary: Vocabulary): Lexicon {
  const known = built.get(vocabulary);
  if (known) return known;
  const made = build(vocabulary);
  built.set(vocabulary, made);
  return made;
}

type Words = Map<string, Word>;

/** Most words of a plan are nothing but its names: one set for all of them, for there are over a thousand. */
const noKinds: ReadonlySet<Kind> = new Set();

function put(words: Words, form: string, more: Partial<Word>): void {
  if (form !== '') words.set(form, { ...(words.get(form) ?? { kinds: noKinds, uses: [] }), ...more });
}

/** What a word means whatever the plan is: read once for all plans. */
const common: ReadonlyMap<string, Word> = commonWords();

function commonWords(): Words {
  const words: Words = new Map();
  for (const [form, kinds] of wordKinds) put(words, form, { kinds: perfected(form, kinds) });
  for (const [form, verb] of verbs) for (const each of [form, ...slipsOf(form)]) put(words, each, { verb });
  for (const decision of ['agree', 'disagree'] as const) {
    for (const form of decisionVerbs[decision].split(/\s+/)) put(words, form, { decision });
  }
  for (const [matter, forms] of Object.entries(matterWords)) {
    for (const form of forms.split(' ')) put(words, form, { matter: matter as Matter });
  }
  return words;
}

function build(vocabulary: Vocabulary): Lexicon {
  const own: Words = new Map();
  const add = (form: string, more: Partial<Word>) =>
    put(own, form, { ...common.get(form), ...own.get(form), ...more });
  for (const [form, uses] of namesOf(vocabulary)) {
    const outright = wordKinds.has(form)
      ? uses.filter((use) => use.role !== 'part' && use.role !== 'paper')
      : uses;
    add(form, { uses: outright, kinds: perfected(form, wordKinds.get(form) ?? noKinds) });
    // 已办结3件 and 新办结3件 name what 办结3件 does.
    for (const marked of [`已${form}`, `新${form}`]) if (common.has(marked)) add(marked, { uses: outright });
    // 检查了1次 as well.
    if (wordKinds.get(`${form}了`)?.has('visited')) add(`${form}了`, { uses: outright });
    for (const slip of slipsOf(form)) if (!common.has(slip)) add(slip, { uses: outright });
  }
  for (const section of vocabulary.sections) {
    for (const form of [section.name, ...section.aliases]) add(form, { section: section.code });
  }
  for (const [form, people] of callings(vocabulary)) add(form, { people });
  const wordAt = finder(own);
  const unitOf = unitFinder(vocabulary);
  // 本月 and 期间 are no 本 and no 期: a longer word at the unit's place is not a unit.
  const unitAt = (text: string, at: number) => {
    const unit = unitOf(text, at);
    return (wordAt(text, at)?.length ?? 0) > unit.length ? '' : unit;
  };
  return { vocabulary, wordAt, unitAt };
}

/** A form with 已 before or 了 behind it says so whatever else it says. */
function perfected(form: string, kinds: ReadonlySet<Kind>): ReadonlySet<Kind> {
  const past: Kind[] = form.startsWith('已') ? ['already', 'past'] : form.endsWith('了') ? ['past'] : [];
  return past.length === 0 ? kinds : new Set([...kinds, ...past]);
}

/** How people are called: by name, without 分管, 书记 for the secretary, and 副局长 for any of several. */
function callings(vocabulary: Vocabulary): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const put = (form: string, name: string) => found.set(form, [...(found.get(form) ?? []), name]);
  for (const { name, roles } of vocabulary.people) {
    put(name, name);
    if (!roles.includes('leader') && !roles.includes('secretary')) continue;
    if (name.startsWith('分管')) put(name.slice(2), name);
    if (roles.includes('secretary')) put('书记', name);
    if (name.endsWith('副局长')) put('副局长', name);
  }
  return found;
}

function finder(own: ReadonlyMap<string, Word>): Lexicon['wordAt'] {
  const longest = new Map<string, number>();
  for (const form of [...common.keys(), ...own.keys()]) {
    const first = form.charAt(0);
    longest.set(first, Math.max(longest.get(first) ?? 0, form.length));
  }
  return (text, at) => {
    for (let length = longest.get(text.charAt(at)) ?? 0; length > 0; length -= 1) {
      const form = text.slice(at, at + length);
      const word = own.get(form) ?? common.get(form);
      if (word && at + length <= text.length) return { word, length };
    }
    return null;
  };
}

/** Counting words that no indicator has: a figure in them is understood and fits nothing. */
const STRANGE_UNITS =
  '平方米 平米 公里 亩 米 吨 倍 轮 批 分 户 组 台 套 张 遍 回 趟 支 门 辆 间 句 页 字 期 岁 级 部';

function unitFinder(vocabulary: Vocabulary): Lexicon['unitAt'] {
  const units = new Set(STRANGE_UNITS.split(' '));
  for (const { indicators } of vocabulary.tasks) {
    for (const { unit, unitAliases } of indicators)
      for (const each of [unit, ...unitAliases]) units.add(each);
  }
  units.delete('%');
  const longest = Math.max(...[...units].map((unit) => unit.length));
  return (text, at) => {
    for (let length = longest; length > 0; length -= 1) {
      const unit = text.slice(at, at + length);
      if (unit.length === length && units.has(unit)) return unit;
    }
    return '';
  };
}
