import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/ledger/rules/audience.ts';
import { judge, stepsLeft, type TaskInHand } from '../../../src/ledger/rules/task.ts';
import type { Role } from '../../../src/ledger/terms.ts';
import { chain, inHand, refused, whoMay } from './hand.ts';
import { codes, everyone, person } from './plan.ts';

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

  it('and where nobody leads the office goes on, also when somebody does again by the time that it has', () => {
    const asked = { ...inHand('4.3.2', 'submitted', [['request', '安全管理科科长']]), leaderId: null };
    expect(stepsLeft(asked)).toEqual(['verify', 'approve']);
    expect(whoMay(asked, 'agree')).toContainEqual(person('整改办主任'));
    const verified = inHand('4.3.2', 'submitted', [
      ['request', '安全管理科科长'],
      ['verify', '整改办主任'],
    ]);
    expect(stepsLeft(verified)).toEqual(['approve']);
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
