import type { Act, Intent } from '../../src/chat/intent.ts';
import type { Place } from '../../src/ledger/rules/audience.ts';
import type { Level, Role } from '../../src/ledger/terms.ts';

/**
 * Who may do what, where, to whose task, of which level: written down by hand from the design, and by nothing in the
 * product. A cell that isn't here is a no.
 */

export const places: readonly Place[] = ['single', 'leaders', 'office', 'system', 'section'];
export const levels: readonly Level[] = ['open', 'system', 'office', 'self'];

/** A role, and what the task is to whoever has it: their section's, shared with it, led by them, or none of it. */
export type Tie = 'lead' | 'co' | 'led' | 'other';
export interface Persona {
  name: string;
  role: Role | null;
  tie: Tie;
}
const persona = (role: Role | null, tie: Tie): Persona => ({ name: `${role ?? 'nobody'}-${tie}`, role, tie });
export const personas: readonly Persona[] = [
  persona('secretary', 'other'),
  persona('leader', 'led'),
  persona('leader', 'other'),
  persona('chief', 'lead'),
  persona('chief', 'co'),
  persona('chief', 'other'),
  persona('staff', 'lead'),
  persona('staff', 'co'),
  persona('staff', 'other'),
  persona('office', 'lead'),
  persona('office', 'other'),
  persona('discipline', 'lead'),
  persona('discipline', 'other'),
  persona('admin', 'other'),
  persona(null, 'lead'),
];

export const roles: readonly (Role | null)[] = [
  ...(['secretary', 'leader', 'chief', 'staff', 'office', 'discipline', 'admin'] as const),
  null,
];

/** `yes`, one to one only, done or not done only, or nothing at all. */
export type Sight = 'yes' | 'private' | 'count' | 'no';

const restrictedFor = new Set([
  ...['secretary-other', 'office-lead', 'office-other', 'discipline-lead', 'discipline-other'],
  ...['leader-led', 'chief-lead', 'chief-co', 'staff-lead', 'staff-co'],
]);

export function sight({ name, role }: Persona, level: Level, place: Place): Sight {
  if (level === 'open' || level === 'system') return 'yes';
  const closed = place === 'single' || place === 'office';
  if (level === 'office') return restrictedFor.has(name) ? (closed ? 'yes' : 'private') : 'no';
  if (role === 'secretary' || role === 'leader') return place === 'single' ? 'yes' : 'private';
  return role === 'office' ? (closed ? 'count' : 'private') : 'no';
}

/** How a task stands before it is tried. */
export type Situation =
  | 'active'
  | 'closed'
  | 'to review'
  | 'to verify'
  | 'to approve'
  | 'extension asked'
  | 'listing proposed'
  | 'listed'
  | 'lift proposed';

export interface TaskRow {
  act: Act;
  intent: Partial<Intent>;
  situation: Situation;
  /** What is written then, by persona: `shown` writes nothing. Whoever isn't here does nothing. */
  may: Record<string, string>;
  /** It is about a figure: of what only counts as done or not, there is none to say. */
  figure?: true;
  /** It leaves words or reads them: of one's own matters none are kept, and others are shown none. */
  words?: 'left' | 'read';
}

const all = (outcome: string) => Object.fromEntries(personas.map(({ name }) => [name, outcome]));
const these = (outcome: string, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, outcome]));

const ofSections = ['chief-lead', 'chief-co', 'staff-lead', 'staff-co'];
const reporters = [...ofSections, 'leader-led', 'office-lead', 'office-other'];
const askers = ['chief-lead', 'leader-led'];

/** The task and the figure that all cells are about. */
export const CODE = '4.3.2';
export const INDICATOR = '4.3.2/1';

export const taskRows: Record<string, TaskRow> = {
  report: {
    ...{ act: 'progress', intent: { op: 'add', value: 1 }, situation: 'active', figure: true },
    may: these('progress', ...reporters),
  },
  note: {
    ...{ act: 'note', intent: { note: '正在推进' }, situation: 'active', words: 'left' },
    may: these('note', ...reporters),
  },
  evidence: {
    ...{ act: 'evidence', intent: { note: '演练简报 4月9日 存科内卷5' }, situation: 'active', figure: true },
    may: these('evidence', ...reporters),
  },
  correct: {
    ...{ act: 'correct', intent: { op: 'set', value: 3 }, situation: 'active', figure: true },
    may: these('correct', ...reporters),
  },
  'ask for the close-out': {
    ...{ act: 'submit', intent: { about: '坚持', note: '随后补齐' }, situation: 'active' },
    may: { ...these('note', ...reporters), ...these('submit', ...askers) },
  },
  'agree to review': {
    act: 'verify',
    intent: {},
    situation: 'to review',
    may: these('verify', 'leader-led'),
  },
  'agree to verify': {
    act: 'verify',
    intent: {},
    situation: 'to verify',
    may: these('verify', 'office-other'),
  },
  'agree to approve': {
    ...{ act: 'verify', intent: {}, situation: 'to approve' },
    may: these('verify', 'secretary-other'),
  },
  'return at review': {
    ...{ act: 'return', intent: { note: '缺佐证' }, situation: 'to review' },
    may: these('return', 'leader-led'),
  },
  'return at verification': {
    ...{ act: 'return', intent: { note: '缺佐证' }, situation: 'to verify' },
    may: these('return', 'office-other'),
  },
  'ask for longer': {
    ...{ act: 'extend', intent: { date: '2026-12-30', note: '场地未定' }, situation: 'active' },
    may: these('extend', ...askers),
  },
  'grant it': {
    ...{ act: 'grant', intent: {}, situation: 'extension asked' },
    may: these('grant', 'leader-led', 'office-other'),
  },
  'refuse it': {
    ...{ act: 'refuse', intent: { about: '延期', note: '请按原时限完成' }, situation: 'extension asked' },
    may: these('refuse', 'leader-led', 'office-other'),
  },
  'propose a listing': {
    ...{ act: 'list', intent: { note: '进展缓慢' }, situation: 'active' },
    may: these('list', 'office-lead', 'office-other'),
  },
  'order a listing': {
    ...{ act: 'list', intent: { about: '同意' }, situation: 'listing proposed' },
    may: these('order', 'secretary-other'),
  },
  'refuse a listing': {
    ...{ act: 'refuse', intent: { about: '挂牌', note: '再观察一个月' }, situation: 'listing proposed' },
    may: these('unlist', 'secretary-other'),
  },
  'propose to lift it': {
    ...{ act: 'delist', intent: { note: '已完成' }, situation: 'listed' },
    may: these('delist', 'office-lead', 'office-other'),
  },
  'lift it': {
    ...{ act: 'delist', intent: { about: '同意' }, situation: 'lift proposed' },
    may: these('lift', 'secretary-other'),
  },
  mute: {
    ...{ act: 'mute', intent: { note: '等上级文件' }, situation: 'active' },
    may: these('mute', 'office-lead', 'office-other'),
  },
  'look back': {
    ...{ act: 'lookback', intent: { result: 'relapsed', note: '又有两家过期' }, situation: 'closed' },
    may: these('relapsed', 'office-other', 'discipline-other'),
  },
  assign: {
    ...{
      act: 'decide',
      intent: { note: '逐校过一遍', date: '2026-06-10', person: '分管安全规划副局长' },
      situation: 'active',
    },
    may: these('assign', 'office-lead', 'office-other', 'secretary-other', 'leader-led'),
  },
  'set a node': {
    ...{ act: 'node', situation: 'active' },
    intent: { indicator: INDICATOR, nodes: [{ due: '2026-06-30', value: 5 }] },
    may: these('node', 'office-lead', 'office-other'),
  },
  'enter where it began': {
    ...{ act: 'baseline', situation: 'active' },
    intent: { indicator: INDICATOR, value: 3, on: '2026-04-01', note: '来源:年报' },
    may: these('baseline', 'office-lead', 'office-other'),
  },
  show: { act: 'show', intent: {}, situation: 'active', may: all('shown') },
  history: { act: 'history', intent: {}, situation: 'active', words: 'read', may: all('shown') },
};

/** Acts on no task: who, and where; elsewhere one to one. */
export const planRows: Partial<Record<Act, { who: readonly (Role | null)[]; where: readonly Place[] }>> = {
  ...everywhere('confirm', ['chief']),
  ...everywhere('undo', ['secretary', 'leader', 'chief', 'staff', 'office', 'discipline']),
  ...everywhere('meeting', ['office']),
  ...everywhere('agenda', ['office', 'secretary', 'leader']),
  ...everywhere('mine', ['secretary', 'leader', 'chief', 'staff', 'office', 'discipline']),
  ...everywhere('pause', ['secretary', 'leader', 'office']),
  ...everywhere('deputy', ['chief', 'leader', 'office']),
  ...everywhere('register', ['office', 'admin']),
  ...everywhere('enter', ['secretary', 'leader', 'chief', 'staff', 'office', 'discipline']),
  ...everywhere('finish', ['secretary', 'leader', 'chief', 'staff', 'office']),
  ...closed('calendar', ['office']),
  // Which draft it is about is asked of the outbox; with none waiting it is refused in words.
  ...closed('post', ['office', 'secretary', 'leader']),
  ...everywhere('hold', ['secretary', 'office']),
  // The office says by it what became of a bulletin in doubt; a signature of its own is refused in words.
  ...everywhere('release', ['secretary', 'office']),
  ...everywhere('export', ['office', 'secretary']),
  // What is out; a draft is shown to the office and the secretary alone, one to one or in the office's group.
  ...everywhere('bulletin', 'all'),
  ...everywhere('overview', 'all'),
  ...everywhere('ledger', 'all'),
  ...everywhere('ack', 'all'),
  ...everywhere('bind', 'all'),
  ...everywhere('help', 'all'),
  ...everywhere('unknown', 'all'),
  ...closed('handover', ['office']),
  ...closed('disable', ['office']),
  ...closed('enable', ['office']),
  ...closed('enlist', ['office']),
  ...closed('address', ['office']),
  ...closed('rank', ['office']),
  ...closed('roles', ['office']),
  ...closed('seal', ['office', 'discipline']),
  ...closed('audit', ['office', 'discipline', 'admin']),
  ...closed('status', ['office', 'discipline', 'admin']),
  invite: { who: ['office', 'admin'], where: ['single'] },
};

function everywhere(act: Act, who: readonly (Role | null)[] | 'all') {
  return { [act]: { who: who === 'all' ? roles : who, where: places } };
}

function closed(act: Act, who: readonly (Role | null)[]) {
  return { [act]: { who, where: ['single', 'office'] as const } };
}
