import { dayWord } from '../chat/words.ts';
import { handOver, leftVacant } from '../ledger/people/handover.ts';
import { called, sectionBy } from '../ledger/people/roster.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import { isOffice } from './command/reach.ts';
import type { Command } from './command.ts';

export const handover: Command = {
  act: 'handover',
  heardAfterwards: true,
  help: '交接 科室 负责人 某人 自 日期:到日生效,原负责人未办结的申请待新任确认,历史记录不变',
  examples: ['交接 {section} 负责人 {person} 自 {later}'],
  may: (who) => isOffice(who) && !isWide(who.place),
  run: async (said, intent) => {
    const { tx, plan, today } = said;
    const section = intent.section === undefined ? undefined : await sectionBy(tx, plan.id, intent.section);
    if (!section || section.kind === 'leadership') {
      throw new Refusal('请写明科室,如「交接 安全管理科 负责人 姓名 自 6月1日」。');
    }
    const { person: name } = intent;
    if (name === undefined) {
      throw new Refusal(`请写明由谁接任,如「交接 ${section.name} 负责人 姓名 自 6月1日」。`);
    }
    const person = await called(tx, plan.id, name);
    if (!person?.active) {
      throw new Refusal(`台账中没有${name},未记录。请先发「新增 ${name} ${section.name} 职务」。`);
    }
    if (has(person, 'secretary', 'leader', 'office')) {
      throw new Refusal(`${person.address}现有其他职责,不能接任科室负责人,请由整改办先行调整。`);
    }
    if (person.sectionId === section.id && has(person, 'chief')) {
      throw new Refusal(`${section.name}负责人已是${person.address},未改动。`);
    }
    const on = intent.date ?? today;
    if (on < plan.starts || on > plan.ends) throw new Refusal('交接日期应在本方案期间,请重写。');
    const post = { sectionId: section.id, section: section.code, personId: person.id, on };
    const vacant = has(person, 'chief') ? await leftVacant(tx, person) : undefined;
    await handOver(tx, plan, post, said.origin, said.today);
    const when = on <= today ? '即日生效' : `自${dayWord(on)}起生效`;
    return {
      lines: [
        `已记录:${section.name}负责人由${person.address}接任,${when}。`,
        ...(vacant === undefined
          ? []
          : [`${vacant}负责人届时空缺,请另发「交接 ${vacant} 负责人 姓名 自 ${dayWord(on)}」。`]),
      ],
      foot: '原负责人未办结的申请须由新任发「确认」后继续,历史记录仍在原名下。',
    };
  },
};
