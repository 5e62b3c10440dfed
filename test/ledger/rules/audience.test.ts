import { describe, expect, it } from 'vitest';
import {
  confirmsFor,
  inSteadOf,
  maySee,
  maySeeFigure,
  mayShow,
  type Owner,
  type Place,
  reportsAs,
  type Sight,
  showsIn,
  showsTo,
  type Viewer,
} from '../../../src/ledger/rules/audience.ts';
import type { Level } from '../../../src/ledger/terms.ts';
import { everyone, members, person, sectionId, task } from './plan.ts';

const places: Place[] = ['single', 'leaders', 'office', 'system', 'section'];
const groups = ['leaders', 'office', 'system', 'section'] as const;

/** 5.2.2 is restricted: led by the leader for general affairs, done by the bureau's office with 机关纪委. */
const owner = task('5.2.2');
const outsider = person('人事科科长');

const seen = (level: Level, viewer: Viewer, of: Owner = owner): Sight[] =>
  places.map((place) => maySee(level, of, viewer, place));

describe('an open matter, and one of the whole system,', () => {
  it('is everyone’s to see, anywhere the plan’s people are', () => {
    for (const viewer of everyone) {
      expect(seen('open', viewer)).toEqual(Array(5).fill('yes'));
      expect(seen('system', viewer)).toEqual(Array(5).fill('yes'));
    }
  });
});

describe('a restricted matter', () => {
  const right = ['yes', 'private', 'yes', 'private', 'private'];
  const none = ['no', 'no', 'no', 'no', 'no'];

  it('is seen one to one and in the office group by just those it concerns', () => {
    const allowed = everyone.filter((viewer) => seen('office', viewer).includes('yes'));
    expect(allowed).toEqual(
      [
        ...['党组书记', '分管综合人事副局长', '局办公室主任', '机关纪委书记', '局办公室内勤'],
        ...['整改办主任', '整改办工作人员', '派驻纪检监察组组长'],
      ].map(person),
    );
    for (const viewer of allowed) expect(seen('office', viewer)).toEqual(right);
  });

  it('doesn’t exist for anybody else', () => {
    const others = ['分管党建副局长', '人事科科长', '安全管理科内勤', '信息中心管理员'].map(person);
    for (const viewer of others) expect(seen('office', viewer)).toEqual(none);
  });

  it('is not a chief’s for sitting in a section that only shares another task', () => {
    expect(seen('office', person('机关纪委书记'), task('5.3.1'))).toEqual(right);
    const chief: Viewer = { ...person('机关纪委书记'), roles: ['chief'] };
    expect(seen('office', chief)).toEqual(right);
    expect(seen('office', chief, task('5.3.1'))).toEqual(none);
  });

  it('is not a person’s who merely belongs to the section', () => {
    expect(seen('office', { id: 99, roles: [], sectionId: sectionId('bangongshi') })).toEqual(none);
    expect(seen('office', { id: 99, roles: ['admin'], sectionId: sectionId('jiwei') })).toEqual(none);
  });

  it('whose leader and section are still open is nobody’s by chance', () => {
    const unclear = { sectionId: null, coSectionIds: [], leaderId: null };
    expect(seen('office', outsider, unclear)).toEqual(none);
    expect(seen('office', person('整改办主任'), unclear)).toEqual(right);
  });
});

describe('a person’s own matter', () => {
  const own = task('2.1.2');

  it('is each leader’s, one to one', () => {
    for (const id of members) {
      const viewer = everyone[id] as Viewer;
      expect(seen('self', viewer, own)).toEqual(['yes', 'private', 'private', 'private', 'private']);
    }
  });

  it('is a number of done and not done for the office', () => {
    expect(seen('self', person('整改办主任'), own)).toEqual([
      'count',
      'private',
      'count',
      'private',
      'private',
    ]);
  });

  it('doesn’t exist for anybody else, the section that keeps it included', () => {
    for (const name of ['机关党委专职副书记', '机关党委内勤', '派驻纪检监察组组长', '信息中心管理员']) {
      expect(seen('self', person(name), own)).toEqual(Array(5).fill('no'));
    }
  });
});

it('a level nobody has heard of hides everything', () => {
  for (const viewer of everyone) {
    for (const place of places) {
      expect(maySee(JSON.parse('"secret"'), owner, viewer, place)).toBe('no');
    }
  }
});

describe('a leader’s own figure', () => {
  const [safety, general] = [person('分管安全规划副局长'), person('分管综合人事副局长')];
  const figure = (level: Level, viewer: Viewer, of: Owner = owner): Sight[] =>
    places.map((place) => maySeeFigure(safety.id, level, of, viewer, place));
  const single = ['yes', 'private', 'private', 'private', 'private'];

  it('goes to himself, the secretary and the office, one to one', () => {
    for (const viewer of [safety, person('党组书记'), person('整改办工作人员')]) {
      expect(figure('office', viewer)).toEqual(single);
      expect(figure('system', viewer)).toEqual(single);
    }
  });

  it('is 已齐 or 推进中 for those who may see the indicator', () => {
    expect(figure('office', general)).toEqual(['count', 'private', 'count', 'private', 'private']);
    expect(figure('system', outsider)).toEqual(Array(5).fill('count'));
    expect(figure('office', outsider)).toEqual(Array(5).fill('no'));
  });

  it('that is his alone goes to nobody else, and is counted for the office', () => {
    expect(figure('self', safety)).toEqual(single);
    expect(figure('self', person('党组书记'))).toEqual(Array(5).fill('no'));
    expect(figure('self', general)).toEqual(Array(5).fill('no'));
    expect(figure('self', person('整改办主任'))).toEqual(['count', 'private', 'count', 'private', 'private']);
  });
});

describe('a group unasked', () => {
  it.each([
    ['open', [true, true, true, true]],
    ['system', [true, true, true, true]],
    ['office', [false, true, false, false]],
    ['self', [false, false, false, false]],
  ] as const)('is shown what is %s: leaders, office, system, section → %j', (level, shown) => {
    expect(groups.map((audience) => mayShow(level, audience))).toEqual(shown);
  });
});

describe('what a light, a count or a completion may follow from', () => {
  const levels = ['open', 'system', 'office', 'self'] as const;

  it('is for a group what it may be shown unasked', () => {
    for (const audience of groups) {
      expect(levels.map((level) => showsIn(audience)(level, owner))).toEqual(
        levels.map((level) => mayShow(level, audience)),
      );
    }
  });

  it.each([
    ['整改办主任', 'single', [true, true, true, true]],
    ['整改办主任', 'leaders', [true, true, false, false]],
    ['人事科科长', 'single', [true, true, false, false]],
    ['党组书记', 'single', [true, true, true, true]],
    ['党组书记', 'office', [true, true, true, false]],
  ] as const)('is for %s in %s what may be known there of being done or not', (name, place, shown) => {
    expect(levels.map((level) => showsTo(person(name), place)(level, owner))).toEqual(shown);
  });
});

describe('who stands in for somebody', () => {
  const drills = task('4.3.2');
  const [chief, leader, clerk] = ['安全管理科科长', '分管安全规划副局长', '安全管理科内勤'].map(person) as [
    Viewer,
    Viewer,
    Viewer,
  ];
  const instead = (viewer: Viewer, ...principals: Viewer[]): Viewer => ({
    ...viewer,
    standsInFor: principals,
  });
  const elsewhere = person('财务科科长');

  it('sees and reports what that person may', () => {
    expect(seen('office', outsider, drills)).toEqual(Array(5).fill('no'));
    expect(seen('office', instead(outsider, chief), drills)[0]).toBe('yes');
    expect(seen('office', instead(outsider, leader), drills)[0]).toBe('yes');
    expect(reportsAs(drills, instead(outsider, chief))).toBe('chief');
    expect(reportsAs(drills, instead(outsider, leader))).toBe('leader');
    expect(reportsAs(drills, instead(outsider, elsewhere))).toBeNull();
  });

  it('reports in his own right first, and as leader before chief', () => {
    const both: Viewer = { ...chief, id: leader.id };
    expect(reportsAs(drills, both)).toBe('leader');
    expect(inSteadOf(drills, instead(leader, chief))).toBeUndefined();
    expect(inSteadOf(drills, instead(chief, leader))).toBeUndefined();
    expect(inSteadOf(drills, outsider)).toBeUndefined();
  });

  it('acts in the stead of the chief or the leader, never of a clerk or of somebody else’s chief', () => {
    expect(inSteadOf(drills, instead(outsider, elsewhere, chief))).toBe(chief);
    expect(inSteadOf(drills, instead(outsider, elsewhere, leader))).toBe(leader);
    expect(inSteadOf(drills, instead(clerk, chief))).toBe(chief);
    expect(inSteadOf(drills, instead(elsewhere, chief))).toBe(chief);
    expect(inSteadOf(drills, instead(outsider, clerk))).toBeUndefined();
    expect(inSteadOf(drills, instead(outsider, elsewhere))).toBeUndefined();
  });

  it('confirms the figures of that chief’s clerks besides his own’s', () => {
    expect(confirmsFor(chief)).toEqual([chief.sectionId]);
    expect(confirmsFor(clerk)).toEqual([]);
    expect(confirmsFor(instead(elsewhere, chief, clerk))).toEqual([elsewhere.sectionId, chief.sectionId]);
  });
});

describe('a task is reported on', () => {
  const drills = task('4.3.2');

  it.each([
    ['安全管理科科长', 'chief'],
    ['体育卫生与艺术教育科科长', 'chief'],
    ['市第一中学校长', 'chief'],
    ['安全管理科内勤', 'staff'],
    ['分管安全规划副局长', 'leader'],
    ['整改办工作人员', 'office'],
    ['党组书记', null],
    ['分管体育副局长', null],
    ['人事科科长', null],
    ['局办公室内勤', null],
    ['机关纪委书记', null],
    ['信息中心管理员', null],
  ])('by %s as %s', (name, as) => {
    expect(reportsAs(drills, person(name))).toBe(as);
  });

  it('by every leader as himself where each has a figure of his own', () => {
    const visits = task('3.1.1');
    for (const id of members) expect(reportsAs(visits, everyone[id] as Viewer, 'person')).toBe('person');
    expect(reportsAs(visits, person('分管体育副局长'), 'unclear')).toBeNull();
    expect(reportsAs(visits, person('分管综合人事副局长'), 'unclear')).toBe('leader');
    expect(reportsAs(visits, person('局办公室内勤'), 'person')).toBe('staff');
  });

  it('by the office on behalf of the section, also where it sits in it', () => {
    expect(reportsAs(task('3.1.1'), person('整改办工作人员'))).toBe('office');
  });

  it('as chief by whoever is both chief and clerk', () => {
    const both: Viewer = { ...person('安全管理科内勤'), roles: ['staff', 'chief'] };
    expect(reportsAs(drills, both)).toBe('chief');
  });
});
