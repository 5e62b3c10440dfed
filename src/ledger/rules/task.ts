import type { TaskState } from '../terms.ts';
import { has, leads, type Owner, reportsAs, type Viewer } from './audience.ts';
import type { Indicator } from './indicator.ts';

/**
 * Which act leads where; what isn't here can't be done in that state. `agree` is a step of the close-out with others
 * to come, `close` the last one. Whoever comes back to `active` from `submitted` has no request standing any more.
 */
export const next = {
  pending: {
    progress: 'active',
    note: 'active',
    submit: 'submitted',
    ...inForce('active'),
    // A milestone says what is to come; nothing has begun with it.
    node: 'pending',
  },
  active: { progress: 'active', note: 'active', submit: 'submitted', ...inForce('active') },
  submitted: {
    progress: 'submitted',
    note: 'submitted',
    ...inForce('submitted'),
    agree: 'submitted',
    close: 'closed',
    return: 'active',
    withdraw: 'active',
  },
  closed: {
    progress: 'closed',
    note: 'closed',
    holds: 'closed',
    relapsed: 'active',
    delist: 'closed',
    lift: 'closed',
    assign: 'closed',
    settle: 'closed',
  },
} as const satisfies Record<TaskState, Partial<Record<TaskAct, TaskState>>>;

export type TaskAct =
  | 'progress'
  | 'note'
  | 'submit'
  | 'agree'
  | 'close'
  | 'return'
  | 'withdraw'
  | 'holds'
  | 'relapsed'
  | Standing;

/** What is done about a task and leaves it where it is in its close-out. */
type Standing =
  | 'list'
  | 'order'
  | 'delist'
  | 'lift'
  | 'extend'
  | 'decide'
  | 'mute'
  | 'assign'
  | 'settle'
  | 'inspect'
  | 'node'
  | 'baseline';

/**
 * A listing is proposed and ordered, and goes the same way; an extension is asked for and decided; a follow-up is
 * assigned and settled; the office inspects on the spot, and enters milestones and where an indicator began.
 */
function inForce<State extends TaskState>(state: State): Record<Standing, State> {
  return {
    ...{ list: state, order: state, delist: state, lift: state },
    ...{ extend: state, decide: state, mute: state },
    ...{ assign: state, settle: state, inspect: state, node: state, baseline: state },
  };
}

/** A step of the close-out's chain, as the plan's settings name them. */
type Step = 'request' | 'review' | 'verify' | 'approve';

/** A task as those who act on it need to know it. */
export interface TaskInHand extends Owner {
  state: TaskState;
  /** Whether the office sits in the lead section: then discipline verifies in its place. */
  officeLed: boolean;
  /** Whether its leader is the secretary. */
  secretaryLed: boolean;
  /** The plan's chain of steps. */
  chain: readonly string[];
  /** The steps taken in the close-out that stands, the request first. */
  taken: readonly { step: string; personId: number }[];
  /** Whoever asked has handed over: before the successor's word nobody agrees. */
  held?: boolean;
}

type Subject = Indicator['subject'];
type Right = (task: TaskInHand, person: Viewer, subject: Subject) => boolean;

/** Who takes which step. The secretary approves, so that a request of his own would leave nobody to do so. */
const steps: Record<Step, (task: TaskInHand, person: Viewer) => boolean> = {
  request: (task, person) =>
    (isChiefOfLead(task, person) || leads(task, person)) && !has(person, 'secretary'),
  review: leads,
  verify: (task, person) =>
    !isOwn(task, person) && (has(person, 'office') || (task.officeLed && has(person, 'discipline'))),
  approve: isSecretary,
};

/** Who may do what, wherever the state allows it. */
const rights: Record<Exclude<TaskAct, 'close'>, Right> = {
  progress: reports,
  note: reports,
  submit: steps.request,
  agree: takesNextStep,
  return: takesNextStep,
  withdraw: (task, person) => task.taken.length === 1 && hasTaken(task, person),
  holds: looksBack,
  relapsed: looksBack,
  list: isOffice,
  order: isSecretary,
  delist: isOffice,
  lift: isSecretary,
  extend: steps.request,
  decide: (task, person) => leads(task, person) || steps.verify(task, person),
  mute: isOffice,
  assign: (task, person) => has(person, 'office', 'secretary') || leads(task, person),
  settle: (task, person) => reports(task, person, 'bureau') || has(person, 'secretary'),
  inspect: steps.verify,
  node: isOffice,
  baseline: isOffice,
};

export type Verdict =
  | { may: true; to: TaskState }
  | { may: false; why: 'state' | 'twice' | 'held' | 'person' };

/**
 * Whether this person may do it to this task now, and where that leads; `agree` closes when its step is the last.
 * The subject is that of the indicator a figure is reported on.
 */
export function judge(
  task: TaskInHand,
  act: Exclude<TaskAct, 'close'>,
  person: Viewer,
  subject: Subject = 'bureau',
): Verdict {
  const moves: Partial<Record<TaskAct, TaskState>> = next[task.state];
  const to = moves[act === 'agree' && stepsLeft(task).length === 1 ? 'close' : act];
  if (!to) return { may: false, why: 'state' };
  if ((act === 'agree' || act === 'return') && hasTaken(task, person)) return { may: false, why: 'twice' };
  if (act === 'agree' && task.held) return { may: false, why: 'held' };
  return rights[act](task, person, subject) ? { may: true, to } : { may: false, why: 'person' };
}

/**
 * The steps that the close-out still waits for. A leader doesn't review a request of his own, nor the secretary what
 * he will approve: nobody acts at two steps, so that there the review falls away; so it does while nobody leads.
 */
export function stepsLeft(task: TaskInHand): string[] {
  const requestedByLeader = task.taken.some(
    ({ step, personId }) => step === 'request' && personId === task.leaderId,
  );
  const isReviewed = task.leaderId !== null && !task.secretaryLed && !requestedByLeader;
  const last = Math.max(...task.taken.map(({ step }) => task.chain.indexOf(step)), -1);
  return task.chain.slice(last + 1).filter((step) => step !== 'review' || isReviewed);
}

function reports(task: TaskInHand, person: Viewer, subject: Subject): boolean {
  return reportsAs(task, person, subject) !== null;
}

function takesNextStep(task: TaskInHand, person: Viewer): boolean {
  const [step] = stepsLeft(task);
  return isStep(step) && steps[step](task, person);
}

/** Not on one's own task: the office's is looked back at by discipline, discipline's by the office. */
function looksBack(task: TaskInHand, person: Viewer): boolean {
  return has(person, 'office', 'discipline') && !isOwn(task, person);
}

function isOffice(_: TaskInHand, person: Viewer): boolean {
  return has(person, 'office');
}

function isSecretary(_: TaskInHand, person: Viewer): boolean {
  return has(person, 'secretary');
}

const isStep = (step: string | undefined): step is Step => step !== undefined && Object.hasOwn(steps, step);

const hasTaken = (task: TaskInHand, person: Viewer): boolean =>
  task.taken.some(({ personId }) => personId === person.id);

const isOwn = (task: TaskInHand, person: Viewer): boolean => task.sectionId === person.sectionId;

const isChiefOfLead = (task: TaskInHand, person: Viewer): boolean =>
  isOwn(task, person) && has(person, 'chief');
