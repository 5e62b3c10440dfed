import { namedIn as timesAndSections } from '../chat/parse.ts';
import { pause as pauseGroup, resume } from '../ledger/acts/pause.ts';
import { type Group, groupsOf } from '../ledger/people.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import type { Command, Part, Said } from './command.ts';

export const pause: Command = {
  act: 'pause',
  heardAfterwards: true,
  help: '暂停推送:班子成员或整改办在群里停下本群推送,在单聊和整改办群写「暂停推送 群名称」;恢复推送由整改办办理',
  examples: ['暂停推送', '恢复推送'],
  may: ({ person }) => has(person, 'leader', 'secretary', 'office'),
  run: async (said, intent) => {
    const named = await namedIn(said, intent.note ?? '');
    if (intent.about === '恢复') return restart(said, named);
    if (isForLater(said, named, intent.note ?? '')) throw new Refusal(FROM_NOW);
    return stop(said, named);
  },
};

const FROM_NOW =
  '推送未暂停:暂停自发出时起生效,不能预约,请到时再发「暂停推送」;要现在停,请即发「暂停推送」。周末和法定节假日本来不推送。';

const HOLIDAY = /周末|假期|放假|国庆|春节|中秋|五一/u;

/** 国庆期间, 下周: a group that is paused at once loses the alerts until then, and none would start it again. */
function isForLater({ vocabulary, today }: Said, named: Group[], note: string): boolean {
  const words = named.reduce((rest, { name }) => rest.replace(name, ''), note);
  const [first] = timesAndSections(words, vocabulary, today).times;
  const at = first ? words.indexOf(first.text) : words.search(HOLIDAY);
  // 暂停推送到4月20日 begins now.
  if (at === -1 || /[到至]$/u.test(words.slice(0, at))) return false;
  return first === undefined || first.from > today || HOLIDAY.test(first.text);
}

/** 本群, 群里: the one that it is said in. */
const HERE = /(?:本|这个?|该)群|群里|群推送/gu;

/** The groups that are named, of which only the office's group and one to one may be told; none for the group itself. */
async function namedIn(said: Said, words: string): Promise<Group[]> {
  if (!words.replace(HERE, '').includes('群')) return [];
  const all = await groupsOf(said.tx, said.plan.id);
  const named = all.filter(
    ({ id, name }) => words.includes(name) && (!isWide(said.place) || id === said.group?.id),
  );
  if (named.length === 0) {
    throw new Refusal(
      isWide(said.place)
        ? '请在要停的群里发「暂停推送」,或请整改办办理。'
        : `没有这个群,请写群名称,如「暂停推送 ${all[0]?.name ?? ''}」。`,
    );
  }
  return named;
}

async function stop(said: Said, named: Group[]): Promise<Part> {
  const { group } = said;
  const meant = named.length > 0 ? named : group ? [group] : [];
  if (meant.length === 0) throw new Refusal('请在要停的群里发「暂停推送」,或写「暂停推送 群名称」。');
  const running = meant.filter(({ pausedAt }) => pausedAt === null);
  const what = (groups: Group[]) =>
    groups.map(({ id, name }) => (id === group?.id ? '本群' : name)).join('、');
  if (running.length === 0) throw new Refusal(`${what(meant)}推送已暂停,恢复由整改办办理。`);
  for (const each of running) await pauseGroup(said.tx, said.plan, each, said.origin);
  return { lines: [`已记录,${what(running)}推送即时暂停,由整改办核实后恢复。查询和登记不受影响。`] };
}

/** What is named, else in the group itself, or all groups that are paused from the office's group or one to one. */
async function restart(said: Said, named: Group[]): Promise<Part> {
  if (!has(said.person, 'office')) throw notHere();
  const here = said.group && said.group.audience !== 'office' ? [said.group.id] : null;
  const own = named.length > 0 ? named.map(({ id }) => id) : here;
  const paused = (await groupsOf(said.tx, said.plan.id)).filter(
    (group) => group.pausedAt !== null && (own === null || own.includes(group.id)),
  );
  if (paused.length === 0) {
    const which = named.length > 0 ? named.map(({ name }) => name).join('、') : '本群';
    throw new Refusal(own === null ? '没有暂停推送的群。' : `${which}推送没有暂停。`);
  }
  if (said.place === 'system') throw inPrivate();
  await resume(said.tx, said.plan, paused, said.origin);
  return { lines: [`已记录,恢复推送:${paused.map((group) => group.name).join('、')}。`] };
}
