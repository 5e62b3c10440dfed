import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Understood, VocabularyTask } from '../../../src/chat/intent.ts';
import { project, understand } from '../../../src/chat/parse.ts';
import { chiefOf, sceneOf, vocabulary } from './scene.ts';

const people = fc.constantFrom(...vocabulary.people.map(({ name }) => name));

/** Pieces of what people write, good for building sense and nonsense. */
const words = `4.3.2 4.3 9.9.9 G4 第28项 #17 18号 四(三)2 这项 演练 隐患 督查 责任书 意见 风险点 承诺书
  +1 12 3次 17/20 60% 两次 半天 第3次 2→3次 0.6万个 8.6万元 〔2026〕12号 120余项 -2 累计 共 已 新增 又 本月 一季度 今年以来
  4月9日 昨天 下周五 月底前 记入3月 其中 各 未 尚未 预计 基本 除 外 如果 还差 李科说 吗 ? 正在推进 抓紧 请 收到 谢谢 班子成员 均 书记
  查 延期 至 挂牌 退回 同意 不同意 确认 撤回 更正 应为 佐证: 通报 调度会 代安全科 ( ) “ ” 「 」 、 , 。 ; : ① 👍 [强] @督办 #接龙 >`;
const pieces = fc.constantFrom(...words.split(/\s+/), '\n', ' ', '1. ', '> ');
const completions =
  '完成 办结 销号 落实 到位 办完 已办 搞定 搞完 弄好 整改 解决 坚持申请 结束 清零 做完 办好 处理 办理'.split(
    ' ',
  );
const nonsense = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 24 })
  .map((parts) => parts.join(''));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  nonsense,
);

const actsOf = (understood: Understood[]) => understood.flatMap((each) => ('act' in each ? [each.act] : []));

describe('whatever is said', () => {
  test('is understood as something, and the same every time', () => {
    fc.assert(
      fc.property(anything, anything, people, (text, quote, by) => {
        const scene = sceneOf(by, { quote });
        const understood = understand(text, scene, vocabulary);
        expect(understood.length).toBeGreaterThan(0);
        expect(understand(text, scene, vocabulary)).toEqual(understood);
      }),
      { numRuns: 3_000 },
    );
  });

  test('asks for a close-out only with a word that says so', () => {
    const silent = nonsense.filter((text) => !completions.some((word) => text.includes(word)));
    fc.assert(
      fc.property(silent, people, (text, by) => {
        expect(actsOf(understand(text, sceneOf(by, { last: '4.3.2' }), vocabulary))).not.toContain('submit');
      }),
      { numRuns: 3_000 },
    );
  });

  test('writes only to tasks that its words justify', () => {
    fc.assert(
      fc.property(nonsense, people, fc.constantFrom(undefined, '4.3.2', '3.2.1'), (text, by, last) => {
        const scene = sceneOf(by, last === undefined ? {} : { last });
        const written = understand(text, scene, vocabulary).flatMap((each) =>
          'act' in each &&
          each.act !== 'silent' &&
          ['progress', 'note', 'submit', 'extend', 'correct'].includes(each.act)
            ? [each]
            : [],
        );
        for (const { task, lately } of written) {
          const named = vocabulary.tasks.find(({ code }) => code === task);
          // 改成10 puts right what was recorded just now.
          if (lately !== undefined && task === last) continue;
          expect(named && isJustified(named, text, last), `${task} in ${JSON.stringify(text)}`).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

/** A coarse reading of the same right: its code, its serial, a name of its own, or a pointing word and the last task. */
function isJustified(task: VocabularyTask, text: string, last: string | undefined): boolean {
  const plain = text.normalize('NFKC').replace(/[·。]/g, '.').replace(/\s/g, '');
  const [, a, b, c] = /^(\d)\.(\d)\.(\d)$/.exec(task.code) ?? [];
  const han = '零一二三四五六七八九';
  const codes = [task.code, `${a}-${b}-${c}`, `${han[Number(a)]}(${han[Number(b)]})${c}`, `${a}.${b}`];
  const serials = task.serial === null ? [] : [`${task.serial}`];
  const names = task.indicators.flatMap(({ label, aliases, ratio }) => [
    label,
    ...aliases,
    ...(ratio?.numeratorAliases ?? []),
    ...(ratio?.denominatorAliases ?? []),
  ]);
  const grams = [task.title, ...task.indicators.map(({ label }) => label)].flatMap((title) =>
    [...title].map((_, at) => title.slice(at, at + 4)),
  );
  const forms = [...codes, ...serials, ...names, ...grams.filter((gram) => gram.length === 4)];
  if (forms.some((form) => plain.toLowerCase().includes(form.toLowerCase()))) return true;
  // 再加一次 at the head of a line.
  const isOnceMore = /^[\s>1.、]*(?:@督办)?\s*[再又]/mu.test(text);
  return task.code === last && (/[这该此本那上]|[记计]入|[记算]到|算入|归入/.test(plain) || isOnceMore);
}

const done = [
  '4.3.2 已完成',
  '4.3.2已整改到位,申请销号',
  '申请销号 4.3.2',
  '完成 4.3.2',
  '3.2.1搞完了',
  '第18项已办结',
  '3.2.1 全部办完',
  '1.1.2、5.1.1均已办结',
  '精文减会那项已落实',
  '18号已落实',
  '5.2.1已全面完成',
];
const guards = [
  '未',
  '尚未',
  '没有',
  '预计',
  '拟',
  '力争',
  '争取',
  '基本',
  '大部分',
  '部分',
  '除一所外',
  '如果',
  '还没',
];

describe('a completion', () => {
  test.each(done)('%j asks for the close-out', (text) => {
    expect(actsOf(understand(text, sceneOf(chiefOf('局办公室')), vocabulary))).toContain('submit');
  });

  test.each(done)('%j with a guard anywhere in it asks for none', (text) => {
    const characters = [...text];
    for (const guard of guards) {
      for (let at = 0; at <= characters.length; at += 1) {
        // Inside a code it would only spoil the code.
        if (/[\d.]/.test(characters[at - 1] ?? '') && /[\d.]/.test(characters[at] ?? '')) continue;
        const guarded = [...characters.slice(0, at), guard, ...characters.slice(at)].join('');
        const understood = understand(guarded, sceneOf(chiefOf('局办公室')), vocabulary);
        expect(actsOf(understood), guarded).not.toContain('submit');
      }
    }
  });
});

const written = [
  '4.3.2 隐患+12,演练+1',
  '责任书已签17/20家',
  '4.3.2 累计演练3次;4.3.1 本月排查1次',
  '延期 4.3.2 至11-30 因设备未到',
  '实事累计12件(教育9件)',
  '4.3.2 预计12月底前完成',
  '不是12处,是10处',
];
const wide = (text: string) =>
  text.replace(/[!-~]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
const variants: Record<string, (text: string) => string> = {
  'two blanks for one': (text) => text.replace(/ /g, '  '),
  'blanks around it': (text) => `  ${text}\n\n`,
  'full width': (text) => wide(text).replace(/ /g, '\u3000'),
  'the bot named at the end': (text) => `${text} @督办`,
  'the bot named in front': (text) => `@督办\u2005${text}`,
  'invisible characters': (text) => [...text].join('\u200b'),
  'other commas': (text) => text.replace(/,/g, ',').replace(/;/g, ';'),
  'a face behind it': (text) => `${text}[抱拳]👍`,
};

describe('the same words', () => {
  test.each(Object.entries(variants))('with %s mean the same', (_, vary) => {
    const shown = (text: string) =>
      understand(text, sceneOf(chiefOf('安全管理科'), { last: '4.3.2' }), vocabulary)
        .map(project)
        .map(({ note: _note, ...rest }) => rest);
    for (const text of written) expect(shown(vary(text)), text).toEqual(shown(text));
  });
});
