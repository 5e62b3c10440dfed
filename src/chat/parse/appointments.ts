import type { Day } from '../../ledger/days.ts';
import type { Intent, Vocabulary } from '../intent.ts';
import { whensIn } from './claims.ts';
import { textIn } from './clauses.ts';
import { dueOn, isExact } from './dates.ts';
import type { Token } from './tokens.ts';

type Appointment = Pick<Intent, 'person' | 'section' | 'date'>;

/** Behind these stands who is meant: the deputy, or who takes over. */
const LEADS = {
  deputy: /代办|由|请|委托|让/u,
  handover:
    /负责人(?:[是为由])?|换成|换为|改由|接任者|交接?给|[起后][是为由]|新?(?:科长|主任|所长|校长)[是为由]/gu,
};
/** A name that the plan doesn't know yet. */
const STRANGER = /^[ :]*(\p{Script=Han}{2,4}?)(?=了|[ ,。]|自|从|接任|接替|担任|任|\d|$)/u;
/** 王丽代办到4月20日: who it is stands in front. */
const AHEAD = /(?:^|[ ,。:;])(\p{Script=Han}{2,4}?)(?:暂时|临时|先|代为)?代办/u;
const NOBODY = /[我您]|出差|请假|休假|外出|委托|需|取消|结束|帮|事/u;
const EARLY_END = /(?:取消|结束|收回|停止|终止)代办|代办(?:取消|结束|终止)/u;

/** Who stands in or takes over, in which section, and until or from which day: as far as an item's words say. */
export function appointed(
  act: 'deputy' | 'handover',
  tokens: readonly Token[],
  people: Vocabulary['people'],
  today: Day,
): Appointment & Pick<Intent, 'about'> {
  const text = textIn(tokens);
  if (act === 'deputy' && EARLY_END.test(text)) return { about: '结束' };
  const lead = act === 'deputy' ? LEADS.deputy.exec(text) : [...text.matchAll(LEADS.handover)].at(-1);
  const rest = lead ? text.slice(lead.index + lead[0].length) : text;
  const ahead = act === 'deputy' && lead?.[0] === '代办' ? AHEAD.exec(text)?.[1] : undefined;
  const inFront = ahead !== undefined && !NOBODY.test(ahead) ? ahead : undefined;
  const person = inFront ?? firstName(rest, people) ?? STRANGER.exec(rest)?.[1];
  const section =
    tokens.flatMap((token) => (token.is === 'word' ? (token.word.section ?? []) : []))[0] ??
    people.find(({ name }) => name !== person && text.includes(name))?.section;
  const when = whensIn(tokens).find(isExact);
  return {
    ...(person === undefined ? {} : { person }),
    ...(section === undefined ? {} : { section }),
    ...(when === undefined ? {} : { date: dueOn(when, today) ?? when.to }),
  };
}

/** The name that stands first; of two that begin there the longer. */
function firstName(text: string, people: Vocabulary['people']): string | undefined {
  const found = people.flatMap(({ name }) => {
    const at = text.indexOf(name);
    return at === -1 ? [] : [{ name, at }];
  });
  const [first] = found.sort((one, other) => one.at - other.at || other.name.length - one.name.length);
  return first?.name;
}
