import type { Intent } from '../chat/intent.ts';
import { dayWord } from '../chat/words.ts';
import { appoint, dismiss } from '../ledger/people/deputies.ts';
import { called, chiefOf, type PersonRow } from '../ledger/people/roster.ts';
import { notHere, Refusal } from '../ledger/refusal.ts';
import { has, mayStandIn } from '../ledger/rules/audience.ts';
import type { Command, Said } from './command.ts';

export const deputy: Command = {
  act: 'deputy',
  heardAfterwards: true,
  help: '代办 某人 至 日期:由某人代为登记和确认,到期自行结束;申请、审批、签发、挂牌不能代办;提前结束写「结束代办」',
  examples: ['代办 {person} 至 {later}', '结束代办'],
  may: ({ person }) => has(person, 'chief', 'leader', 'office'),
  run: async (said, intent) => {
    if (intent.about === '结束') return end(said);
    const person = await deputyOf(said, intent);
    const whom = await principal(said, intent, person);
    const until = intent.date;
    if (until === undefined) throw new Refusal(`请写明代办到哪一天,如「代办 ${person.name} 至 6月30日」。`);
    if (until < said.today || until > said.plan.ends) {
      throw new Refusal(`代办日期应在今天至${dayWord(said.plan.ends)}之间,请重写。`);
    }
    const appointment = { personId: person.id, forPersonId: whom.id, until };
    await appoint(said.tx, said.plan, appointment, said.origin);
    return {
      lines: [`已记录:${person.address}代${whom.address}登记和确认,至${dayWord(until)}止,到期自行结束。`],
      foot: '申请销号、延期和审批仍由本人办理。',
      takeBack: 'mistaken',
    };
  },
};

async function end({ tx, plan, person, origin }: Said) {
  if (!(await dismiss(tx, plan, person.id, origin))) throw new Refusal('本人没有委托代办。');
  return { lines: ['已记录,代办即时结束。'] };
}

async function deputyOf(said: Said, { person: name }: Intent): Promise<PersonRow> {
  const person = name === undefined ? undefined : await called(said.tx, said.plan.id, name);
  if (!person?.active) throw new Refusal('没有找到代办人,请写台账中的姓名。');
  if (!mayStandIn(person)) {
    throw new Refusal(`${person.address}不能代办,请写科室负责人或工作人员。`);
  }
  return person;
}

/** Oneself; the office may also name a section: its chief's, else the deputy's own chief's. */
async function principal(
  said: Said,
  intent: Intent,
  person: PersonRow,
): Promise<{ id: number; address: string }> {
  const own = has(said.person, 'chief', 'leader');
  if (own && person.id === said.person.id) throw new Refusal('请写由谁代办,不能是本人。');
  if (own) return said.person;
  const code =
    intent.section ?? said.vocabulary.people.find(({ name }) => name === person.name)?.section ?? '';
  const chief = await chiefOf(said.tx, said.plan.id, code);
  if (!chief) throw notHere();
  if (chief.id === person.id) throw new Refusal('请写由谁代办,不能是负责人本人。');
  return chief;
}
