import type { Scene, Vocabulary } from '../intent.ts';
import { lexiconOf } from './lexicon.ts';

/** What of a message the speaker said, and what was only quoted in it. */
export interface OwnWords {
  text: string;
  quote: string | undefined;
  /** All lines are of others whom the plan doesn't know, so that it has to be asked whose they are. */
  others: boolean;
}

/** A line that the platforms draw between a quoted message and the answer to it. */
const RULE = /^(?:[-—_=] ?){5,}$/;
const FORWARDED =
  /^(?:[[【(]?(?:转发|转|转自|转载|Fwd|FW)[\]】)]?[:\s]|转载?自[^:\s]{1,16}[:\s]|转发\p{Script=Han}{1,12}:|[[【(](?:转发|聊天记录)[\]】)])/iu;
/** `安全科 10:32` or `安全科 2026-04-13 10:32:05` over a copied message. */
const COPIED_HEAD =
  /^\S{1,20} (?:\d{4}[-/]\d{1,2}[-/]\d{1,2} |\d{1,2}[-/]\d{1,2} |[上下]午 ?)?\d{1,2}:\d{2}(?::\d{2})?:?$/;
/** How the bot's own lines begin; copied into a message they are its words. */
const BOT_LINE =
  /^(?:【(?:红|黄|蓝|绿|整改|季度通报|会议|无需回复|有进展|更正|[^】]{2,20}·整改提示)|已记录【|尚未记录|数量不明:|如有误,10分钟内|写法:)/;
const CHAIN = /接龙/;
/** In a 接龙 a blank after the number is enough. */
const CHAINED = /^\(?(\d{1,3})(?:[、)]|\. ?|\s) ?/;
/** 2.4.3.2 is the second of a list that has a first. */
const BEFORE_CODE = /^(\d{1,2})\.(?=[1-9]\d?\.[1-9]\d?\.[1-9]\d?(?![\d.]))/;
const NUMBERED =
  /^(?:\(?\d{1,3}(?:[、)]|\. |\.(?=\D))|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)(?=[1-9]\d?\.[1-9]\d?\.)) ?/;

/** 4. 3. 2 with blanks is a code. */
const SPACED_CODE = /^[1-9]\d?\. ?[1-9]\d?\. ?[1-9]\d?(?![\d.])/;

const INLINE = /(^|[\s:;。,])\(?(\d{1,2})(?:[、)]|\.(?=\D|[1-9]\d?\.[1-9]\d?\.[1-9]\d?(?![\d.])))/gu;

/** 1、报告累计2篇 2、走访累计28个: a list that was typed in one line. */
function itemised(line: string): string[] {
  let next = 1;
  const starts: number[] = [];
  for (const found of line.matchAll(INLINE)) {
    const [, before = '', number] = found;
    const isFirst = next === 1 && (found.index === 0 || /[:。]/.test(before));
    if (Number(number) !== next || !(isFirst || next > 1)) continue;
    starts.push(found.index + before.length);
    next += 1;
  }
  return starts.length < 2 ? [line] : pieces(line, starts);
}

const pieces = (line: string, starts: readonly number[]): string[] =>
  [0, ...starts]
    .map((from, at) => line.slice(from, starts[at] ?? line.length).trim())
    .filter((piece) => piece !== '');

/** Leaves only the speaker's own new words: quoted, forwarded and copied ones are never commands. */
export function ownWords(tidied: string, scene: Scene, vocabulary: Vocabulary): OwnWords {
  const lines = tidied.split('\n');
  const rule = lines.findIndex((line) => RULE.test(line));
  const quotedAbove = rule > 0 && /^[「"『]/.test(lines[0] ?? '') ? lines.slice(0, rule) : [];
  const spoken = (quotedAbove.length > 0 ? lines.slice(rule + 1) : lines).flatMap(itemised);
  const copied = spoken.findIndex((line) => FORWARDED.test(line) || COPIED_HEAD.test(line));
  const mine = copied === -1 ? spoken : spoken.slice(0, copied);
  const theirs = mine.filter(isQuoted);
  const kept = lastOfChain(
    mine.filter((line) => !isQuoted(line)),
    scene,
    vocabulary,
  );
  const quote = scene.quote ?? ([...quotedAbove, ...theirs].join('\n') || undefined);
  return { text: unnumbered(kept ?? []).join('\n'), quote, others: kept === null };
}

const isQuoted = (line: string): boolean => /^[>|]/.test(line) || BOT_LINE.test(line) || RULE.test(line);

/**
 * Of a 接龙 (each copies it and adds a line) only the line that names the speaker counts, else its last when that
 * names nobody else. Without the word 接龙, numbered lines are a list of the speaker's own items, unless different
 * names stand at their heads; null when none of these is the speaker's.
 */
function lastOfChain(lines: string[], scene: Scene, vocabulary: Vocabulary): string[] | null {
  const isNamed = lines.some((line) => CHAIN.test(line));
  const number = isNamed ? CHAINED : NUMBERED;
  const numbered = lines.filter((line) => number.test(line)).map((line) => line.replace(number, ''));
  const heads = numbered.map((line) => ownerOf(line, vocabulary));
  const strangers = numbered.map((line, index) =>
    heads[index] === undefined ? strangerOf(line, vocabulary) : undefined,
  );
  const known = new Set(heads.filter(Boolean)).size;
  const unknown = new Set(strangers.filter(Boolean)).size;
  const byNames = unknown > 1 || (unknown > 0 && numbered.length === known + unknown && known > 0);
  const isChain = numbered.length > 0 && (isNamed || known > 1 || byNames);
  if (!isChain) return lines;
  const speaker = vocabulary.people.find((person) => person.name === scene.by);
  const mine = numbered.filter((_, index) => heads[index] !== undefined && heads[index] === speaker?.section);
  const chosen = mine.at(-1) ?? (heads.at(-1) === undefined && !byNames ? numbered.at(-1) : undefined);
  if (chosen === undefined && byNames) return null;
  return chosen === undefined ? [] : [withoutOwner(chosen, vocabulary)];
}

function ownerOf(line: string, vocabulary: Vocabulary): string | undefined {
  const person = vocabulary.people.find(({ name }) => line.startsWith(name));
  if (person) return person.section;
  return vocabulary.sections.find((each) => namesOf(each).some((name) => line.startsWith(name)))?.code;
}

const HEAD = /^([\p{Script=Han}]{2,4})(?=[\s:,、(]|[1-9]\d?\.[1-9])/u;
const SCHOOL = /(?:中学|小学|学校|职校|幼儿园|[一二三四五六七八九十市县][中小]|[县区镇乡街村园院校馆])$/u;

/** A name at the head of a line that is no word of the grammar and no school's: somebody whom the plan doesn't know. */
function strangerOf(line: string, vocabulary: Vocabulary): string | undefined {
  const name = HEAD.exec(line)?.[1];
  if (name === undefined || SCHOOL.test(name)) return undefined;
  const { wordAt } = lexiconOf(vocabulary);
  const isWord = [...name].some((_, at) => {
    const found = wordAt(name, at);
    return found && (found.length === name.length || found.word.uses.length > 0 || found.word.verb);
  });
  return isWord ? undefined : name;
}

const namesOf = (section: { name: string; aliases: string[] }): string[] =>
  [section.name, ...section.aliases].sort((one, other) => other.length - one.length);

function withoutOwner(line: string, vocabulary: Vocabulary): string {
  const names = [
    ...vocabulary.people.map(({ name }) => name),
    ...vocabulary.sections.flatMap(namesOf),
  ].filter((name) => line.startsWith(name));
  const longest = Math.max(0, ...names.map((name) => name.length));
  return line.slice(longest).replace(/^[\s:,]+/, '');
}

/** Numbers of a list go, where more than one line has one or a code follows; `1、2` alone may be serials. */
function unnumbered(lines: string[]): string[] {
  const listed = lines.filter((line) => NUMBERED.test(line) || BEFORE_CODE.test(line));
  const many = listed.length > 1;
  return lines.map((line) => {
    const [, place] = BEFORE_CODE.exec(line) ?? [];
    if (place !== undefined && many && Number(place) === listed.indexOf(line) + 1)
      return line.replace(BEFORE_CODE, '');
    const rest = SPACED_CODE.test(line) ? line : line.replace(NUMBERED, '');
    return many || /^[1-9]\d?\s?\.\s?[1-9]/.test(rest) ? rest : line;
  });
}
