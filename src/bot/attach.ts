import { isTooLarge, MOST_MEGABYTES } from '../chat/message.ts';
import { dayWord } from '../chat/words.ts';
import { inOwn } from '../commands/command/own.ts';
import { taskToReport } from '../commands/command/reach.ts';
import type { Part, Said } from '../commands/command.ts';
import { addEvidence, happenedWith, PICTURE, pieceOf, WITH_US } from '../ledger/acts/evidence.ts';
import { note } from '../ledger/acts/report.ts';
import { dayOf } from '../ledger/days.ts';
import { type EntryRow, saying } from '../ledger/entries.ts';
import { factsOf, lock, type TaskFacts } from '../ledger/facts.ts';
import { bind, type FileRow, filesBy, firstOf } from '../ledger/files.ts';
import type { IndicatorRow } from '../ledger/plan.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import { codesIn } from '../ledger/rules/code.ts';
import { recordedBy } from '../ledger/views/recorded.ts';
import { refuseIfOver } from './over.ts';

export interface Attached {
  parts: Part[];
  /** Nothing that is left stands behind anything yet. */
  alone?: true;
  /** Files that still wait to be told what they stand behind. */
  left: number[];
}

/**
 * Puts the files that came with a message, and those that waited for it, behind what it recorded: its one piece of
 * evidence, or the one figure it told. With more to choose from nothing is guessed.
 */
export async function attach(said: Said, waiting: number[]): Promise<Attached> {
  const { ids, parts, rows } = await alive(said, waiting);
  if (ids.length === 0) return { parts, left: [] };
  const attached = await attachThere(said, ids, rows);
  return { ...attached, parts: [...parts, ...attached.parts] };
}

async function attachThere(said: Said, ids: number[], rows: FileRow[]): Promise<Attached> {
  const recorded = await recordedBy(said.tx, said.plan.id, said.origin);
  const [first] = recorded;
  if (!first) return { parts: [], left: ids, ...aloneIf(rows) };
  const pieces = recorded.filter(isPiece);
  const taskIds = new Set(recorded.map(({ taskId }) => taskId));
  const free = freeOf(rows);
  if (pieces.length > 1 || taskIds.size > 1)
    return { parts: free.length === 0 ? [] : [whichOne(free)], left: ids };
  const task = await factsOf(said.tx, said.plan, first.chain);
  if (!task) return { parts: [], left: ids };
  const { own, others } = openTo(task, rows);
  if (own.length === 0) return { parts: [], left: ids };
  const attached = await behind(said, task, recorded, own);
  return { parts: attached.parts, left: [...attached.left, ...others] };
}

/** What may still come to stand behind this task: not what stands behind another, or as evidence already. */
function openTo(task: TaskFacts, rows: FileRow[]): { own: number[]; others: number[] } {
  const isOpen = ({ taskId, evidenceId }: FileRow) =>
    taskId === null || (taskId === task.id && evidenceId === null);
  const idsOf = (some: FileRow[]) => some.map(({ id }) => id);
  return { own: idsOf(rows.filter(isOpen)), others: idsOf(rows.filter((row) => !isOpen(row))) };
}

/** What is this task's, or nobody's yet, goes behind what was recorded on it. */
async function behind(said: Said, task: TaskFacts, recorded: EntryRow[], ids: number[]): Promise<Attached> {
  const [piece] = recorded.filter(isPiece);
  if (piece) {
    const row = await pieceOf(said.tx, piece.id);
    return bound(said, task, ids, {
      ...{ entry: piece, evidenceId: row?.id ?? null },
      keptHere: row?.keptAt === WITH_US,
    });
  }
  const codes = new Set(recorded.flatMap(({ detail }) => detail.indicator ?? []));
  const indicator = task.indicators.find((each) => codes.size === 1 && codes.has(each.code));
  if (indicator) return asEvidence(said, task, indicator, ids);
  const [first] = recorded;
  return first ? bound(said, task, ids, { entry: first, evidenceId: null }) : { parts: [], left: ids };
}

const isPiece = ({ act }: EntryRow): boolean => act === 'evidence' || act === 'inspect';

/** Files without a word: those that quote one of the bot's lines go to its task, the others wait. */
export async function attachAlone(
  said: Said,
  waiting: number[],
  quote: string | undefined,
): Promise<Attached> {
  refuseIfOver(said);
  const { ids, parts, rows } = await alive(said, waiting);
  if (ids.length === 0) return { parts, left: [] };
  const [code, ...more] = codesIn(quote ?? '');
  if (code === undefined || more.length > 0) {
    const line = `收到${wordFor(freeOf(rows))},尚未归入任务。请在10分钟内写明任务编号和指标,如「${inOwn('佐证 {task} {count} 情况简报 4月9日', said)}」。`;
    return { parts: [{ lines: [line] }], left: ids, ...aloneIf(rows) };
  }
  await lock(said.tx, said.plan.id, [code]);
  const { task } = await taskToReport(said, { act: 'evidence', task: code });
  const { own, others } = openTo(task, rows);
  if (own.length === 0) return { parts, left: ids };
  const attached = await aloneBehind(said, task, own);
  return { parts: [...parts, ...attached.parts], left: [...attached.left, ...others] };
}

async function aloneBehind(said: Said, task: TaskFacts, ids: number[]): Promise<Attached> {
  const chased = task.indicators.filter((each) => each.class === 'chase');
  const [only] = chased;
  if (only && chased.length === 1) {
    await taskToReport(said, { act: 'evidence', task: task.code, indicator: only.code });
    return asEvidence(said, task, only, ids);
  }
  const entry = await note(said.tx, task, 'note', { files: ids.length }, saying(said.origin, ''));
  return bound(said, task, ids, { entry, evidenceId: null });
}

const aloneIf = (rows: FileRow[]): Pick<Attached, 'alone'> =>
  rows.every(({ taskId }) => taskId === null) ? { alone: true } : {};

const freeOf = (rows: FileRow[]): FileRow[] => rows.filter(({ taskId }) => taskId === null);

/** Without those that could not be fetched meanwhile. */
async function alive(
  { tx }: Said,
  ids: number[],
): Promise<{ ids: number[]; rows: FileRow[]; parts: Part[] }> {
  const rows = await filesBy(tx, ids);
  const there = rows.filter(({ state }) => state !== 'over');
  const large = rows.filter((row) => row.state === 'over' && isTooLarge(row)).length;
  const lost = rows.length - there.length - large;
  const lines = [
    ...(lost > 0 ? [`有${lost}个附件没有取到,如需存档请再发一次。`] : []),
    ...(large > 0 ? [`有${large}个附件超过${MOST_MEGABYTES}MB,没有存档,请压缩后再发,或写明存放处。`] : []),
  ];
  return { ids: there.map(({ id }) => id), rows: there, parts: lines.length === 0 ? [] : [{ lines }] };
}

async function asEvidence(
  said: Said,
  task: TaskFacts,
  indicator: IndicatorRow,
  ids: number[],
): Promise<Attached> {
  const [file] = await filesBy(said.tx, ids);
  const isPicture = file?.kind === 'picture';
  const reference = {
    kind: isPicture ? PICTURE : '材料',
    name: file?.name || (isPicture ? '随报图片' : '随报文件'),
    datedOn: (await happenedWith(said.tx, indicator, said.origin)) ?? said.today,
    keptAt: WITH_US,
  };
  const piece = await addEvidence(said.tx, task, indicator, reference, saying(said.origin, ''));
  return bound(said, task, ids, { entry: { id: piece.entryId }, evidenceId: piece.id, indicator });
}

/** What files are bound to: an entry, and the piece of evidence that it made, where it made one. */
interface Binding {
  entry: { id: number };
  evidenceId: number | null;
  /** Whose evidence they have just become. */
  indicator?: IndicatorRow;
  /** The piece said of itself that it is kept here. */
  keptHere?: boolean;
}

/** Binds them, and says so; what is nobody's evidence yet may still become it. */
async function bound(
  said: Said,
  task: TaskFacts,
  ids: number[],
  { entry, evidenceId, indicator, keptHere = false }: Binding,
): Promise<Attached> {
  const rows = await bind(said.tx, ids, { taskId: task.id, evidenceId, entry }, said.now);
  if (rows.length === 0) return { parts: [], left: [] };
  const what = indicator ? `,作为${indicator.label}佐证${alone(rows)}` : keptHere ? alone(rows) : '';
  const before = await Promise.all(rows.map((row) => knownWord(said, row)));
  const isOpen = evidenceId === null;
  const hint = isOpen ? `如作佐证,请回复「佐证 ${task.code} 指标 名称 日期」。` : '';
  return {
    parts: [
      { lines: [`【${task.code}】附${wordFor(rows)}${what}${before.join('')}。${hint}`], task: task.code },
    ],
    left: isOpen ? ids : [],
  };
}

/** `(登记过:【4.3.2】4月9日)`; without the place where the asker may not see it here. */
async function knownWord({ tx, plan }: Said, row: FileRow): Promise<string> {
  const first = await firstOf(tx, row);
  if (first === null) return '';
  const code = mayShow(first.level, 'system') ? `【${first.code}】` : '';
  return `(登记过:${code}${dayWord(dayOf(first.at, plan.timeZone))})`;
}

const whichOne = (files: FileRow[]): Part => ({
  lines: [`${wordFor(files)}未归入:本条有几项登记,请另发「佐证 任务编号 指标 名称」写明是哪一项的。`],
});

/** A picture by itself shows that something was there, and not that it was done. */
const alone = (rows: Pick<FileRow, 'kind'>[]): string =>
  rows.every(({ kind }) => kind === 'picture') ? '(影像不单独作销号依据)' : '';

const wordFor = (rows: Pick<FileRow, 'kind'>[]): string =>
  rows.every(({ kind }) => kind === 'picture') ? `图片${rows.length}张` : `文件${rows.length}个`;
