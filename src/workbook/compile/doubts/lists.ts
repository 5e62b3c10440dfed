import { type Doubt, one, type Placed, shown, type View } from './doubt.ts';

const COUNTED = new Set(['项', '个', '条', '人', '名', '类', '起', '件']);
const PERSONS = new Set(['人', '名']);
const REGISTER = /任务|清单|制度|事项/u;
const SEVERE = /^(?:问责|查处|举报|谈话)/u;

/** Two registers of one kind, which nobody should add up. */
export function lists({ said }: View): Doubt[] {
  const things = said.filter(({ unit, duty }) => COUNTED.has(unit) && !duty);
  return things.flatMap((first, at) =>
    things
      .slice(at + 1)
      .filter((second) => isOfOneKind(first, second))
      .flatMap((second) =>
        one('T3', [first, second], `${shown(first)}与${shown(second)}同类,是两份清单还是一份请明确,不相加`),
      ),
  );
}

function isOfOneKind(first: Placed, second: Placed): boolean {
  const persons = PERSONS.has(first.unit) && PERSONS.has(second.unit);
  if (first.place === second.place || !(first.unit === second.unit || persons)) return false;
  const [head] = SEVERE.exec(first.label) ?? [];
  const sameSize = first.low === second.low && first.low >= 10;
  return (
    first.label.slice(-3) === second.label.slice(-3) ||
    (head !== undefined && second.label.startsWith(head)) ||
    (sameSize && REGISTER.test(first.label) && REGISTER.test(second.label))
  );
}
