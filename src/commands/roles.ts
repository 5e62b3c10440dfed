import { standsInFor } from '../ledger/people/deputies.ts';
import type { PersonRow } from '../ledger/people/roster.ts';
import { changeRoles, isLastOf, leadsTasks } from '../ledger/people/staff.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isWide, mayStandIn } from '../ledger/rules/audience.ts';
import type { Role } from '../ledger/terms.ts';
import { isOffice, personCalled } from './command/reach.ts';
import { roleIn } from './command/role.ts';
import type { Command, Said } from './command.ts';

export const roles: Command = {
  act: 'roles',
  heardAfterwards: true,
  help: '角色 某人 增加(取消)整改办、班子成员、机关纪委或内勤:可兼任;负责人用「交接」',
  examples: ['角色 安全管理科内勤 增加 整改办', '角色 安全管理科内勤 取消 整改办'],
  may: (who) => isOffice(who) && !isWide(who.place),
  run: async (said, { person: name, about = '', gives = true }) => {
    const person = await personCalled(said, name);
    if (!person.active) throw new Refusal(`${person.address}已停用,恢复请发「启用 ${person.name}」。`);
    if (person.id === said.person.id) throw new Refusal('不能改本人的角色,请由整改办其他人员办理。');
    const role = roleIn(about);
    if (person.roles.includes(role) === gives) {
      throw new Refusal(`${person.address}${gives ? '已是' : '不是'}${about},未改动。`);
    }
    if (!gives) await refuseIfNeeded(said, person, role, about);
    const after = gives ? [...person.roles, role] : person.roles.filter((each) => each !== role);
    await changeRoles(said.tx, said.plan, person, after, said.origin);
    const own = role === 'leader' ? '每名班子成员的指标自此按新的名单计。' : '';
    const stands = mayStandIn(person) && !mayStandIn({ roles: after });
    const isDeputy = stands && (await standsInFor(said.tx, person.id, said.today)).length > 0;
    const ended = isDeputy ? '其代办随之中止,请委托人另行安排。' : '';
    return {
      lines: [`已记录,${person.address}${gives ? '增加' : '取消'}角色:${about}。${own}${ended}`],
      takeBack: 'mistaken',
    };
  },
};

/** Nobody would answer any more for what only this person does. */
async function refuseIfNeeded(
  { tx, plan }: Said,
  person: PersonRow,
  role: Role,
  word: string,
): Promise<void> {
  if (role === 'office' && (await isLastOf(tx, plan, person, role))) {
    throw new Refusal(`${person.address}是唯一的${word}人员,未改动。请先增加其他人。`);
  }
  const led = role === 'leader' ? await leadsTasks(tx, person) : 0;
  if (led > 0) {
    throw new Refusal(`${person.address}现为${led}项任务的责任领导,未改动。请先用工作簿改责任领导。`);
  }
}
