import { SEVERAL_BACK } from '../chat/parse.ts';
import { noReplyNeeded } from '../chat/words.ts';
import { planActs } from '../ledger/acts/undo/plan.ts';
import { undo as takeBack, type Undone } from '../ledger/acts/undo.ts';
import { has, maySee, type Shows } from '../ledger/rules/audience.ts';
import { mayReport } from './command/reach.ts';
import { turnKey } from './command/turn.ts';
import type { Command, Said } from './command.ts';

export const undo: Command = {
  act: 'undo',
  help: '撤回 [任务]:撤回本人10分钟内最近一次登记',
  examples: ['撤回', '撤回 {task}'],
  may: (who) => mayReport(who) || has(who.person, 'discipline'),
  run: async (said, intent) => {
    const { tx, plan, person, origin, place } = said;
    const wanted = { code: intent.task, back: intent.back };
    // Between the two what somebody did is his to take back, also what has passed out of his sight since.
    const shows: Shows = (level, owner) =>
      place === 'single' || maySee(level, owner, person, place) === 'yes';
    const undone = await takeBack(tx, plan, { ...origin, personId: person.id }, wanted, shows);
    for (const each of undone) await tellAsked(said, each);
    return {
      lines: [
        ...undone.map(
          (each) => `已撤回${each.task === null ? '' : `【${each.task.code}】`}${whatOf(each)}。`,
        ),
        ...(intent.about === SEVERAL_BACK ? ['每次撤回最近一次登记,再往前的请再发「撤回」。'] : []),
      ],
      foot: `撤回留有记录${undone.some(({ labels }) => labels.length > 0) ? ',数已退回登记之前' : ''}。`,
    };
  },
};

/** Who was asked to decide on it needn't any more. */
async function tellAsked(said: Said, { task, acts, asked }: Undone): Promise<void> {
  if (task === null) return;
  const what = acts.flatMap((act) => words[act] ?? []).join('、');
  const reply = {
    title: '【整改提示】已收回',
    lines: [`【${task.code}】${task.title}:${what}已由提出人收回,不必办理。`],
    footer: noReplyNeeded,
  };
  for (const personId of asked)
    await said.tell({ key: turnKey(said, `back:${task.code}`, personId), personId, reply, task });
}

/** What was done, as it is called when it is taken back. */
const words: Record<string, string> = {
  note: '进展说明',
  evidence: '佐证',
  confirm: '确认',
  submit: '销号申请',
  extend: '延期申请',
  list: '挂牌的提请',
  delist: '摘牌的提请',
  assign: '议定或交办',
  settle: '办结',
  node: '节点',
  baseline: '期初数',
  mute: '静音',
  inspect: '现场核验',
  enter: '登记簿的一条',
  finish: '办结',
  held: '会议',
  ...planActs,
};

/** Figures by their labels, everything else by its name. */
function whatOf({ acts, labels }: Undone): string {
  const figures = labels.length > 0 ? [`${labels.join('、')}的登记`] : [];
  return [...figures, ...acts.flatMap((act) => words[act] ?? [])].join('、');
}
