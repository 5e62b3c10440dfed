import type { Intent } from '../chat/intent.ts';
import { restrictedIn } from '../chat/parse.ts';
import { answerWith, dayWord, folded, spokenAt, unaddressed } from '../chat/words.ts';
import {
  type Bulletin,
  bulletinOf,
  bulletinsOf,
  correct,
  freeze,
  refreeze,
} from '../ledger/acts/bulletins.ts';
import { dayOf } from '../ledger/days.ts';
import { membersOf } from '../ledger/people.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import { draftDay } from '../ledger/rules/occasions.ts';
import { spanOf, spokenPeriod, spokenWithYear } from '../ledger/rules/period.ts';
import { isAutomatic, releaseDay } from '../ledger/rules/release.ts';
import { bulletinText } from '../reports/bulletinText.ts';
import { correctionText } from '../reports/correctionText.ts';
import type { Frozen } from '../reports/figures.ts';
import { figuresIn, lastQuarter, quarterIn, readQuarter } from '../reports/quarter.ts';
import { shownIn } from '../reports/version.ts';
import { leaves, nameOf, notArrived, ofQuarter, onlyOne } from './command/bulletins.ts';
import { inOwn } from './command/own.ts';
import type { Command, Part, Said } from './command.ts';

export const bulletin: Command = {
  act: 'bulletin',
  heardAfterwards: true,
  help: '通报 [2026年一季度]:看已发布的季度通报,整改办和组长也看通报稿;更正通报 内容:整改办更正已发布的通报,组长签发后发出;重拟通报:暂缓的通报按现有登记重新生成',
  examples: ['通报', '通报 2026年一季度', '更正通报 {task} {count}应为3{unit}'],
  may: () => true,
  run: (said, intent) => {
    if (intent.about === '更正') return amend(said);
    return /重拟|重新(?:生成|起草|拟)/.test(said.origin.words) ? redraft(said) : show(said, intent);
  },
};

/** Drafts are for the office and the secretary, where nobody else reads along. */
const seesDrafts = ({ person, place }: Said): boolean => has(person, 'office', 'secretary') && !isWide(place);

function show(said: Said, intent: Intent): Promise<Part> {
  const period = quarterIn(said.plan, intent.note ?? '');
  return seesDrafts(said)
    ? showAny(said, period ?? lastQuarter(said.plan, said.today))
    : showReleased(said, period);
}

/** What is out anybody of the plan may read again, the last one where no quarter is named. */
async function showReleased(said: Said, period: string | null): Promise<Part> {
  const all = await bulletinsOf(said.tx, said.plan.id);
  const found = all.findLast(
    (each) => each.state === 'released' && (period === null || each.period === period),
  );
  if (found) return told(said, figuresIn(said.plan, found), `${dayWord(found.releasedOn)}发布。`);
  const waits = has(said.person, 'office', 'secretary') && all.some(({ state }) => state !== 'released');
  const name = period === null ? '季度通报' : `${spokenWithYear(period)}通报`;
  throw new Refusal(`${name}尚未发布。${waits ? '通报稿请在单聊或整改办群发「通报」查看。' : ''}`);
}

/** As it is frozen; a quarter whose draft is due is frozen by the office's asking, an earlier look is only a look. */
async function showAny(said: Said, period: string): Promise<Part> {
  const { tx, plan, calendar, today } = said;
  const due = draftDay({ plan, calendar }, period);
  if (due === null || spanOf(period).starts >= today) {
    const name = spokenWithYear(period);
    throw new Refusal(
      spanOf(period).ends < plan.since
        ? `台账自${dayWord(plan.since)}起登记,没有${name}的通报;现在的情况发「总览」。`
        : `没有${name}的通报,请写明本年度的季度,如「通报 一季度」。`,
    );
  }
  const frozen = await bulletinOf(tx, plan.id, period);
  if (frozen) return told(said, figuresIn(said.plan, frozen), await standing(said, frozen));
  const draft = await readQuarter(tx, plan, period, said);
  if (today < due || !has(said.person, 'office')) {
    return told(said, draft.figures, `预览,未冻结;通报稿${dayWord(due)}生成。`);
  }
  await freeze(tx, plan, draft, said.origin);
  return told(said, draft.figures, `已冻结为通报稿。${next(said, { state: 'draft', frozenAt: said.now })}`);
}

function told({ plan }: Said, figures: Frozen, state: string): Part {
  const { title, lines } = bulletinText(shownIn(figures, 'system'), plan.contact, false);
  return { head: title, lines: [...lines, state] };
}

/** What becomes of it: by the plan's authorisation a draft leaves unless somebody holds it. */
function next(said: Said, { state, frozenAt }: Pick<Bulletin, 'state' | 'frozenAt'>): string {
  const { plan, calendar, person } = said;
  if (state === 'draft' && isAutomatic(plan.settings)) {
    const day = releaseDay(calendar, dayOf(frozenAt, plan.timeZone));
    return `按既定授权于${leaves(said, day)}发布;如需暂缓,回复「暂缓通报 理由」。`;
  }
  return has(person, 'secretary')
    ? '同意发布请回复「签发通报」。'
    : '由组长回复「签发通报」;暂缓请写「暂缓通报 理由」。';
}

async function standing(said: Said, bulletin: Bulletin): Promise<string> {
  const { period, state, frozenAt, releasedOn } = bulletin;
  const frozen = `数据${spokenAt(frozenAt, said.plan.timeZone)}冻结`;
  if (state === 'released') {
    const isLost = (await notArrived(said)).posts.some(({ key }) => key.startsWith(`bulletin:${period}:`));
    const lost = isLost ? '有群未送达或送达不明,整改办核实后回复「补发通报」。' : '';
    return `${frozen},${dayWord(releasedOn)}发布。${lost}`;
  }
  if (state === 'signed') return `${frozen},已签发,待发布。`;
  return `${frozen},${state === 'held' ? '已暂缓' : '尚未签发'}。${next(said, bulletin)}`;
}

/** What was held because a figure is wrong is drafted anew once that is put right; it still wants the signature. */
async function redraft(said: Said): Promise<Part> {
  const { tx, plan, origin } = said;
  if (!has(said.person, 'office')) throw notHere();
  if (!seesDrafts(said)) throw inPrivate();
  const held = onlyOne(
    ofQuarter(said, await bulletinsOf(tx, plan.id)).filter(({ state }) => state === 'held'),
    '重拟通报',
  );
  if (!held) throw new Refusal('没有暂缓的通报。要重拟未发布的通报稿,请先发「暂缓通报 理由」。');
  const { figures } = await readQuarter(tx, plan, held.period, said);
  await refreeze(tx, plan, held, figures, origin);
  await tellSecretary(said, `bulletin-again:${held.period}`, {
    title: `【通报待签发】${nameOf(held)}已按更正后的登记重拟`,
    lines: [`发「通报」查看;同意发布请回复「签发通报 ${spokenPeriod(held.period)}」。`],
  });
  return told(said, figures, '已重拟,仍为暂缓。由组长回复「签发通报」后发布。');
}

async function tellSecretary(
  said: Said,
  what: string,
  { title, lines }: { title: string; lines: string[] },
): Promise<void> {
  const { tx, plan, person, botName, origin } = said;
  const members = await membersOf(tx, plan.id);
  const secretary = members.find((each) => has(each, 'secretary') && each.id !== person.id);
  if (!secretary) return;
  await said.tell({
    key: `${what}:${origin.platform}:${origin.messageId}`,
    personId: secretary.id,
    reply: { title, lines, footer: answerWith(botName) },
  });
}

async function amend(said: Said): Promise<Part> {
  if (!has(said.person, 'office')) throw notHere();
  const released = (await bulletinsOf(said.tx, said.plan.id)).filter(({ state }) => state === 'released');
  const { command, said: text } = correctionText(folded(unaddressed(said.origin.words), 200));
  const last = ofQuarter(said, released, command).at(-1);
  if (!last) {
    const named = released.length > 0 ? '这一季度的通报尚未发布。' : '还没有发布过通报。';
    throw new Refusal(`${named}未发布的请写「暂缓通报 理由」,核对后再签发。`);
  }
  if (text === '') {
    throw new Refusal(inOwn('请写明更正内容,如「更正通报 {task} {count}应为3{unit}」。', said));
  }
  const restricted = restrictedIn(said.origin.words, said.vocabulary, said.today);
  if (restricted !== undefined) {
    if (isWide(said.place)) throw inPrivate();
    throw new Refusal(
      `未记录:更正通报发全系统,“${folded(restricted, 24)}”属限知事项,请删去后重发,或由整改办另行告知。`,
    );
  }
  await correct(said.tx, said.plan, last, said.origin);
  await tellSecretary(said, `bulletin-correction:${last.period}`, {
    title: `【更正待签发】${nameOf(last)}`,
    lines: [`更正内容:「${text}」`, `同意发出请回复「签发通报 ${spokenPeriod(last.period)}」。`],
  });
  const instead =
    last.correctionEntryId === null
      ? ''
      : `上次的更正${last.correctionSigned ? '虽已签发,' : ''}尚未发出,由本次代替,不再发出。`;
  return {
    lines: [`已记录,${nameOf(last)}的更正待组长签发,签发后随即发出;原通报不变。${instead}`],
  };
}
