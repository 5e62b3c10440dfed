import { bulletinsOf, isToBeCorrected, move, signCorrection } from '../ledger/acts/bulletins.ts';
import { instantOf } from '../ledger/days.ts';
import { isInDoubt, seenThere, sendAnew } from '../ledger/outbox/doubt.ts';
import { notHere, Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { leaves, matterOf, nameOf, notArrived, ofQuarter, onlyOne } from './command/bulletins.ts';
import type { Command, Part, Said } from './command.ts';

export const release: Command = {
  act: 'release',
  heardAfterwards: true,
  help: '签发通报:组长同意发布季度通报(或其更正),下一个9:12发出;没有送达或送达不明时整改办回「通报已看到」或「补发通报」',
  examples: ['签发通报'],
  may: ({ person }) => has(person, 'secretary', 'office'),
  run: async (said, { about }) => {
    if (about === '已看到' || about === '补发') return resolved(said, about === '已看到');
    if (!has(said.person, 'secretary')) throw new Refusal('通报由组长签发;请组长回复「签发通报」。');
    const all = ofQuarter(said, await bulletinsOf(said.tx, said.plan.id));
    const waiting = onlyOne(
      all.filter(({ state }) => state === 'draft' || state === 'held').concat(all.filter(isToBeCorrected)),
      '签发通报',
    );
    if (waiting?.state === 'released') {
      await signCorrection(said.tx, said.plan, waiting, said.origin);
      return { lines: [`已记录,${matterOf(waiting)}签发,${leaves(said)}发出。`] };
    }
    if (waiting) {
      await move(said.tx, said.plan, waiting, 'signed', { on: said.today }, said.origin);
      return { lines: [`已记录,${nameOf(waiting)}签发,${leaves(said)}发布。`] };
    }
    const signed = all.find(({ state }) => state === 'signed');
    throw new Refusal(
      signed
        ? `${nameOf(signed)}已签发,${leaves(said)}发布。`
        : '没有待签发的通报;已发布的可发「通报」查看。',
    );
  },
};

const NOT_AGAIN = '未送达的通报中有发布后改为限知的事项,不再补发,请整改办另行告知。';

/** What the office found in the groups, of a bulletin that may or may not have arrived. */
async function resolved(said: Said, arrived: boolean): Promise<Part> {
  const { tx, plan, person, calendar, today, now } = said;
  if (!has(person, 'office')) throw notHere();
  const { posts, barred } = await notArrived(said);
  const all = [...posts, ...barred];
  const doubtful = all.filter(isInDoubt);
  if (all.length === 0) throw new Refusal('没有送达不明的通报,也没有未能送达的。');
  if (!arrived) {
    if (posts.length === 0) throw new Refusal(NOT_AGAIN);
    const until = instantOf(calendar.workdayFrom(today, 1), plan.settings.quiet[1], plan.timeZone);
    await sendAnew(tx, posts, { now, until });
    return { lines: ['已记录,将补发并标明〔补发〕。', ...(barred.length > 0 ? [NOT_AGAIN] : [])] };
  }
  if (doubtful.length === 0) throw new Refusal('没有送达不明的通报;未能送达的请回复「补发通报」。');
  await seenThere(tx, doubtful);
  return {
    lines: [
      '已记录,按已送达处理。',
      ...(all.length > doubtful.length ? ['另有未能送达的,请回复「补发通报」。'] : []),
    ],
  };
}
