import type { Intent } from '../chat/intent.ts';
import { namedIn } from '../chat/parse.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { inOwn } from './command/own.ts';
import type { Command, Said } from './command.ts';
import { callFile, decide } from './export/file.ts';
import { handOut } from './export/handOut.ts';
import { kinds } from './export/kinds.ts';

const HOW =
  '导出后可写:台账、通报、汇报、考核、会议材料、结转清单;某日的台账写「导出 台账 2026-06-30」;督办单、审批单请加任务编号,如「督办单 {task}」。';

const WHOLE =
  '只有督办单和审批单按任务生成,其余文件都是整本的,不分任务、科室和亮灯。要看一部分,可发「查 {task}」「清单 {section}」「清单 逾期」。';

/** A ledger of what 清单 would list. */
const LISTED =
  /(?:[红黄蓝]|逾期|超期|滞后|临期|到期|销号|挂牌|未启动|延期).*(?:台账|清单)|(?:台账|清单).*(?:[红黄蓝]|逾期|超期|滞后|临期|到期|销号|挂牌|未启动|延期)/u;

/** Whether only some tasks' share of a paper is asked for. A body that owns none may be the plan's own: 局党组整改台账. */
function isPartial({ vocabulary, today }: Said, { task }: Intent, words: string): boolean {
  const { sections } = namedIn(words.replace(/整改办(?:公室)?/gu, ''), vocabulary, today);
  const owns = (code: string) => vocabulary.tasks.some(({ section }) => section === code);
  return task !== undefined || LISTED.test(words) || sections.some(owns);
}

/** Papers to be signed or printed, to the asker alone; a file for somebody outside only by the secretary's word. */
export const exporting: Command = {
  act: 'export',
  heardAfterwards: true,
  help: '导出 台账/通报/汇报/考核/会议材料,督办单/审批单 任务编号:生成文件单独发给您;调卷 任务/全部 文号 调阅单位 经办人:报组长批准',
  examples: [
    '导出 台账',
    '导出 一季度通报',
    '督办单 {task}',
    '调卷 {task} 文号市纪函〔2026〕5号 调阅单位市纪委监委 经办人张某',
  ],
  may: ({ person }) => has(person, 'office', 'secretary'),
  run: async (said, intent) => {
    if (intent.about === '调卷') return callFile(said, intent);
    if (intent.about === '同意调卷') return decide(said, intent, true);
    if (intent.about === '不同意调卷') return decide(said, intent, false);
    const words = [intent.about, intent.note].join(' ');
    const kind = kinds.find(({ named }) => named.test(words));
    if (!kind) throw new Refusal(inOwn(HOW, said));
    if (kind.ofTask !== true && isPartial(said, intent, words)) throw new Refusal(inOwn(WHOLE, said));
    return handOut(said, await kind.make(said, intent, words), intent.task);
  },
};
