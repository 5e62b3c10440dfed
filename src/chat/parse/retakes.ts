import type { Day } from '../../ledger/days.ts';
import type { EntryAct } from '../../ledger/terms.ts';
import type { Intent } from '../intent.ts';
import { type Clause, textIn } from './clauses.ts';
import type { Command } from './commands.ts';
import { isSingleDay } from './dates.ts';
import type { Item } from './items.ts';
import { namesIn } from './naming.ts';
import type { Token } from './tokens.ts';

/** What may have been done besides a figure, as it is called when somebody wants it back (撤回延期). */
const deeds: readonly [called: RegExp, acts: readonly EntryAct[]][] = [
  [/延期|展期|顺延/u, ['extend']],
  [/销号|核销/u, ['submit']],
  [/摘牌/u, ['delist']],
  [/挂牌/u, ['list']],
  [/申请/u, ['submit', 'extend', 'list', 'delist']],
  [/议定|交办/u, ['assign', 'settle']],
  [/佐证/u, ['evidence', 'inspect']],
  [/确认/u, ['confirm']],
  [/调度会|推进会|已召开/u, ['held']],
  [/代办/u, ['deputy']],
  [/静音/u, ['mute']],
  [/节点/u, ['node']],
  [/期初/u, ['baseline']],
  [/说明/u, ['note']],
];

/** 撤回前两条, 全部撤回. */
const SEVERAL = /[前上后近](?:面|才)?的?[两二三四五六七八九2-9][条个次项]|全部|所有|[都全]撤/u;
export const takesSeveral = ({ tokens }: Clause): boolean => SEVERAL.test(textIn(tokens));

/** 撤回 and 确认 take a task or a section only where their own clause says it; 撤回 also what is to go back. */
export function takeBack({ verb, clause, before }: Command, item: Item, today: Day): Intent {
  const task = clause.codeAt === 'none' ? undefined : item.codes.flatMap((code) => code.tasks)[0];
  const section = clause.tokens.flatMap((token) =>
    token.is === 'word' ? (token.word.section ?? []) : [],
  )[0];
  // 恢复刚才撤回的: what was taken back stays so.
  if (verb.act === 'undo' && /恢复|还原/u.test(textIn(before))) return { act: 'unknown', about: '恢复' };
  return {
    act: verb.act,
    ...(task === undefined ? {} : { task }),
    ...(section === undefined ? {} : { section }),
    ...(verb.act === 'undo' ? wantedBack(clause, today) : {}),
  };
}

function wantedBack(clause: Clause, today: Day): Pick<Intent, 'back' | 'about'> {
  const several = takesSeveral(clause) ? { about: SEVERAL_BACK } : {};
  const named = namedIn(clause);
  const day = named?.acts === undefined ? dayIn(clause, today) : undefined;
  const called = [day?.text, named?.called].filter((words) => words !== undefined).join('');
  if (called === '') return several;
  return { back: { ...named, called, ...(day === undefined ? {} : { on: day.on }) }, ...several };
}

function namedIn(clause: Clause): Intent['back'] {
  const label = clause.tokens.find(isLabel);
  if (label) {
    const indicators = namesIn([label]).flatMap((uses) =>
      uses.flatMap(({ indicator }) => indicator?.code ?? []),
    );
    return { called: label.text, indicators };
  }
  const text = textIn(clause.tokens);
  for (const [pattern, acts] of deeds) {
    const [called] = pattern.exec(text) ?? [];
    if (called !== undefined) return { called, acts };
  }
  return undefined;
}

/** 把6月9日那条撤了: the day that it was recorded for; today is when it was said. */
function dayIn({ tokens }: Clause, today: Day): { text: string; on: Day } | undefined {
  const day = tokens.find((token) => token.is === 'when' && isSingleDay(token.when) && token.when.to < today);
  return day?.is === 'when' ? { text: day.text, on: day.when.to } : undefined;
}

/** What 撤回 is about where more is to go back than one message's. */
export const SEVERAL_BACK = '多条';

const isLabel = (token: Token): boolean =>
  token.is === 'word' && token.word.uses.some(({ role }) => role === 'label' || role === 'paper');
