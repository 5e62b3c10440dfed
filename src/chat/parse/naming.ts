import type { Ask, Scene, Vocabulary, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { hasKind } from './clauses.ts';
import type { Code } from './codes.ts';

import { DISTINCT, type Use } from './names.ts';
import type { Speaker } from './speaker.ts';
import type { Token } from './tokens.ts';

/** Which tasks some words speak of, or the question to ask; null where they speak of none. */
export type Named = { tasks: VocabularyTask[] } | { ask: Ask } | null;

export interface Context {
  scene: Scene;
  speaker: Speaker;
  tasks: readonly VocabularyTask[];
  people: Vocabulary['people'];
  sections: Vocabulary['sections'];
  /** The tasks whose codes the quoted message carries. */
  quoted: VocabularyTask[];
}

const askTask = (tasks: readonly VocabularyTask[] = []): { ask: Ask } => ({
  ask: { ask: 'task', ...(tasks.length > 1 ? { options: tasks.map(({ code }) => code) } : {}) },
});

/** What a code names; a measure only by the one of its tasks that the other words fit. */
export function byCodes(codes: Code[], tokens: Token[], context: Context): Exclude<Named, null>[] {
  const present = new Set(namesIn(tokens).flatMap((uses) => uses.map((use) => use.task)));
  return codes.flatMap((code): Exclude<Named, null>[] => {
    const tasks = code.tasks.flatMap((each) => context.tasks.find((task) => task.code === each) ?? []);
    if (code.how === 'unknown') return [{ ask: { ask: 'task', coded: true } }];
    if (code.how !== 'group') return tasks.map((task) => ({ tasks: [task] }));
    const fitting = tasks.filter((task) => present.has(task));
    return fitting.length === 1 ? [{ tasks: fitting }] : [askTask(tasks)];
  });
}

/** All names among the tokens, each with what it can stand for. */
export const namesIn = (tokens: readonly Token[]): (readonly Use[])[] =>
  tokens.flatMap((token) => (token.is === 'word' && token.word.uses.length > 0 ? [token.word.uses] : []));

/** The one indicator of a task that the names of this kind among the tokens mean. */
export function onlyNamed(
  tokens: readonly Token[],
  task: VocabularyTask,
  isKind: (role: Use['role']) => boolean,
): VocabularyIndicator | undefined {
  const uses = namesIn(tokens)
    .flat()
    .filter((use) => use.task === task && isKind(use.role));
  const [only, ...more] = new Set(uses.flatMap(({ indicator }) => indicator ?? []));
  return more.length === 0 ? only : undefined;
}

export const isLabel = (role: Use['role']): boolean => role === 'label';

/** A ratio's sides name a task only by a form of their own (应存档): 全部 and 会议 are anybody's words. */
const names = (use: Use, form: string): boolean =>
  (use.role !== 'numerator' && use.role !== 'denominator') || form.length > 2;

/**
 * What words without a code speak of: the pointed-at task, else the one of the speaker's own that the names fit,
 * with the quoted message's tasks going first.
 */
export function byWords(tokens: readonly Token[], context: Context, fits: (use: Use) => boolean): Named {
  const found = candidates(tokens, context, fits);
  const pointed = tokens.some((token) => hasKind(token, 'pointer'));
  if (context.quoted.length > 0) return amongQuoted(found, context, pointed);
  if (found.length === 1) return { tasks: found };
  if (pointed) return byPointer(found, context);
  return found.length > 1 ? askTask(found) : null;
}

function amongQuoted(found: VocabularyTask[], { quoted }: Context, pointed: boolean): Named {
  const both = quoted.filter((task) => found.includes(task));
  if (both.length === 1) return { tasks: both };
  if (quoted.length > 1) return askTask(quoted);
  // A name of another task than the quoted one: which of the two is meant can't be known.
  if (found.length > 0 && both.length === 0 && !pointed) return askTask([...quoted, ...found]);
  return { tasks: quoted };
}

function byPointer(found: VocabularyTask[], { scene, tasks }: Context): Named {
  const last = tasks.find((task) => task.code === scene.last);
  if (!last) return askTask(found);
  return found.length === 0 || found.includes(last) ? { tasks: [last] } : askTask([last, ...found]);
}

/** The speaker's own tasks that every name among the words can mean, or if none can, that any can. */
function candidates(
  tokens: readonly Token[],
  context: Context,
  fits: (use: Use) => boolean,
): VocabularyTask[] {
  const { speaker, tasks, quoted } = context;
  const own = (use: Use) => speaker.owns(use) || quoted.includes(use.task);
  const named = tokens
    .map((token) => ({
      isCommon: hasKind(token, 'common'),
      isDistinct: token.text.length >= DISTINCT,
      uses: token.is === 'word' ? token.word.uses.filter((use) => names(use, token.text) && own(use)) : [],
    }))
    // A full label beats the same letters inside a longer name.
    .map(({ uses, ...each }) => ({
      ...each,
      uses: (uses.some(isOutright) ? uses.filter(isOutright) : uses).filter(fits),
    }))
    .filter(({ uses }) => uses.length > 0);
  // 四不两直已督查12个单位: a word like 单位 names nothing beside a piece of a title.
  const isPassing = (each: (typeof named)[number]) =>
    each.isCommon && named.some(({ isCommon, isDistinct }) => isDistinct && !isCommon);
  const sets = named.filter((each) => !isPassing(each)).map(({ uses }) => uses);
  const outright = sets.filter((uses) => uses.some(isOutright));
  const decisive = (outright.length > 0 ? outright : sets).map(
    (uses) => new Set(uses.map((use) => use.task)),
  );
  const common = tasks.filter((task) => decisive.length > 0 && decisive.every((set) => set.has(task)));
  return common.length > 0 ? common : tasks.filter((task) => decisive.some((set) => set.has(task)));
}

const isOutright = (use: Use): boolean => use.role === 'label' || use.role === 'title' || use.role === 'tail';

/** The one indicator whose label stands in the quoted line about its task: what a bare figure in the answer is of. */
export function quotedIndicator(task: VocabularyTask, { scene }: Context): VocabularyIndicator | undefined {
  const lines = (scene.quote ?? '').split('\n').filter((line) => line.includes(`【${task.code}】`));
  const text = lines.join('\n').split(task.title).join('');
  const named = task.indicators.filter((each) =>
    [each.label, ...each.aliases].some((form) => text.includes(form)),
  );
  return named.length === 1 ? named[0] : undefined;
}
