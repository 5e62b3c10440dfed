import { dayOf } from '../../ledger/days.ts';
import type { Plan } from '../../ledger/plan.ts';
import { type Dossier, entryOf } from '../../ledger/views/dossier.ts';
import type { FileContents, Filed, Form } from '../../ledger/views/volumes.ts';
import { closeoutPart } from './closeoutForm.ts';
import { type Part, type Row, row } from './draft.ts';
import { fullDay, recordNo } from './marks.ts';
import { feedbackPart, orderPart } from './order.ts';
import { count } from './tallies.ts';
import { taskPages } from './taskPages.ts';

/** What stands on a line of the catalogue: a task's own pages, or a form behind them. */
export interface Bound {
  task: Dossier['task'];
  words: string;
  entries: string;
  /** None of a form that wasn't decided by the file's instant. */
  parts: Part[];
  page: string;
}

/** Each task, and under it the forms bound in behind its pages. */
export function bind(plan: Plan, contents: FileContents, filed: readonly Filed[]): Bound[] {
  const all = filed.flatMap(({ dossier, forms }) => {
    const { task, entries } = dossier;
    return [
      {
        ...{ task, words: task.title, entries: String(entries.length) },
        parts: [taskPages(plan, contents, dossier)],
      },
      ...forms.map((form) => ({
        ...{ task, words: formLine(plan, form), entries: '' },
        parts: formParts(plan, form, dossier),
      })),
    ];
  });
  return all.map(({ parts: [first, ...rest], ...each }, index) => {
    const page = `paper${index + 1}`;
    return { ...each, page, parts: first === undefined ? [] : [{ ...first, anchor: page }, ...rest] };
  });
}

/** An order as it was signed, and what came back on it by the file's instant; a close-out as its last step left it. */
function formParts(plan: Plan, form: Form, dossier: Dossier): Part[] {
  if (form.is === 'closeout') {
    const closeout = form.stood.closeouts.find(({ id }) => id === form.closeout.id);
    return closeout ? [closeoutPart(plan, form.stood, closeout)] : [];
  }
  const at = entryOf(form.stood, form.listing.orderedEntryId)?.at;
  return at ? [orderPart(plan, form.stood, form.listing, at), feedbackPart(plan, dossier, form.listing)] : [];
}

function formLine(plan: Plan, form: Form): string {
  const [name, did, entryId] =
    form.is === 'order'
      ? ['整改事项督办单', '批准', form.listing.orderedEntryId]
      : ['整改任务销号审批单', '申请', form.closeout.requestedEntryId];
  const entry = entryOf(form.stood, entryId);
  return entry
    ? `${name}(${fullDay(dayOf(entry.at, plan.timeZone))}${did},台账记录${recordNo(entry.seq)})`
    : name;
}

/** 卷内目录: each paper with the page on which it begins. */
export const catalogue = (bound: readonly Bound[]): Row[] =>
  bound.map(({ task, words, entries, parts, page }, index) =>
    row(
      ...[count(index + 1), count(task.code), words, task.section ?? '待明确', count(entries)],
      parts.length === 0 ? count('—') : { ...count(''), page },
    ),
  );
