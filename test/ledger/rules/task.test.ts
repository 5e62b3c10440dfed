import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/ledger/rules/audience.ts';
import { judge, next, stepsLeft, type TaskAct, type TaskInHand } from '../../../src/ledger/rules/task.ts';
import type { Role, TaskState } from '../../../src/ledger/terms.ts';
import { codes, everyone, person, sectionId, task } from './plan.ts';

const chain = ['request', 'review', 'verify', 'approve'];

function inHand(
  code: string,
  state: TaskState = 'active',
  taken: [step: string, by: string][] = [],
): TaskInHand {
  const owner = task(code);
  return {
    ...owner,
    state,
    chain,
    officeLed: owner.sectionId === sectionId('bangongshi'),
    secretaryLed: owner.leaderId === person('党组书记').id,
    taken: taken.map(([step, by]) => ({ step, personId: person(by).id })),
  };
}

const to = (state: TaskState) => ({ may: true, to: state });
const refused = (why: 'state' | 'twice' | 'person') => ({ may: false, why });

/** Everyone of the sample plan who may do it now. */
const whoMay = (given: TaskInHand, act: Exclude<TaskAct, 'close'>): Viewer[] =>
  everyone.filter((viewer) => judge(given, act, viewer).may);
const named = (...names: string[]): Viewer[] => names.map(person);

describe('a task’s way', () => {
  const chief = person('安全管理科科长');

  it('begins with the first progress or note', () => {
    expect(judge(inHand('4.3.2', 'pending'), 'progress', chief)).toEqual(to('active'));
    expect(judge(inHand('4.3.2', 'pending'), 'note', chief)).toEqual(to('active'));
    expect(judge(inHand('4.3.2', 'active'), 'progress', chief)).toEqual(to('active'));
  });

  it('goes from request over review and verification to approval', () => {
    const taken: [string, string][] = [];
    const step = (act: 'submit' | 'agree', by: string, state: TaskState) =>
      judge(inHand('4.3.2', state, taken), act, person(by));

    expect(step('submit', '安全管理科科长', 'active')).toEqual(to('submitted'));
    taken.push(['request', '安全管理科科长']);
    expect(step('agree', '分管安全规划副局长', 'submitted')).toEqual(to('submitted'));
    taken.push(['review', '分管安全规划副局长']);
    expect(step('agree', '整改办主任', 'submitted')).toEqual(to('submitted'));
    taken.push(['verify', '整改办主任']);
    expect(step('agree', '党组书记', 'submitted')).toEqual(to('closed'));
  });

  it('closes at the last step of a shorter chain', () => {
    const short = {
      ...inHand('4.3.2', 'submitted', [['request', '安全管理科科长']]),
      chain: ['request', 'verify'],
    };
    expect(judge(short, 'agree', person('整改办主任'))).toEqual(to('closed'));
  });

  it('leads back from a request that is returned or taken back', () => {
    const asked = inHand('4.3.2', 'submitted', [['request', '安全管理科科长']]);
    expect(judge(asked, 'return', person('分管安全规划副局长'))).toEqual(to('active'));
    expect(judge(asked, 'withdraw', chief)).toEqual(to('active'));
    expect(judge(asked, 'submit', chief)).toEqual(refused('state'));
  });

  it('leads back from closed by a relapse alone', () => {
    const closed = inHand('4.3.2', 'closed');
    const office = person('整改办主任');
    expect(judge(closed, 'relapsed', office)).toEqual(to('active'));
    expect(judge(closed, 'holds', office)).toEqual(to('closed'));
    expect(judge(closed, 'progress', chief)).toEqual(to('closed'));
    for (const act of ['submit', 'agree', 'return', 'withdraw'] as const) {
      expect(judge(closed, act, office)).toEqual(refused('state'));
    }
  });

  it('knows no other turns', () => {
    const turns = Object.entries(next).flatMap(([from, acts]) =>
      Object.entries(acts)
        .filter(([, state]) => state !== from)
        .map(([act, state]) => `${from} ${act} ${state}`),
    );
    expect(turns.toSorted()).toEqual([
      'active submit submitted',
      'closed relapsed active',
      'pending assign active',
      'pending baseline active',
      'pending decide active',
      'pending delist active',
      'pending extend active',
      'pending inspect active',
      'pending lift active',
      'pending list active',
      'pending mute active',
      'pending note active',
      'pending order active',
      'pending progress active',
      'pending settle active',
      'pending submit submitted',
      'submitted close closed',
      'submitted return active',
      'submitted withdraw active',
    ]);
  });

  it('has no step to agree to, nor anything to look back at, before its time', () => {
    for (const state of ['pending', 'active'] as const) {
      for (const act of ['agree', 'return', 'withdraw', 'holds', 'relapsed'] as const) {
        expect(judge(inHand('4.3.2', state), act, person('整改办主任'))).toEqual(refused('state'));
      }
    }
  });
});

describe('who may', () => {
  it('report: chiefs and clerks of its sections, its leader, the office', () => {
    const reporters = named(
      ...['分管安全规划副局长', '安全管理科科长', '体育卫生与艺术教育科科长', '市第一中学校长'],
      ...['安全管理科内勤', '整改办主任', '整改办工作人员'],
    );
    expect(whoMay(inHand('4.3.2'), 'progress')).toEqual(reporters);
    expect(whoMay(inHand('4.3.2'), 'note')).toEqual(reporters);
  });

  it('report a figure of his own: each leader', () => {
    const leader = person('分管体育副局长');
    expect(judge(inHand('3.1.1'), 'progress', leader)).toEqual(refused('person'));
    expect(judge(inHand('3.1.1'), 'progress', leader, 'person')).toEqual(to('active'));
  });

  it('request a close-out: the lead section’s chief and the task’s leader', () => {
    expect(whoMay(inHand('4.3.2'), 'submit')).toEqual(named('分管安全规划副局长', '安全管理科科长'));
    expect(whoMay(inHand('1.1.1'), 'submit')).toEqual(named('机关党委专职副书记'));
  });

  it('take it back: whoever made it, until somebody has agreed', () => {
    const asked = inHand('4.3.2', 'submitted', [['request', '安全管理科科长']]);
    expect(whoMay(asked, 'withdraw')).toEqual(named('安全管理科科长'));
    const reviewed = inHand('4.3.2', 'submitted', [
      ['request', '安全管理科科长'],
      ['review', '分管安全规划副局长'],
    ]);
    expect(whoMay(reviewed, 'withdraw')).toEqual([]);
  });

  it('agree or return: those whose step it is', () => {
    const steps: [string, string][] = [
      ['request', '安全管理科科长'],
      ['review', '分管安全规划副局长'],
      ['verify', '整改办主任'],
    ];
    const waiting = [1, 2, 3].map((count) => inHand('4.3.2', 'submitted', steps.slice(0, count)));
    const whose = [named('分管安全规划副局长'), named('整改办主任', '整改办工作人员'), named('党组书记')];
    for (const act of ['agree', 'return'] as const) {
      expect(waiting.map((each) => whoMay(each, act))).toEqual(whose);
    }
  });

  it('return it also at the last step, but nobody what he has agreed to himself', () => {
    const verified = inHand('4.3.2', 'submitted', [
      ['request', '安全管理科科长'],
      ['review', '分管安全规划副局长'],
      ['verify', '整改办主任'],
    ]);
    expect(judge(verified, 'return', person('党组书记'))).toEqual(to('active'));
    expect(judge(verified, 'return', person('整改办主任'))).toEqual(refused('twice'));
  });

  it('agree: nobody before the word of whom the task was handed over to, though anybody whose step it is returns it', () => {
    const asked = { ...inHand('4.3.2', 'submitted', [['request', '安全管理科科长']]), held: true };
    expect(judge(asked, 'agree', person('分管安全规划副局长'))).toEqual({ may: false, why: 'held' });
    expect(judge(asked, 'return', person('分管安全规划副局长'))).toEqual(to('active'));
  });

  it.each([
    ['list', ['整改办主任', '整改办工作人员']],
    ['delist', ['整改办主任', '整改办工作人员']],
    ['mute', ['整改办主任', '整改办工作人员']],
    ['node', ['整改办主任', '整改办工作人员']],
    ['baseline', ['整改办主任', '整改办工作人员']],
    ['order', ['党组书记']],
    ['lift', ['党组书记']],
    ['extend', ['分管安全规划副局长', '安全管理科科长']],
    ['decide', ['分管安全规划副局长', '整改办主任', '整改办工作人员']],
    ['inspect', ['整改办主任', '整改办工作人员']],
    ['assign', ['党组书记', '分管安全规划副局长', '整改办主任', '整改办工作人员']],
  ] as const)('%s: %j', (act, names) => {
    expect(new Set(whoMay(inHand('4.3.2'), act))).toEqual(new Set(named(...names)));
  });

  it('settle a follow-up: whoever reports, and the secretary', () => {
    const given = inHand('4.3.2');
    const reporters = whoMay(given, 'note');
    expect(new Set(whoMay(given, 'settle'))).toEqual(new Set([...reporters, person('党组书记')]));
  });

  it('decide on the office’s own task: its leader alone', () => {
    expect(whoMay(inHand('5.2.1'), 'decide')).toEqual(named('分管综合人事副局长'));
  });

  it('verify the office’s own task: discipline; and discipline’s: the office', () => {
    const office = inHand('5.2.1', 'submitted', [
      ['request', '局办公室主任'],
      ['review', '分管综合人事副局长'],
    ]);
    expect(whoMay(office, 'agree')).toEqual(named('机关纪委书记', '派驻纪检监察组组长'));
    const discipline = inHand('2.3.2', 'submitted', [
      ['request', '机关纪委书记'],
      ['review', '分管纪检法规副局长'],
    ]);
    expect(whoMay(discipline, 'agree')).toEqual(named('整改办主任', '整改办工作人员'));
  });

  it('look back: office and discipline, not at their own task', () => {
    expect(whoMay(inHand('4.3.2', 'closed'), 'holds')).toEqual(
      named('机关纪委书记', '整改办主任', '整改办工作人员', '派驻纪检监察组组长'),
    );
    expect(whoMay(inHand('5.2.1', 'closed'), 'relapsed')).toEqual(
      named('机关纪委书记', '派驻纪检监察组组长'),
    );
    expect(whoMay(inHand('2.3.2', 'closed'), 'holds')).toEqual(
      named('整改办主任', '整改办工作人员', '派驻纪检监察组组长'),
    );
  });
});

describe('nobody acts at two steps', () => {
  it('so a leader’s own request isn’t his to review', () => {
    const asked = inHand('4.3.2', 'submitted', [['request', '分管安全规划副局长']]);
    expect(stepsLeft(asked)).toEqual(['verify', 'approve']);
    expect(judge(asked, 'agree', person('分管安全规划副局长'))).toEqual(refused('twice'));
  });

  it('so the secretary, who approves, doesn’t review his own tasks as well', () => {
    const asked = inHand('1.1.1', 'submitted', [['request', '机关党委专职副书记']]);
    expect(stepsLeft(asked)).toEqual(['verify', 'approve']);
  });

  it('so a review that comes later is still to be made, whatever else the leader has done', () => {
    const asked = inHand('4.3.2', 'submitted', [
      ['request', '安全管理科科长'],
      ['verify', '分管安全规划副局长'],
    ]);
    expect(stepsLeft({ ...asked, chain: ['request', 'verify', 'review', 'approve'] })).toEqual([
      'review',
      'approve',
    ]);
  });

  it('waits for a leader where none is named', () => {
    const asked = { ...inHand('4.3.2', 'submitted', [['request', '安全管理科科长']]), leaderId: null };
    expect(whoMay(asked, 'agree')).toEqual([]);
  });

  it('waits where the plan names a step that nobody knows', () => {
    const odd = {
      ...inHand('4.3.2', 'submitted', [['request', '安全管理科科长']]),
      chain: ['request', 'toString'],
    };
    expect(whoMay(odd, 'agree')).toEqual([]);
  });

  /** The close-out's next step, taken by one of those who may; as it was where nobody may. */
  function advance(given: TaskInHand, people: Viewer[], pick: number): TaskInHand {
    const act = given.state === 'active' ? 'submit' : 'agree';
    const able = people.filter((viewer) => judge(given, act, viewer).may);
    const by = able[pick % able.length];
    if (!by) return given;
    const verdict = judge(given, act, by);
    if (!verdict.may) return given;
    const [step = ''] = stepsLeft(given);
    return { ...given, state: verdict.to, taken: [...given.taken, { step, personId: by.id }] };
  }

  it('under any mix of roles, on any task, to its end', () => {
    const roles = fc.subarray<Role>([
      'secretary',
      'leader',
      'chief',
      'staff',
      'office',
      'discipline',
      'admin',
    ]);
    const mixed = fc
      .array(roles, { minLength: everyone.length, maxLength: everyone.length })
      .map((given) => everyone.map((viewer, index) => ({ ...viewer, roles: given[index] ?? [] })));
    const picks = fc.array(fc.nat(), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(mixed, fc.constantFrom(...codes), picks, (people, code, turns) => {
        const end = turns.reduce((given, pick) => advance(given, people, pick), inHand(code));
        const actors = end.taken.map(({ personId }) => personId);
        expect(new Set(actors).size).toBe(actors.length);
        expect(end.state === 'closed').toBe(stepsLeft(end).length === 0);
        // Nor does a section verify its own task, look back at it, or decide on its own extension but by its leader.
        const verified = end.taken.find(({ step }) => step === 'verify')?.personId;
        const own = people.filter(({ sectionId: seat }) => seat === end.sectionId);
        expect(own.map(({ id }) => id)).not.toContain(verified);
        for (const viewer of own) {
          expect(judge({ ...end, state: 'closed' }, 'holds', viewer).may).toBe(false);
          expect(judge({ ...end, state: 'closed' }, 'relapsed', viewer).may).toBe(false);
          const decides = judge({ ...end, state: 'active' }, 'decide', viewer).may;
          expect(decides && viewer.id !== end.leaderId).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('and every task of the plan can be closed by the people it has', () => {
    for (const code of codes) {
      const end = chain.reduce((given) => advance(given, everyone, 0), inHand(code));
      expect(end.state, code).toBe('closed');
    }
  });
});

describe('the diagram in the README', () => {
  it('is the table’s', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const drawn = [...readme.matchAll(/^ {4}(\w+) --> (\w+): (.+)$/gm)].map(
      ([, from, to, acts]) => `${from} ${to}: ${acts}`,
    );
    const turns = new Map<string, string[]>();
    for (const [from, acts] of Object.entries(next)) {
      for (const [act, state] of Object.entries(acts)) {
        const acted = turns.get(`${from} ${state}`) ?? [];
        turns.set(`${from} ${state}`, [...acted, act]);
      }
    }
    expect(drawn).toEqual([...turns].map(([turn, acts]) => `${turn}: ${acts.join(', ')}`));
  });
});
