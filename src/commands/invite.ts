import type { Intent } from '../chat/intent.ts';
import { mentionOf, purposes } from '../chat/words.ts';
import { type Invitation, invite as makeCode } from '../ledger/people/invites.ts';
import { sectionBy } from '../ledger/people/roster.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import type { Audience } from '../ledger/terms.ts';
import { personCalled } from './command/reach.ts';
import type { Command, Said } from './command.ts';

const audiences: Record<string, Audience> = {
  领导小组: 'leaders',
  领导: 'leaders',
  整改办: 'office',
  办公室: 'office',
  全系统: 'system',
  系统: 'system',
  科室: 'section',
};

/** Only one to one: whoever reads a code can use it. */
export const invite: Command = {
  act: 'invite',
  heardAfterwards: true,
  help: '绑定码 某人,登记码 领导(办公室、系统、科室 科室名):一次性,三天内有效,只在单聊中答复',
  examples: ['绑定码 {person}', '登记码 科室 {section}', '登记码 领导'],
  may: ({ person, place }) => has(person, 'office', 'admin') && place === 'single',
  run: async (said, intent) => {
    const { to, use } =
      intent.about === undefined ? await forPerson(said, intent) : await forGroup(said, intent);
    const code = await makeCode(said.tx, said.plan, to, said.origin);
    return { lines: [`${use}${code}`, '三天内有效,只能用一次,请勿在群里转发。'], secret: true };
  },
};

async function forPerson(said: Said, intent: Intent): Promise<{ to: Invitation; use: string }> {
  const person = await personCalled(said, intent.person);
  if (!person.active) throw new Refusal(`${person.address}已停用,恢复请发「启用 ${person.name}」。`);
  return { to: { personId: person.id }, use: `请${person.address}向我发送:绑定 ` };
}

async function forGroup(
  said: Said,
  { about = '', section: code }: Intent,
): Promise<{ to: Invitation; use: string }> {
  const audience = audiences[about] ?? 'section';
  const section = code === undefined ? undefined : await sectionBy(said.tx, said.plan.id, code);
  if (audience === 'section' && !section) throw new Refusal('请写明科室,如「登记码 科室 财务科」。');
  const sectionId = audience === 'section' ? (section?.id ?? null) : null;
  return {
    to: { audience, sectionId },
    use: `请在该群里发送:${mentionOf(said.vocabulary.botNames)} 登记本群 ${purposes[audience]} `,
  };
}
