import { pause as pauseGroup, resume } from '../ledger/acts/pause.ts';
import { groupsOf } from '../ledger/people.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import type { Command, Part, Said } from './command.ts';

export const pause: Command = {
  act: 'pause',
  help: '暂停推送:班子成员或整改办在群里停下本群推送;恢复推送由整改办办理',
  examples: ['暂停推送', '恢复推送'],
  may: ({ person }) => has(person, 'leader', 'secretary', 'office'),
  run: (said, intent) => (intent.about === '恢复' ? restart(said) : stop(said)),
};

async function stop(said: Said): Promise<Part> {
  const { group } = said;
  if (!group) throw new Refusal('请在要停的群里发「暂停推送」。');
  if (group.pausedAt !== null) throw new Refusal('本群推送已暂停,恢复由整改办办理。');
  await pauseGroup(said.tx, said.plan, group, said.origin);
  return { lines: ['已记录,本群推送即时暂停,由整改办核实后恢复。查询和登记不受影响。'] };
}

/** In the group itself, or of all groups that are paused from the office's group or one to one. */
async function restart(said: Said): Promise<Part> {
  if (!has(said.person, 'office')) throw new Refusal(notHere);
  const own = said.group && said.group.audience !== 'office' ? [said.group.id] : null;
  const paused = (await groupsOf(said.tx, said.plan.id)).filter(
    (group) => group.pausedAt !== null && (own === null || own.includes(group.id)),
  );
  if (paused.length === 0) throw new Refusal(own === null ? '没有暂停推送的群。' : '本群推送没有暂停。');
  if (said.place === 'system') throw new Refusal(inPrivate);
  await resume(said.tx, said.plan, paused, said.origin);
  return { lines: [`已记录,恢复推送:${paused.map((group) => group.name).join('、')}。`] };
}
