import type { Enclosed } from '../chat/reply.ts';
import { noReplyNeeded } from '../chat/words.ts';
import { type FileRequest, filesMade, filesToMake, volumesMade } from '../ledger/fileRequests.ts';
import { keep, paperOf } from '../ledger/papers.ts';
import type { Plan } from '../ledger/people.ts';
import { fileContentsOf } from '../ledger/volumes.ts';
import { render, WORD_TYPE } from '../reports/word/render.ts';
import { type Volume, volumeOf } from '../reports/word/volume.ts';
import { slotsOn } from './moment.ts';
import type { Look, Notice, Push } from './push.ts';

/** A whole plan's file takes longer to make than a message may wait, so that it is made between messages. */
const timesOf = ({ settings }: Plan): string[] => [settings.digest_at, '11:12', '15:12', '16:42'];
/** So many of the last files are told again; the outbox says each once. */
const RECENT = 20;

const VOLUMES: { volume: Volume; level: Enclosed['level'] }[] = [
  { volume: 'open', level: 'system' },
  { volume: 'restricted', level: 'office' },
];

/** 调卷 that the secretary has granted: its volumes, to who asked for them alone. */
export const volumes: Push = {
  name: 'volumes',
  times: timesOf,
  // What an earlier look would have made the latest one makes as well. The archive asks when the plan's year is over.
  slots: (moment, last) =>
    timesOf(moment.plan)
      .flatMap((at) => slotsOn({ at, falls: ({ calendar }, day) => calendar.isWorkday(day) })(moment, last))
      .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
      .slice(-1),
  isDue: async (db, { plan }) => (await filesMade(db, plan.id, 1)).length > 0,
  scan: async (look) => {
    for (const request of await filesToMake(look.db, look.plan.id)) await make(look, request);
    const made = await filesMade(look.db, look.plan.id, RECENT);
    const notices: Notice[] = [];
    for (const request of made) notices.push(await notice(look, request));
    return notices;
  },
};

async function make({ db, plan, calendar, now }: Look, request: FileRequest): Promise<void> {
  const contents = await fileContentsOf(db, plan, calendar, request);
  const drafts = VOLUMES.map((each) => ({ ...each, draft: volumeOf(plan, contents, each.volume, now) }));
  const papers = await Promise.all(
    drafts.map(async ({ draft, level }) =>
      draft === null ? null : { level, name: `${draft.name}.docx`, bytes: Buffer.from(await render(draft)) },
    ),
  );
  await db.transaction(async (tx) => {
    const ids: number[] = [];
    for (const paper of papers) {
      if (paper === null) continue;
      ids.push(await keep(tx, { ...paper, type: WORD_TYPE, planId: plan.id, kind: 'file', madeAt: now }));
    }
    await volumesMade(tx, request.id, ids);
  });
}

async function notice({ db }: Look, { id, paperIds, askedBy }: FileRequest): Promise<Notice> {
  const enclosed: Enclosed[] = [];
  for (const paper of paperIds) {
    const kept = await paperOf(db, paper);
    if (kept) enclosed.push({ kind: 'file', paper, name: kept.name, level: kept.level });
  }
  const what = enclosed.length === 0 ? '没有可入卷的内容' : enclosed.map(({ name }) => name).join('、');
  return {
    key: `file:${id}`,
    to: { personId: askedBy },
    tasks: [],
    marks: [],
    reply: {
      lines: [`调卷第${id}号经组长批准:${what}。`, '限知分卷由专人送达,不得转发。'],
      footer: noReplyNeeded,
      ...(enclosed.length === 0 ? {} : { enclosed }),
    },
  };
}
