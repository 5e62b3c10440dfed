import { dayWord, lightWord, noReplyNeeded, replyWith } from '../chat/words.ts';
import { bulletinOf, freeze } from '../ledger/acts/bulletins.ts';
import { nobody } from '../ledger/entries.ts';
import { has } from '../ledger/rules/audience.ts';
import { draftedOn } from '../ledger/rules/occasions.ts';
import { afterTrial, isAutomatic, RELEASE_AT, releaseDay } from '../ledger/rules/release.ts';
import { bulletinText } from '../reports/bulletinText.ts';
import type { Figures } from '../reports/figures.ts';
import { type Draft, frozenQuarter, readQuarter } from '../reports/quarter.ts';
import { periodWord } from '../reports/titles.ts';
import { shownIn } from '../reports/version.ts';
import { enclosedWith } from './push/drawing.ts';
import { AFTERWARDS, lastFallen, slotsOn } from './push/moment.ts';
import { toOffice, toPeople } from './push/office.ts';
import type { Look, Notice, Push } from './push.ts';

const NAMED = 6;

/** The quarter's draft: its figures are frozen with it, the office reads it whole, the sections their own rows. */
export const bulletinDraft: Push = {
  name: 'bulletin-draft',
  times: () => [AFTERWARDS],
  slots: slotsOn({
    at: AFTERWARDS,
    falls: (moment, day) => draftedOn(moment, day) !== null,
    until: ({ calendar }, day) => calendar.workdayFrom(day, 4),
  }),
  scan: async (look) => {
    const draft = await look.once(draftOf);
    if (!draft) return [];
    const figures = shownIn(draft.figures, 'system');
    const { title, lines, tasks } = bulletinText(
      figures,
      look.plan.contact,
      draft.enclosed.some(({ kind }) => kind === 'file'),
    );
    const post = {
      key: `bulletin-draft:${draft.period}`,
      title: title.replace('【季度通报】', '【通报稿】'),
      lines: [...lines, releaseWord(look, draft.isHeld)],
      tasks,
      enclosed: draft.enclosed,
    };
    return [
      ...(await toOffice(look, 'bulletin-draft', post)),
      ...(isAutomatic(look.plan.settings)
        ? []
        : toPeople(look, (member) => has(member, 'secretary'), { ...post, asks: true })),
      ...toSections(look, draft.figures),
    ];
  },
  keep: async (tx, look) => {
    const draft = await look.once(draftOf);
    if (draft) await freeze(tx, look.plan, draft, nobody(look.now));
  },
};

/** The quarter whose draft is due, read for its draft; as the office has frozen it where it came first. */
async function draftOf(look: Look): Promise<(Draft & { isHeld: boolean }) | null> {
  const { db, plan } = look;
  const period = lastFallen(look.today, (day) => draftedOn(look, day));
  const frozen = await bulletinOf(db, plan.id, period);
  if (frozen && frozen.state !== 'draft' && frozen.state !== 'held') return null;
  const draft = frozen ? frozenQuarter(plan, frozen) : await readQuarter(db, plan, period, look);
  return { ...draft, enclosed: await enclosedWith(look, draft), isHeld: frozen?.state === 'held' };
}

/** When it leaves, or what it waits for. */
function releaseWord({ plan, calendar, today }: Look, isHeld: boolean): string {
  const signed = `待组长回复「签发通报」,签发后${RELEASE_AT}发布。`;
  if (isHeld) return `暂缓中,${signed}`;
  const day = afterTrial(calendar, releaseDay(calendar, today), plan.settings);
  const when = isAutomatic(plan.settings) ? `按既定授权于${dayWord(day)}${RELEASE_AT}发布。` : signed;
  return `${when}如需暂缓,回复「暂缓通报 理由」。`;
}

/** To each chief whose section stands in it as listed or behind, the section's own rows, one to one. */
function toSections(look: Look, { laggards, ...about }: Figures): Notice[] {
  const isLast = about.asOf >= look.plan.ends;
  return look.members.flatMap((member) => {
    const reach = look.reach(member.id);
    const own = laggards.filter(({ section, level }) => section === member.section && level !== 'self');
    if (!has(member, 'chief') || member.resident || reach?.place !== 'single' || own.length === 0) return [];
    return [
      {
        key: `bulletin-draft:${about.period}:section:${member.id}`,
        to: { personId: member.id },
        tasks: own.map(({ code }) => code),
        marks: [],
        reply: {
          title: `【通报稿核对】${periodWord(about)}(数据截至${dayWord(about.asOf)}24:00)`,
          lines: [
            ...own.slice(0, NAMED).map(rowWord),
            ...(own.length > NAMED ? [`另有${own.length - NAMED}项,发「我的」查看。`] : []),
            `如与实际不符,请于今日17:00前告整改办;${isLast ? '本方案台账已停止登记' : '之后登记的计入下一季度通报'}。`,
          ],
          footer: isLast ? noReplyNeeded : replyWith(look.botNames[reach.platform]),
        },
      },
    ];
  });
}

const rowWord = ({ standing, light, overdueBy, code, title }: Figures['laggards'][number]): string =>
  `${standing === 'listed' ? '【挂牌】' : lightWord(light, overdueBy)}【${code}】${title}`;
