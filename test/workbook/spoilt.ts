import type { Workbook } from './desk.ts';

/** Workbooks that are wrong: with what, and the whole line that says so: sheet, row, column, and what to type instead. */
export const spoilt: [string, (book: Workbook) => void, string][] = [
  ['a sheet is missing', (book) => book.sheets.splice(3, 1), '任务:缺少这张工作表;没有内容也请保留表头'],
  [
    'a sheet of another name',
    (book) => {
      book.sheets.push({ name: '任务表', rows: [['编号']], cells: new Map() } as never);
    },
    '任务表:不认识的工作表;应为方案、类项、任务、常态工作、指标、成果、科室、人员、群、日历,自用的表请删去后再导入',
  ],
  [
    'a hidden sheet',
    (book) => {
      book.sheet('人员').hidden = true;
    },
    '人员:工作表被隐藏,请取消隐藏后再导入',
  ],
  [
    'merged cells',
    (book) => {
      book.sheet('任务').merges = [{ startRow: 3, startCol: 3, endRow: 5, endCol: 3 }];
    },
    '任务 第4行 D列:有合并单元格,请取消合并后逐行填写',
  ],
  [
    'a date that isn’t one',
    (book) => book.set('任务', '1.1.1', '完成时限', '年底前'),
    '任务 第2行 G列(完成时限):「年底前」不是日期,请按 2026-12-31 填写,暂不确定填待明确',
  ],
  [
    'a date in full-width digits',
    (book) => book.set('任务', '1.1.1', '完成时限', '２０２６－０６－３０'),
    '任务 第2行 G列(完成时限):「２０２６－０６－３０」不是日期,如是这一天请填 2026-06-30',
  ],
  [
    'a month’s end in words',
    (book) => book.set('任务', '1.1.1', '完成时限', '2026年6月底'),
    '任务 第2行 G列(完成时限):「2026年6月底」不是日期,如是这一天请填 2026-06-30',
  ],
  [
    'a date as its bare number',
    (book) => book.set('任务', '1.1.1', '完成时限', 46387),
    '任务 第2行 G列(完成时限):「46387」不是日期,如是这一天请填 2026-12-31',
  ],
  [
    'a thirteenth month',
    (book) => book.set('任务', '1.1.1', '完成时限', '2026-13-01'),
    '任务 第2行 G列(完成时限):没有「2026-13-01」这一天',
  ],
  [
    'a thirtieth of February',
    (book) => book.set('任务', '1.1.1', '完成时限', '2026-02-30'),
    '任务 第2行 G列(完成时限):没有「2026-02-30」这一天',
  ],
  [
    'a deadline with a time of day',
    (book) => book.set('任务', '1.1.1', '完成时限', new Date('2026-06-30T09:30:00Z')),
    '任务 第2行 G列(完成时限):带有时刻,只填日期即可',
  ],
  [
    'a deadline outside of the plan',
    (book) => book.set('任务', '1.1.1', '完成时限', '2027-01-31'),
    '任务 第2行 G列(完成时限):不在方案起止日期之内(2026-01-01至2026-12-31)',
  ],
  [
    'full-width digits in a code',
    (book) => book.set('任务', '1.1.2', '编号', '\uff11.1.2'),
    '任务 第3行 B列(编号):含全角字符,应为半角:1.1.2',
  ],
  [
    'full-width digits in a target',
    (book) => book.set('指标', '1.1.1/3', '目标', '\uff11\uff12'),
    '指标 第4行 G列(目标):含全角数字,应为半角:12',
  ],
  [
    'a code as a number',
    (book) => book.set('类项', '1.1', '编号', 1.1),
    '类项 第3行 A列(编号):是数字格式,请把单元格设为文本再填(如 3.2),否则 1.10 会变成 1.1',
  ],
  [
    'the same code twice',
    (book) => book.set('任务', '1.1.2', '编号', '1.1.1'),
    '任务 第3行 B列(编号):「1.1.1」与第2行重复',
  ],
  [
    'the same serial twice',
    (book) => book.set('任务', '1.1.2', '序号', 1),
    '任务 第3行 A列(序号):序号 1 与 1.1.1 重复',
  ],
  [
    'a task of no measure',
    (book) => book.set('任务', '1.1.2', '编号', '9.9.9'),
    '任务 第3行 B列(编号):「类项」表里没有项 9.9',
  ],
  [
    'an unknown section',
    (book) => book.set('任务', '1.1.1', '责任科室', '安管科'),
    '任务 第2行 E列(责任科室):「科室」表里没有「安管科」',
  ],
  [
    'an unknown leader',
    (book) => book.set('任务', '1.1.1', '责任领导', '王副局长'),
    '任务 第2行 D列(责任领导):「人员」表里没有「王副局长」',
  ],
  [
    'a section by another name that it goes by',
    (book) => book.set('任务', '1.1.1', '责任科室', '党建办'),
    '任务 第2行 E列(责任科室):「科室」表里没有「党建办」,如指「机关党委」请填名称',
  ],
  [
    'a leader by the way he is addressed',
    (book) => {
      book.set('人员', '分管党建副局长', '称呼', '王局长');
      book.set('任务', '1.1.1', '责任领导', '王局长');
    },
    '任务 第2行 D列(责任领导):「人员」表里没有「王局长」,如指「分管党建副局长」请填姓名',
  ],
  [
    'a leader who is none',
    (book) => book.set('任务', '1.1.1', '责任领导', '财务科科长'),
    '任务 第2行 D列(责任领导):「财务科科长」的角色不是书记或班子成员',
  ],
  [
    'a formula',
    (book) =>
      book.put('任务', 1, 6, {
        type: 'formula',
        formula: 'TODAY()',
        formulaResult: new Date('2026-06-30T00:00:00Z'),
      }),
    '任务 第2行 G列(完成时限):是公式,请粘贴为数值',
  ],
  [
    'a missing header',
    (book) => book.sheet('任务').rows.forEach((row) => void row.splice(6, 1)),
    '任务 第1行:缺少表头「完成时限」',
  ],
  [
    'a header renamed',
    (book) => {
      (book.sheet('任务').rows[0] ?? [])[6] = '完成日期';
    },
    '任务 第1行 G列:不认识的表头「完成日期」',
  ],
  [
    'no header at all',
    (book) => void book.sheet('科室').rows.shift(),
    '科室 第1行:第一行应为表头:代码、名称、类别、别名、排序、停用',
  ],
  [
    'words under no header',
    (book) => {
      (book.sheet('科室').rows[4] ?? [])[7] = '待核';
    },
    '科室 第1行 H列:这一列没有表头,但第5行有内容',
  ],
  [
    'a percentage',
    (book) =>
      book.put('指标', book.at('指标', '2.2.1/2', '目标').row, 6, {
        value: 0.7,
        type: 'number',
        style: { numFmt: '0%' },
      }),
    '(目标):是百分数格式,请设为常规格式并直接填数,70% 填 70',
  ],
  ['a percent sign', (book) => book.set('指标', '2.2.1/2', '目标', '70%'), '(目标):不带百分号,70% 填 70'],
  [
    'half of a thing',
    (book) => book.set('指标', '4.3.2/2', '目标', 2.5),
    '(目标):单位「次」只能是整数;按比例或金额计的请改单位',
  ],
  [
    'a negative target',
    (book) => book.set('指标', '1.1.1/1', '目标', -1),
    '指标 第2行 G列(目标):「-1」超出范围,应在0到1000000000000之间',
  ],
  ['a range upside down', (book) => book.set('指标', '4.1.2/1', '目标', 3), '(目标上限):上限应大于下限 3'],
  [
    'a range without an end',
    (book) => book.set('指标', '4.1.2/1', '目标上限', null),
    '(目标上限):区间须填上限',
  ],
  [
    'a ratio without a numerator',
    (book) => book.set('指标', '3.2.1/1', '分子', null),
    '(分子):占比须写明分子',
  ],
  [
    'ratios that are each other’s denominator',
    (book) => {
      book.set('指标', '3.2.1/1', '分母取自', '3.2.2/2');
      book.set('指标', '3.2.2/2', '分母取自', '3.2.1/1');
    },
    '(分母取自):分母绕回了自己',
  ],
  [
    'an indicator of no task',
    (book) => book.set('指标', '1.1.1/1', '编号', '9.9.9/1'),
    '指标 第2行 A列(编号):没有任务 9.9.9,或已停用',
  ],
  [
    'two indicators of one name',
    (book) => book.set('指标', '4.3.2/2', '指标', '预案'),
    '(指标):与 4.3.2/1 同名,请加以区别',
  ],
  [
    'an unknown clock',
    (book) => book.set('任务', '1.1.1', '周期', '每旬'),
    '任务 第2行 I列(周期):没有「每旬」这个选项,可填:每周、每月、每季度、每半年、全年、一次、逢销号',
  ],
  [
    'two chiefs',
    (book) => book.set('人员', '安全管理科内勤', '角色', '科室负责人'),
    '人员 第29行 E列(角色):安全管理科的科室负责人已是「安全管理科科长」,只能有一人',
  ],
  [
    'an unknown role',
    (book) => book.set('人员', '党组书记', '角色', '书记、组长'),
    '人员 第2行 E列(角色):没有「组长」这个选项,可填:书记、班子成员、科室负责人、内勤、整改办、纪检、管理员',
  ],
  [
    'one account for two people',
    (book) => book.set('人员', '分管党建副局长', '企业微信账号', 'ldr_shuji'),
    '人员 第3行 G列(企业微信账号):账号与「党组书记」的相同',
  ],
  [
    'an account as a number',
    (book) => book.set('人员', '党组书记', '企业微信账号', 7),
    '人员 第2行 G列(企业微信账号):是数字格式,请把单元格设为文本再填,否则开头的 0 会丢',
  ],
  [
    'a section out of use with people in it',
    (book) => book.set('科室', 'caiwu', '停用', '是'),
    '(科室):「财务科」已停用',
  ],
  [
    'another platform',
    (book) => book.set('群', 'leaders', '平台', '飞书'),
    '群 第2行 C列(平台):没有「飞书」这个选项,可填:企业微信、钉钉',
  ],
  [
    'the same chat twice',
    (book) => book.set('群', 'office', '会话ID', 'wrSampleLeaders0001'),
    '群 第3行 D列(会话ID):会话ID与群 leaders 的相同',
  ],
  [
    'a group of a section without one',
    (book) => book.set('群', 'dangwei', '科室', null),
    '(科室):科室群须填科室',
  ],
  [
    'a push address elsewhere',
    (book) =>
      book.set('群', 'leaders', '推送地址', 'https://qyapi.weixin.qq.com.evil.example/send?key=tell-tale'),
    '群 第2行 G列(推送地址):应以 https://qyapi.weixin.qq.com 开头,请核对平台和地址',
  ],
  [
    'a push address on another port',
    (book) => book.set('群', 'leaders', '推送地址', 'https://qyapi.weixin.qq.com:8443/send?key=tell-tale'),
    '(推送地址):应以 https://qyapi.weixin.qq.com 开头,请核对平台和地址',
  ],
  [
    'a cell as long as a book',
    (book) => book.set('任务', '1.1.1', '量化标准', '长'.repeat(30_000)),
    '任务 第2行 K列(量化标准):有30000字,最多2000字',
  ],
  ['a title of nothing', (book) => book.set('任务', '1.1.1', '任务', '  '), '任务 第2行 C列(任务):没有填写'],
  [
    'marks that hide what is written',
    (book) => book.set('任务', '1.1.1', '任务', '学习\u202e研讨'),
    '任务 第2行 C列(任务):含看不见的控制字符,请重新键入',
  ],
  [
    'a plan that ends before it begins',
    (book) => book.set('方案', '截止日期', '内容', '2025-12-31'),
    '方案 第7行 B列(截止日期):截止日期应晚于起始日期',
  ],
  [
    'another plan’s code',
    (book) => book.set('方案', '方案代码', '内容', 'qita-2026'),
    '方案 第2行 B列(方案代码):台账里的方案代码是 mzshh-2025,不能改成别的',
  ],
  [
    'the plan of another year',
    (book) => {
      book.set('方案', '方案代码', '内容', 'mzshh-2026');
      book.set('方案', '年度', '内容', 2027);
    },
    '不能改成别的;新年度的方案请另建台账导入,做法见 README「下一年」,本台账留存备查',
  ],
  [
    'a setting that nobody knows',
    (book) => {
      (book.sheet('方案').rows[3] ?? [])[0] = '单位名称';
    },
    '方案 第4行 A列:不认识的项目「单位名称」',
  ],
  [
    'pushes at night',
    (book) => book.set('方案', '推送时刻', '内容', '21:30'),
    '方案 第25行 B列(推送时刻):应在推送开始和截止之间',
  ],
];
