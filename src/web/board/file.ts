import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Koa from 'koa';
import { type FileRow, filesOf } from '../../ledger/files.ts';
import { type Paper, paperOf } from '../../ledger/papers.ts';
import { mayShow } from '../../ledger/rules/audience.ts';
import { type Seen, see } from '../../ledger/views/survey.ts';
import { sees, shownTo, type View } from './view.ts';

/** What a browser shows by itself and runs nothing of; everything else is saved. */
const SHOWN = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf'];

/** A file behind a task of this one person's; no group's link opens any. */
export async function fileFor(view: View, code: string, id: number): Promise<FileRow | null> {
  const { db, reader, today } = view;
  const found = await see(db, reader.plan, code, today);
  if (!found || !sees(view, found.task)) return null;
  return (await filesFor(view, found.task)).find((file) => file.id === id && reader.alone) ?? null;
}

/** The files that stand behind a task, without those behind an indicator that isn't the reader's. */
export async function filesFor(
  view: View,
  task: Seen,
): Promise<(FileRow & { indicatorId: number | null })[]> {
  const shown = new Set(task.indicators.filter(shownTo(view, task)).map(({ id }) => id));
  const files = await filesOf(view.db, task.id);
  return files.filter(({ indicatorId }) => indicatorId === null || shown.has(indicatorId));
}

/** A finished paper; one with anything restricted in it is read by no link. */
export async function paperFor({ db, reader }: View, id: number): Promise<Paper | null> {
  const paper = Number.isSafeInteger(id) ? await paperOf(db, id) : undefined;
  return paper && paper.planId === reader.plan.id && mayShow(paper.level, 'system') ? paper : null;
}

export const sendPaper = (ctx: Koa.Context, { bytes, name, type }: Paper): void =>
  hand(ctx, bytes, name, type);

/** Its bytes, if they are still those that the ledger knows. */
export async function send(ctx: Koa.Context, { hash, type, name }: FileRow, folder: string): Promise<void> {
  const bytes = await readFile(join(folder, hash ?? ''));
  if (createHash('sha256').update(bytes).digest('hex') !== hash) {
    throw new Error(`file ${hash} is not what it was`);
  }
  hand(ctx, bytes, name, type ?? '');
}

function hand(ctx: Koa.Context, bytes: Buffer, name: string, type: string): void {
  ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  const way = SHOWN.includes(type) ? 'inline' : 'attachment';
  ctx.set('Content-Disposition', `${way}; filename*=UTF-8''${encodeURIComponent(name).replace(/'/g, '%27')}`);
  ctx.type = SHOWN.includes(type) ? type : 'application/octet-stream';
  ctx.body = bytes;
}
