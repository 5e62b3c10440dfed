import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge, next } from '../../../src/ledger/rules/task.ts';
import type { TaskState } from '../../../src/ledger/terms.ts';
import { inHand, named, refused, to, whoMay } from './hand.ts';
import { person } from './plan.ts';

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

  it('decide on the office’s own task: its leader, and discipline in its place', () => {
    expect(whoMay(inHand('5.2.1'), 'decide')).toEqual(
      named('分管综合人事副局长', '机关纪委书记', '派驻纪检监察组组长'),
    );
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
