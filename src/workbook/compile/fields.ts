/** What a plan in the form of a list says of a measure line by line, and of whom it expects it. */
export interface Charge {
  leader: string;
  section: string;
  /** In its own words: 2026年9月30日前, 长期坚持. */
  deadline: string;
}

export const noCharge = (): Charge => ({ leader: '', section: '', deadline: '' });

const NAMES: [RegExp, 'problem' | 'goal' | 'work' | keyof Charge][] = [
  [/^(?:存在|具体|主要)?问题(?:表现|描述|清单|表述)?$|^(?:反馈问题|问题及表现|原因分析)$/u, 'problem'],
  [/^(?:整改|工作|预期)?目标(?:任务)?$/u, 'goal'],
  [/^(?:整改|工作|具体|主要)?(?:措施|举措|任务)$/u, 'work'],
  [/^(?:责任|牵头|分管|包抓|督办)(?:领导|局领导|人)$/u, 'leader'],
  [/^(?:责任|牵头|主办|承办|配合|协办)(?:单位|科室|处室|部门|主体)$/u, 'section'],
  [/^(?:整改|完成|办结|责任)?(?:时限|期限|时间)$/u, 'deadline'],
];

export interface Field {
  name: 'problem' | 'goal' | 'work' | keyof Charge;
  text: string;
}

/** A line 责任单位:环卫处; null for any other. */
export function fieldIn(line: string): Field | null {
  const [, title = '', text = ''] =
    /^(?:[(（]?\d{1,2}[)）.、])?([\p{Script=Han}]{2,6}):\s*(.*)$/u.exec(line) ?? [];
  const name = NAMES.find(([form]) => form.test(title))?.[1];
  return name === undefined ? null : { name, text: text.trim() };
}

const BRACKETED =
  /\(([^()]*(?:(?:责任|牵头|主办)(?:领导|单位|科室|处室|部门|人)|(?:整改|完成|办结)(?:时限|期限))[^()]*)\)[。;]?$/u;
const TRAILING = /(?<=[。;])\s*((?:整改|完成|办结)(?:时限|期限):[^。;:]+)[。;]?$/u;
const STANDING = /\(((?:立行立改|立即整改)?[,、并]?(?:长期坚持|持续推进|持续整改))\)[。;]?$/u;

/** (责任领导:…;责任科室:…;完成时限:…) at the end of a measure, apart from what it says. */
export function apart(line: string): { rest: string; fields: Field[] } {
  const [lasting, words = ''] = STANDING.exec(line) ?? [];
  if (lasting !== undefined)
    return { rest: line.slice(0, -lasting.length), fields: [{ name: 'deadline', text: words }] };
  const [whole, inner = ''] = BRACKETED.exec(line) ?? TRAILING.exec(line) ?? [];
  const fields = inner.split(/[;,]/u).flatMap((part) => fieldIn(part.trim()) ?? []);
  if (whole === undefined || fields.length === 0) return { rest: line, fields: [] };
  return { rest: line.slice(0, -whole.length), fields };
}
