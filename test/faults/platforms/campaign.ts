import { createRandom } from '../../crash/random.ts';
import { ALLOWED, judge, type Sight, type Verdict, type Written } from './checker.ts';
import { type Fault, faults, lettersIn } from './wire.ts';
import type { To, World } from './world.ts';

const MINUTE = 60_000;
/** Milliseconds that a letter of which the beat is told may take through a robot that is well. */
const PROMPT = 2_000;
/** Milliseconds after a look at which what it sends is on its way. */
const ARRIVED = 1_000;
/** And after which what the minute allows is spent, where there is so much. */
const SPENT = 10_000;

/** So many minutes after the healing everything has come to its end. */
const LATEST = 45;

const sections = [
  ...['bangongshi', 'dangwei', 'jiwei', 'renshi', 'fagui', 'guihua', 'caiwu', 'jijiao', 'zhijiao', 'dudao'],
  ...['anquan', 'tiwei', 'qunti', 'chanye', 'xuanchuan', 'xinxi', 'zhaokao', 'jiaoke', 'tizhong', 'yizhong'],
];
const wecomers = sections.map((name) => ({ wecom: `sec_${name}` }));
const dingtalkers = sections.map((name) => ({ dingtalk: `dt-${name}` }));

/** A way out of the house with a budget of its own. */
export interface Kind {
  name: string;
  door: 'hook' | 'connection';
  /** The robot whose platform fails, as the wire names it, and its chats. */
  robot: string;
  chats: To[];
  /** Of a text that goes with no other in one post. */
  bytes: number;
  /** Its platform takes files by this way. */
  files: boolean;
  faults: readonly Fault[];
}

const ofTokens: Fault[] = [
  'token expired',
  'tokens never taken',
  'token refused',
  'token html',
  'token hangs',
];
/** Of those who are written to one to one. */
const ofPersons: Fault[] = ['no licence'];
const ofHttp = faults.filter((fault) => ![...ofTokens, ...ofPersons].includes(fault));

export const kinds: Kind[] = [
  {
    ...{ name: "WeCom's group robot", door: 'hook', robot: 'wecom:sample-leaders' },
    ...{ chats: [{ group: 'leaders' }], bytes: 2_400, files: true, faults: ofHttp },
  },
  {
    ...{ name: "WeCom's app", door: 'hook', robot: 'wecom:app' },
    ...{ chats: wecomers, bytes: 900, files: true, faults },
  },
  {
    ...{ name: "DingTalk's group robot", door: 'hook', robot: 'dingtalk:sample-anquan' },
    ...{ chats: [{ group: 'anquan' }], bytes: 9_800, files: false, faults: ofHttp },
  },
  {
    ...{ name: "DingTalk's OpenAPI", door: 'hook', robot: 'dingtalk:openapi' },
    ...{ chats: [{ group: 'system' }, ...dingtalkers], bytes: 9_800, files: true, faults },
  },
  {
    ...{ name: "WeCom's connection", door: 'connection', robot: 'wecom:wrSampleLeaders0001' },
    ...{ chats: [{ group: 'leaders' }], bytes: 12_000, files: true },
    faults: [
      ...(['busy', 'too fast', 'hang after accepting', 'hang before accepting'] as const),
      ...(['reset after accepting', 'reset before accepting'] as const),
    ],
  },
];

/** One chat of each robot that there is. */
const everybody: To[] = [
  ...['leaders', 'office', 'dangwei', 'anquan', 'caiwu', 'system'].map((group) => ({ group })),
  ...[{ wecom: 'clk_anquan' }, { dingtalk: 'dt-clk-anquan' }],
];

export interface Trial extends Verdict {
  kind: string;
  fault: Fault;
  /** What is worse than it may be; empty when all is as it should be. */
  wrong: string[];
}

/** Minutes until a letter goes again: what its back-off comes to at most, what a platform asks for, what is in doubt. */
const waits = (kind: string, fault: Fault): number => {
  const isInDoubt = /html|500|hang|reset/.test(fault) && !fault.startsWith('token');
  // The app knows a repeat of words, and none of a file.
  if (isInDoubt && kind !== "DingTalk's group robot") return 12;
  return rests(fault) || (fault === 'too fast' && kind.startsWith('DingTalk')) ? 10 : 5;
};

/** A letter's tries: where its robot rests for ten minutes each time, one each time. */
const triesOf = (fault: Fault, minutes: number): number =>
  rests(fault) ? Math.max(6, Math.ceil(minutes / 10) + 2) : 6;

const rests = (fault: Fault): boolean => fault === 'shut' || fault === 'token refused';

function wrongIn(trial: Omit<Trial, 'wrong'>, minutes: number): string[] {
  const { kind, fault, lost, declared, insisted, doubled, disordered } = trial;
  const { tries, inMinute, drained, best, others } = trial;
  // A call that hangs takes its quarter of a minute each time, and back-off begins where it ends.
  const slack = Math.max(fault.startsWith('hang') ? 4 : 3, waits(kind, fault) - minutes + 2) * MINUTE;
  return [
    ...(lost.length > 0 ? [`lost: ${lost}`] : []),
    ...(declared.length > 0 ? [`given up: ${declared}`] : []),
    ...(insisted.length > 0 ? [`refused for good, and tried again or not told of: ${insisted}`] : []),
    ...(doubled.length > 0 ? [`shown twice: ${doubled}`] : []),
    ...(disordered.length > 0 ? [`out of order: ${disordered}`] : []),
    ...(tries > triesOf(fault, minutes) ? [`${tries} tries`] : []),
    ...(inMinute > ALLOWED ? [`${inMinute} in a minute`] : []),
    ...(drained > best + slack ? [`drained after ${drained} ms, at best ${best} ms`] : []),
    ...(others > PROMPT ? [`another robot's letter after ${others} ms`] : []),
  ];
}

let count = 0;

/**
 * So many minutes in which one robot's platform fails, while letters are written to all; then it heals, and everything
 * is waited for.
 */
export async function tryFault(
  world: World,
  kind: Kind,
  fault: Fault,
  minutes: number,
  seed: number,
): Promise<Trial> {
  const { hands, wire, clock } = world;
  const random = createRandom(seed);
  const began = clock.now().getTime();
  const start = hands.now();
  const first = {
    calls: wire.calls.length,
    wecom: world.wecom.lines().length,
    dingtalk: world.dingtalk.lines().length,
  };
  const written: Written[] = [];
  const own = new Set(kind.chats.map(chatOf));
  const chatAt = (at: number): To => kind.chats[at % kind.chats.length] ?? { group: 'leaders' };
  const others = everybody.filter((to) => !own.has(chatOf(to)) && !isOf(kind, to));
  /** One of its chats alone is failed where that is the fault's way. */
  const account = ofPersons.includes(fault) ? chatOf(chatAt(1)) : undefined;
  const refusing = new Set<string>();

  async function write(
    to: To,
    ill: boolean,
    { prompt = false, ...more }: { bytes?: number; once?: boolean; file?: boolean; prompt?: boolean } = {},
  ): Promise<void> {
    count += 1;
    const name = `L${String(count).padStart(5, '0')}`;
    const letter = { name, chat: chatOf(to), at: hands.now(), ill, prompt, once: more.once ?? false };
    written.push({ ...letter, refused: refusing.has(letter.chat) });
    await world.write(to, name, more);
  }

  /**
   * A minute: the beat looks, and letters are written at moments within it, some of them told to the beat. In the middle
   * of it another process may take this one's place.
   */
  async function live(burst: number, each: number, { span = MINUTE, anew = false } = {}): Promise<void> {
    const since = hands.now();
    const until = (at: number) => hands.pass(Math.max(0, since + Math.min(at, span) - hands.now()));
    world.look();
    const big = () => ({
      bytes: random.chance(0.7) ? kind.bytes : 0,
      file: kind.files && random.chance(0.15),
    });
    for (let at = 0; at < burst; at += 1) await write(chatAt(at), true, big());
    // While the failing robot is at its post, another has one.
    await until(ARRIVED);
    await write(random.pick(others), false, { prompt: true });
    world.look();
    if (anew) {
      await until(SPENT);
      await world.restart();
      world.look();
    }
    for (let at = 0; at < 4; at += 1) {
      await until(hands.now() - since + 1_000 + random.below(14_000));
      if (at < each) await write(random.pick(kind.chats), true, big());
      const prompt = random.chance(0.3);
      for (const to of others) if (random.chance(0.25)) await write(to, false, { prompt });
      if (prompt) world.look();
    }
    await until(span);
  }

  await live(2, 1);
  wire.fail(kind.robot, fault, account);
  if (account !== undefined) refusing.add(account);
  for (let minute = 0; minute < minutes; minute += 1) {
    if (minute === 1) await write(chatAt(0), true, { once: true });
    // What is let go at the very end of its ten minutes' rest finds its platform well.
    await live(minute === 0 ? 24 : 0, 2, { span: minute === minutes - 1 ? MINUTE - 1 : MINUTE });
  }
  const healedAt = hands.now();
  wire.heal();
  refusing.clear();
  await hands.pass(1);
  for (let minute = 0; minute < LATEST; minute += 1) {
    await live(0, minute < 2 ? 1 : 0, { anew: minute < 3 });
    if ((await world.rows()).every(({ endedAt }) => endedAt !== null)) break;
  }
  const seen = sights(world, first, start - began);
  const ended = new Map((await world.rows()).map(({ key, state }) => [key, state]));
  const verdict = judge({
    written,
    calls: wire.calls.slice(first.calls),
    seen,
    ended,
    robot: kind.robot,
    unreached: ['refused', 'unreachable'].includes(fault),
    healedAt,
  });
  const trial = { ...verdict, kind: kind.name, fault };
  return { ...trial, wrong: wrongIn(trial, minutes) };
}

const chatOf = (to: To): string => Object.values(to)[0] ?? '';

/** Whether it shares the failing robot without being one of its chats here. */
const isOf = ({ robot }: Kind, to: To): boolean =>
  (robot === 'wecom:app' && 'wecom' in to) ||
  (robot === 'dingtalk:openapi' && ('dingtalk' in to || ('group' in to && to.group === 'system')));

function sights(world: World, first: { wecom: number; dingtalk: number }, offset: number): Sight[] {
  return (['wecom', 'dingtalk'] as const).flatMap((platform) =>
    world[platform]
      .lines()
      .slice(first[platform])
      .filter(({ from }) => from === null)
      .map(({ chat, at, text }) => ({
        chat: 'group' in chat ? chat.group : chat.single,
        at: at.getTime() + offset,
        letters: lettersIn(text),
        again: text.includes('补发'),
      })),
  );
}
