import type { Enclosed } from '../chat/reply.ts';
import { dayWord, noReplyNeeded } from '../chat/words.ts';
import { type FileRequest, filesMade, filesToMake, volumesMade } from '../ledger/acts/fileRequests.ts';
import { addDays, dayOf, startOf } from '../ledger/days.ts';
import { keep, paperOf } from '../ledger/papers.ts';
import type { Plan } from '../ledger/plan.ts';
import { isAnyPaperDue, keptUnder, type LostPaper, papersLost } from '../ledger/views/told.ts';
import { fileContentsOf } from '../ledger/views/volumes.ts';
import { render, WORD_TYPE } from '../reports/word/render.ts';
import { type Volume, volumeOf } from '../reports/word/volume.ts';
import { type Days, slotsAt } from './push/moment.ts';
import type { Look, Moment, Notice, Push } from './push.ts';

/** A whole plan's file takes longer to make than a message may wait, so that it is made between messages. */
const timesOf = ({ settings }: Plan): string[] => [settings.digest_at, '11:12', '15:12', '16:42'];
/** Papers that came to nothing are told of for so many days. */
const BACK = 15;
/** So many of the last files are told again; the outbox says each once. */
const RECENT = 20;

const falls: Days['falls'] = ({ calendar }, day) => calendar.isWorkday(day);

/** Made once, it keeps for a week of work. */
const until: NonNullable<Days['until']> = ({ calendar }, day) => calendar.workdayFrom(day, 5);

const VOLUMES: { volume: Volume; level: Enclosed['level'] }[] = [
  { volume: 'open', level: 'system' },
  { volume: 'restricted', level: 'office' },
];

/** 调卷 that the secretary has granted: its volumes, to who asked for them alone; and what else was asked for and got lost. */
export const volumes: Push = {
  name: 'volumes',
  times: timesOf,
  // What an earlier look would have made the latest one makes as well. The archive asks when the plan's year is over.
  slots: (moment, last) => slotsAt(timesOf, { falls, until })(moment, last).slice(-1),
  isDue: (db, moment) => isAnyPaperDue(db, moment.plan.id, lately(moment)),
  scan: async (look) => {
    for (const request of await filesToMake(look.db, look.plan.id)) await make(look, request);
    const made = await filesMade(look.db, look.plan.id, RECENT);
    const notices: Notice[] = [];
    for (const request of made) notices.push(await notice(look, request));
    const papers = await papersLost(look.db, look.plan, lately(look));
    return [...notices, ...papers.flatMap((paper) => lostNotice(look, paper) ?? [])];
  },
};

const lately = ({ plan, today }: Moment): Date => startOf(plan, addDays(today, -BACK));

/** Whoever asked for a paper hears that it didn't get there, and asks again. */
function lostNotice(look: Look, { letterId, personId, askedAt, reply }: LostPaper): Notice | undefined {
  if (look.reach(personId)?.place !== 'single') return undefined;
  const [paper] = reply.enclosed ?? [];
  const asked = dayWord(dayOf(askedAt, look.plan.timeZone));
  const line = `${asked}所要的${paper?.name ?? '材料'}没有送达。仍需要的,请把原来的指令再发一次。`;
  return {
    key: `lost:${letterId}`,
    to: { personId },
    tasks: [],
    marks: [],
    reply: { lines: [line], footer: noReplyNeeded },
  };
}

async function make({ db, plan, now }: Look, request: FileRequest): Promise<void> {
  const contents = await fileContentsOf(db, plan, request);
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

/** One that missed its time, because nothing could be sent for days, is told again under the day's own key. */
async function notice(look: Look, { id, paperIds, askedBy }: FileRequest): Promise<Notice> {
  const { db, plan, today } = look;
  const enclosed: Enclosed[] = [];
  for (const paper of paperIds) {
    const kept = await paperOf(db, paper);
    if (kept) enclosed.push({ kind: 'file', paper, name: kept.name, level: kept.level });
  }
  const what = enclosed.length === 0 ? '没有可入卷的内容' : enclosed.map(({ name }) => name).join('、');
  return {
    key: (await keptUnder(db, plan, `file:${id}:`)) ?? `file:${id}:${today}`,
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
