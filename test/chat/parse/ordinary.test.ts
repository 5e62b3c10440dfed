import { describe, expect, test } from 'vitest';
import type { VocabularyIndicator, VocabularyTask } from '../../../src/chat/intent.ts';
import { understand } from '../../../src/chat/parse.ts';
import { isPaper } from '../../../src/ledger/rules/indicator.ts';
import { hear } from './plan.ts';
import { chiefOf, sceneOf, vocabulary } from './scene.ts';

/** Whoever would report it: the leader of what is counted by persons, else the section's chief. */
const reporter = ({ section, leader }: VocabularyTask, { subject }: VocabularyIndicator): string => {
  if (subject === 'person') return leader ?? '';
  return chiefOf(vocabulary.sections.find(({ code }) => code === section)?.name ?? '');
};

const counted = vocabulary.tasks.flatMap((task) =>
  task.indicators
    .filter((each) => !isPaper(each) && each.ratio === null && each.kind !== 'limit' && task.measure !== null)
    // Its name is a command's word too.
    .filter(({ label }) => label !== '挂牌督办')
    .map((indicator) => ({ task, indicator, by: reporter(task, indicator) })),
);

/** C is the task's code, X the indicator's name, u its unit. */
const forms: Record<string, string> = {
  'C X+3': '+3',
  'CX+3u': '+3',
  'C X新增3u': '+3',
  'C,X又增加3u': '+3',
  C累计X3u: '=3',
  CX累计3u: '=3',
  'C X已达3u': '=3',
  'C 截至目前,X共3u': '=3',
  '截至4月10日,C已有X3u': '=3',
  C今年以来X累计3u: '=3',
  'C X由2u增至5u': '=5',
  'C X从2u变成5u': '=5',
  'C,X又增加3u,累计8u': '=8',
};

const inForm = (form: string, { code }: VocabularyTask, { label, unit }: VocabularyIndicator): string =>
  form.replace('C', code).replace('X', label).replaceAll('u', unit);

describe.each(Object.entries(forms))('%s', (form, wanted) => {
  test('says the same of every indicator of the plan that is counted', () => {
    const heard = counted.map(({ task, indicator, by }) => {
      const text = inForm(form, task, indicator);
      const [only, ...more] = understand(text, sceneOf(by), vocabulary);
      if (!only || !('act' in only) || only.act !== 'progress' || more.length > 0) return text;
      return `${text}: ${only.indicator} ${only.op === 'add' ? '+' : '='}${only.value}`;
    });
    const right = counted.map(
      ({ task, indicator }) => `${inForm(form, task, indicator)}: ${indicator.code} ${wanted}`,
    );
    expect(heard).toEqual(right);
  });
});

/** X is what is counted, by 次: wishes, duties, plans, denials, doubts, others' figures and other measures. */
const none = `X1次还在准备 X1次因故没搞成 X1次被取消了 X1次改期 X1次，未按期开展 X1次，方案已报批 X1次的方案已定
  X1次的通知已发 X1次的安排已经下发 打算再X2次 想再搞1次X X还得再搞3次 X要搞够6次 X6次这个目标能完成
  按要求X6次 全年X6次 全年任务X6次 X任务6次 X应开展6次 X需完成6次 X至少6次 X不少于6次 X还有3次没做
  X缺3次 X只差1次 X1次都没搞 X一次也没开展 X没到3次 X没有3次那么多 不可能X3次 X3次是去年的 去年X3次
  上年度X5次 2025年X5次 去年同期X2次 比去年多X2次 同比增加2次X 听说X3次了 一中说X了2次
  书记要求X3次 李局说要X3次 会议要求本月X2次 上级要求X每学期2次 方案规定X4次 每月X1次 每季度X1次
  X每次200人 每所学校X2次 如果X3次就达标 只要再X1次就够 除非X3次 等X2次后再报 待X2次完成后申请
  X3次？ X是3次吗 X3次对不对 X有没有3次 是不是X3次了 X几次了，3次？ 能不能X3次 为什么X才3次
  怎么X只有1次 建议X3次 申请X3次 请X3次 请务必X3次 抓紧X3次 下周X1次 下月X1次 6月X1次
  暑假前X1次 今年要X6次 今年计划X6次 后续X3次 接下来X3次 剩余X3次 X3次，纯属口误 X3次这个数不对
  X3次报错了 X3次不算 X3次作废 X3次待核实 X3次，数据存疑 X3次左右 X大概3次 X约3次 X可能3次
  X3次吧 X好像3次 X三四次 X近3次 X超3次 X不到3次 X快3次了 迎接省X1次 被市里X1次 接受X1次
  省厅来X1次 配合消防X1次 陪同X1次 X通报1份 X方案1个 X组3个 X人员12人 X经费3万元 X3小时 X3天
  X3所学校 X视频3个 X参与1200人 X用时3分20秒 X照片6张 兄弟县X3次 外市X2次 隔壁科室X1次
  转发：X3次 附件3X表 第3季度X X第二组 3号楼X 12号X X3.2万平方米 见市安委〔2026〕3号X通知`;

const some = [
  { by: '安全管理科科长', code: '4.3.2', name: '督查', unit: '次' },
  { by: '机关党委专职副书记', code: '6.1.2', name: '讲堂', unit: '期' },
  { by: '发展规划科科长', code: '4.2.2', name: '学位', unit: '个' },
  { by: '人事科科长', code: '5.3.1', name: '谈心谈话', unit: '人次' },
  { by: '机关党委专职副书记', code: '5.1.1', name: '责任书', unit: '家' },
  { by: '分管体育副局长', code: '2.1.3', name: '党课', unit: '次' },
];

describe.each(some)('of $code $name', ({ by, code, name, unit }) => {
  test.each(none.split(/\s+/))('%s is no figure', (words) => {
    const text = `${code} ${words.replaceAll('X', name).replaceAll('次', unit)}`;
    expect(hear(by, text)).toMatch(/^(?:note|show|\?)/);
  });
});
