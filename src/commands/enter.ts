import { registerWords } from '../chat/registers.ts';
import { dayWord } from '../chat/words.ts';
import { enter as enterRow } from '../ledger/acts/registers.ts';
import { saying } from '../ledger/entries.ts';
import { sectionIdsOf } from '../ledger/people/roster.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { mayReport } from './command/reach.ts';
import { registerFor } from './command/registers.ts';
import { refuseIfOutside } from './command/statement.ts';
import type { Command } from './command.ts';

export const enter: Command = {
  act: 'enter',
  help: '接单 事项 [教育类] 科室 期限、督查登记、实地登记 科室、三重一大登记、减负 意见:逐条登记,办好发「办结 点单3」,发「清单 点单」查看',
  examples: ['接单 路灯损坏 {section} {later}前', '实地登记 {section}', '减负 意见 报表过多'],
  may: (who) => mayReport(who) || has(who.person, 'discipline'),
  run: async (said, intent) => {
    const { task, register } = await registerFor(said, intent);
    const { sections = [], on: day = said.today, date: due = null, note: what = '' } = intent;
    if (day > said.today) throw new Refusal(`${dayWord(day)}还没到,办过后再登记即可。`);
    refuseIfOutside(said.plan, day, `【${task.code}】`);
    if (due !== null && due < said.today) throw new Refusal(`${dayWord(due)}已过,请重写期限。`);
    if (register === 'visit' && sections.length === 0) {
      throw new Refusal('请写明到过的科室或单位,如「实地登记 安全科、招考中心」。');
    }
    const ids = await sectionIdsOf(said.tx, said.plan.id, sections);
    const whose = register === 'visit' ? ids : [ids[0] ?? null];
    const numbers: number[] = [];
    for (const sectionId of whose) {
      const row = { register, sectionId, day, due, education: intent.facet === '教育' };
      numbers.push(await enterRow(said.tx, said.plan, task, row, saying(said.origin, what)));
    }
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [
        `${registerWords[register]}${numbers.join('、')}:${dayWord(day)}登记${due === null ? '' : `,${dayWord(due)}前办结`}。`,
      ],
      takeBack: 'mistaken',
      task: task.code,
    };
  },
};
