import { describe, expect, test } from 'vitest';
import { heldAs } from '../../../src/chat/parse/planCommands.ts';
import { understand } from '../../../src/chat/parse.ts';
import { sceneOf, vocabulary } from './scene.ts';

const read = (text: string) => understand(text, sceneOf('整改办主任'), vocabulary);

/** Whole: whatever a form carries, and nothing else. */
describe('a form of the office is read as', () => {
  test.each([
    ['帮助', { act: 'help', about: '' }],
    ['帮助 延期', { act: 'help', about: '延期' }],
    ['help', { act: 'help', about: '' }],
    ['记录 方案', { act: 'history', about: '方案' }],
    ['方案记录', { act: 'history', about: '方案' }],
    ['取消', { act: 'unknown', about: '撤回' }],
    ['删掉吧', { act: 'unknown', about: '撤回' }],
    ['删除了。', { act: 'unknown', about: '撤回' }],
    ['删了', { act: 'unknown', about: '撤回' }],
    ['不算了吧', { act: 'unknown', about: '撤回' }],
    ['停用 李敏', { act: 'disable', person: '李敏' }],
    ['停用李敏', { act: 'disable', person: '李敏' }],
    ['启用 李敏', { act: 'enable', person: '李敏' }],
    ['新增人员 李敏 财务科 副科长', { act: 'enlist', person: '李敏', section: 'caiwu', about: '副科长' }],
    [
      '新增人员 李敏 财务科 副科长 角色 内勤',
      { act: 'enlist', person: '李敏', section: 'caiwu', about: '副科长', note: '内勤' },
    ],
    ['新增人员 李敏 园林科 副科长', { act: 'unknown', about: '新增人员' }],
    ['新增人员 李敏 财务科', { act: 'unknown', about: '新增人员' }],
    ['称呼 李敏 李科长', { act: 'address', person: '李敏', about: '李科长' }],
    ['称呼李敏 李科长', { act: 'address', person: '李敏', about: '李科长' }],
    ['角色 李敏 增加 内勤', { act: 'roles', person: '李敏', about: '内勤', gives: true }],
    ['角色 李敏 取消 内勤', { act: 'roles', person: '李敏', about: '内勤', gives: false }],
    ['角色李敏增加内勤', { act: 'roles', person: '李敏', about: '内勤', gives: true }],
    ['排序 李敏 在 王强 之前', { act: 'rank', person: '李敏', other: '王强', side: 'before' }],
    ['排序 李敏 在 王强 后面', { act: 'rank', person: '李敏', other: '王强', side: 'behind' }],
    ['排序李敏在王强前', { act: 'rank', person: '李敏', other: '王强', side: 'before' }],
    ['绑定码 李敏', { act: 'invite', person: '李敏' }],
    ['绑定码7K2M9Q', { act: 'bind', about: '绑定码7K2M9Q', note: '绑定码7K2M9Q' }],
    ['登记码 科室 财务科', { act: 'invite', about: '科室', section: 'caiwu' }],
    ['登记码 领导小组', { act: 'invite', about: '领导小组' }],
    ['登记码 全系统', { act: 'invite', about: '全系统' }],
    ['登记码 领导群', { act: 'invite', about: '领导' }],
    ['登记码 科室 园林科', { act: 'unknown', about: '登记码' }],
    [
      '日历 2027-02-05 至 2027-02-11 休',
      { act: 'calendar', date: '2027-02-05', about: '休', until: '2027-02-11' },
    ],
    ['日历 2027-02-20 班', { act: 'calendar', date: '2027-02-20', about: '班' }],
    ['日历 2027-02-05 放假', { act: 'calendar', date: '2027-02-05', about: '休' }],
    ['日历 2027-02-20 上班', { act: 'calendar', date: '2027-02-20', about: '班' }],
    [
      '日历 2027-02-05到2027-02-11 调休',
      { act: 'calendar', date: '2027-02-05', about: '休', until: '2027-02-11' },
    ],
    ['日历 明天 休', { act: 'unknown', about: '日历' }],
    ['同意发出 领导小组群整改进展', { act: 'post', about: '同意', note: '领导小组群整改进展' }],
    ['同意发送', { act: 'post', about: '同意', note: '' }],
    ['不予发出 安全管理科群整改进展', { act: 'post', about: '不予', note: '安全管理科群整改进展' }],
    ['不同意发送', { act: 'post', about: '不予', note: '' }],
    ['不同意发出 数据待核', { act: 'post', about: '不予', note: '数据待核' }],
    ['封存 4.3.2 第12号 含身份证号', { act: 'seal', task: '4.3.2', entry: 12, note: '含身份证号' }],
    ['封存 【4.3.2】 #12 含身份证号', { act: 'seal', task: '4.3.2', entry: 12, note: '含身份证号' }],
    ['封存 g4 3条记录,含身份证号', { act: 'seal', task: 'G4', entry: 3, note: '含身份证号' }],
    ['封存 方案 7:含电话', { act: 'seal', task: '方案', entry: 7, note: '含电话' }],
    ['封存 4.3.2 含身份证号', { act: 'unknown', about: '封存' }],
    [
      '接单 请校门口加装减速带 财务科 5月20日前',
      {
        act: 'enter',
        about: '点单',
        note: '请校门口加装减速带 财务科 5月20日前',
        task: '2.2.1',
        sections: ['caiwu'],
        date: '2026-05-20',
      },
    ],
    [
      '接单:张家巷路灯不亮,教育类,责任科室安全科,5月20日前办结',
      {
        act: 'enter',
        about: '点单',
        note: '张家巷路灯不亮,教育类,责任科室安全科,5月20日前办结',
        task: '2.2.1',
        sections: ['anquan'],
        date: '2026-05-20',
        facet: '教育',
      },
    ],
    ['点单 食堂窗口少', { act: 'enter', about: '点单', note: '食堂窗口少', task: '2.2.1', sections: [] }],
    [
      '三重一大登记 项目采购方案 4月9日党组会',
      {
        act: 'enter',
        about: '三重一大',
        note: '项目采购方案 4月9日党组会',
        task: '3.2.1',
        sections: [],
        on: '2026-04-09',
      },
    ],
    [
      '上会登记:项目采购方案',
      { act: 'enter', about: '三重一大', note: '项目采购方案', task: '3.2.1', sections: [] },
    ],
    [
      '督查登记 4月8日查三中,发现隐患9处,安全科5月10日前整改',
      {
        act: 'enter',
        about: '督查',
        note: '4月8日查三中,发现隐患9处,安全科5月10日前整改',
        task: 'G4',
        sections: ['anquan'],
        on: '2026-04-08',
        date: '2026-05-10',
      },
    ],
    ['督查 登记 三中消防', { act: 'enter', about: '督查', note: '三中消防', task: 'G4', sections: [] }],
    [
      '实地登记 4月9日 县二中 财务科、人事科',
      {
        act: 'enter',
        about: '实地',
        note: '4月9日 县二中 财务科、人事科',
        task: 'G5',
        sections: ['caiwu', 'renshi'],
        on: '2026-04-09',
      },
    ],
    ['实地 登记:县二中', { act: 'enter', about: '实地', note: '县二中', task: 'G5', sections: [] }],
    [
      '减负 意见 报表太多',
      { act: 'enter', about: '减负意见', note: '报表太多', task: '5.2.3', sections: [] },
    ],
    [
      '减负 意见:报表太多,办公室5月底前答复',
      {
        act: 'enter',
        about: '减负意见',
        note: '报表太多,办公室5月底前答复',
        task: '5.2.3',
        sections: ['bangongshi'],
        date: '2026-05-31',
      },
    ],
    ['办结 点单 3', { act: 'finish', about: '点单', task: '2.2.1', row: 3, note: '办结 点单 3' }],
    ['办结点单第3号', { act: 'finish', about: '点单', task: '2.2.1', row: 3, note: '办结点单第3号' }],
    ['督单 办结', { act: 'unknown', about: '督单' }],
    [
      '办结 三重一大 第2条。',
      { act: 'finish', about: '三重一大', task: '3.2.1', row: 2, note: '办结 三重一大 第2条。' },
    ],
    ['办结 督查 12', { act: 'finish', about: '督查', task: 'G4', row: 12, note: '办结 督查 12' }],
    [
      '办结减负意见 4件',
      { act: 'finish', about: '减负意见', task: '5.2.3', row: 4, note: '办结减负意见 4件' },
    ],
    ['办结 实地 2', { act: 'unknown', about: '办结' }],
    ['接单', { act: 'unknown', about: '接单' }],
    ['督查登记', { act: 'unknown', about: '督查登记' }],
    ['日历', { act: 'unknown', about: '日历' }],
    ['日历 二月五日休', { act: 'unknown', about: '日历' }],
    ['代办', { act: 'unknown', about: '代办' }],
    ['绑定', { act: 'bind', about: '绑定', note: '绑定' }],
    ['登记本群', { act: 'register', about: '登记本群', note: '登记本群' }],
    ['角色 李敏', { act: 'unknown', about: '角色' }],
    ['排序 李敏', { act: 'unknown', about: '排序' }],
    ['中止 4.3.2', { act: 'unknown', about: '中止' }],
    ['催办 4.3.2', { act: 'unknown', about: '催办' }],
    ['取消延期 4.3.2', { act: 'unknown', about: '取消延期' }],
    ['改日期 4.3.2', { act: 'unknown', about: '改日期' }],
    ['恢复', { act: 'pause', about: '恢复', note: '恢复' }],
    ['明细', { act: 'unknown', about: '明细' }],
    ['初审 4.3.2', { act: 'unknown', about: '初审' }],
    ['周梳理', { act: 'unknown', about: '周梳理' }],
    ['举报数', { act: 'unknown', about: '举报数' }],
    [
      '日历 2027-02-05~2027-02-11休',
      { act: 'calendar', date: '2027-02-05', about: '休', until: '2027-02-11' },
    ],
  ])('%s', (text, intent) => {
    expect(read(text)).toEqual([intent]);
  });
});

describe('what is to go back is called', () => {
  test.each([
    ['撤回延期', { act: 'undo', back: { called: '延期', acts: ['extend'] } }],
    ['撤回销号申请', { act: 'undo', back: { called: '销号', acts: ['submit'] } }],
    ['撤回佐证', { act: 'undo', back: { called: '佐证', acts: ['evidence', 'inspect'] } }],
    ['撤回确认', { act: 'undo', back: { called: '确认', acts: ['confirm'] } }],
    ['撤回演练', { act: 'undo', back: { called: '演练', indicators: ['4.3.2/2'] } }],
    ['撤回 4.3.2 隐患', { act: 'undo', task: '4.3.2', back: { called: '隐患', indicators: ['4.3.2/4'] } }],
    ['撤回说明', { act: 'undo', back: { called: '说明', acts: ['note'] } }],
    [
      '撤回刚才的申请',
      { act: 'undo', back: { called: '申请', acts: ['submit', 'extend', 'list', 'delist'] } },
    ],
    ['撤回挂牌', { act: 'undo', back: { called: '挂牌', acts: ['list'] } }],
    ['撤回摘牌', { act: 'undo', back: { called: '摘牌', acts: ['delist'] } }],
    ['撤回议定', { act: 'undo', back: { called: '议定', acts: ['assign', 'settle'] } }],
    ['撤回交办', { act: 'undo', back: { called: '交办', acts: ['assign', 'settle'] } }],
    ['撤回代办', { act: 'undo', back: { called: '代办', acts: ['deputy'] } }],
    ['撤回静音', { act: 'undo', back: { called: '静音', acts: ['mute'] } }],
    ['撤回节点', { act: 'undo', back: { called: '节点', acts: ['node'] } }],
    ['撤回期初', { act: 'undo', back: { called: '期初', acts: ['baseline'] } }],
    ['撤回调度会', { act: 'undo', back: { called: '调度会', acts: ['held'] } }],
    ['撤回已召开', { act: 'undo', back: { called: '已召开', acts: ['held'] } }],
    ['撤回前两条', { act: 'undo', about: '多条' }],
    ['全部撤回', { act: 'undo', about: '多条' }],
    ['撤回上面3条', { act: 'undo', about: '多条' }],
    ['撤回所有延期', { act: 'undo', back: { called: '延期', acts: ['extend'] }, about: '多条' }],
    ['都撤了吧', { act: 'undo', about: '多条' }],
    ['撤回前两条演练', { act: 'undo', back: { called: '演练', indicators: ['4.3.2/2'] }, about: '多条' }],
    ['恢复刚才撤回的', { act: 'unknown', about: '恢复' }],
    ['撤回展期', { act: 'undo', back: { called: '展期', acts: ['extend'] } }],
    ['撤回顺延', { act: 'undo', back: { called: '顺延', acts: ['extend'] } }],
    ['撤回 财务科', { act: 'undo', section: 'caiwu' }],
    ['确认 财务科', { act: 'confirm', section: 'caiwu' }],
    ['确认 4.3.2', { act: 'confirm', task: '4.3.2' }],
  ])('%s', (text, intent) => {
    expect(read(text)).toEqual([intent]);
  });
});

describe('a meeting is set for', () => {
  test.each([
    ['调度会 5月29日 15:00 三楼会议室', { date: '2026-05-29', time: '15:00', place: '三楼会议室' }],
    ['调度会 5月29日下午3点半 局三楼会议室', { date: '2026-05-29', time: '15:30', place: '局三楼会议室' }],
    ['调度会定于5月29日上午9点在二楼会议室召开', { date: '2026-05-29', time: '09:00', place: '二楼会议室' }],
    ['调度会 5月29日 晚上7点 大礼堂', { date: '2026-05-29', time: '19:00', place: '大礼堂' }],
    ['调度会 5月29日 9:05', { date: '2026-05-29', time: '09:05' }],
    ['调度会 5月29日 25点', { date: '2026-05-29' }],
    ['调度会 5月29日 下午12点 报告厅', { date: '2026-05-29', time: '12:00', place: '报告厅' }],
    ['调度会 5月29日 三楼会场', { date: '2026-05-29', place: '三楼会场' }],
    ['调度会 5月29日', { date: '2026-05-29' }],
    ['推进会 5月29日 15:00', { date: '2026-05-29', time: '15:00' }],
    ['调度会', {}],
    ['生成月调度', {}],
    ['调度会改到5月28日下午', { date: '2026-05-28' }],
  ])('%s', (text, { date, time, place }: { date?: string; time?: string; place?: string }) => {
    expect(read(text)).toEqual([{ act: 'meeting', about: text, note: text, date, time, place }]);
  });
});

test.each([
  ['参会26人,时长85分钟', { attended: 26, minutes: 85 }],
  ['到会24人,开了82分钟', { attended: 24, minutes: 82 }],
  ['参会人数:30,1小时20分', { attended: 30, minutes: 80 }],
  ['32人参加,80分', { attended: 32, minutes: 80 }],
  ['参加28名', { attended: 28 }],
  ['出席 12 人', { attended: 12 }],
  ['12名出席', { attended: 12 }],
  ['两小时', { minutes: 120 }],
  ['1个小时', { minutes: 60 }],
  ['2小时半', { minutes: 150 }],
  ['一个半小时', { minutes: 90 }],
  ['1小时5分钟', { minutes: 65 }],
  ['共80人', {}],
  ['参会约30人,90 分钟', { attended: 30, minutes: 90 }],
  ['26人参会 1小时', { attended: 26, minutes: 60 }],
  ['会议开了很久', {}],
])('a meeting went so: %s', (words, held) => {
  expect(heldAs(words)).toEqual(held);
});

/** Ways to say a command that names no task. */
const said: Record<string, string> = {
  'unknown 改日期': `日期写错了 时间填错了 发生日期报错了 日期改成 时间不对 日期应该改到`,
  help: `使用说明 使用方法 用法 指令 命令 HELP Help 怎么报 怎么填 怎么写 怎么申请 怎么操作 怎么回复 怎么绑定
    怎么登记 怎么延期 怎么销号 怎么更正 怎么查 怎么发 怎么改 怎么弄 怎么补 怎么提交 怎么撤销 怎么撤 如何用 如何使用
    如何报 如何填 如何申请 如何操作 如何回复 如何绑定 如何延期 如何销号 如何更正 如何撤回 如何查 如何登记 怎样申请
    怎样填报 怎样报 咋报 咋填 延期要什么材料 销号需哪些手续 有什么功能 有哪些命令 你能干啥 你会干啥 能做啥 会做啥
    你能做什么 你有什么功能 你能干什么 会什么 可以做什么`,
  'meeting 已召开': `会议开了 会议开完了 会已开 会开了 会开完了 调度会召开了 调度会已开 调度会开了 推进会已召开 推进会开完了`,
  agenda: `议程`,
  hold: `暂缓通报 暂缓签发 暂缓发布 通报暂缓 季通报暂缓 不同意签发 通报缓一缓 通报先缓一缓 通报缓发 通报先不发 通报不发
    通报暂不签发 通报缓签 通报撤回 通报先别发 通报别发 通报不签发 通报压一压 通报先压一压 通报压一下 通报先放一放 缓发
    暂不签发 先不发`,
  'bulletin 更正': `更正通报 通报更正 更正季通报 更正季度通报`,
  'release 已看到': `通报已看到 通报看到了 季通报已送达 通报群里已看到`,
  'release 补发': `补发通报 重发通报 补发季通报 重发季度通报`,
  release: `签发通报 通报发布 通报同意发 通报可以发 准予签发通报 同意签发 同意发布 我同意签发 签发季通报`,
  'pause 恢复': `恢复推送 继续推送 重新推送 恢复提醒 恢复发消息 继续推消息`,
  'pause 暂停': `暂停推送 停止推送 暂停群推送 先别推送 别推消息了 不要发消息 停一停推送 停推送 停止提醒 不要推送`,
  audit: `核验台账 校验台账 核对台账 验证账本 核验账本`,
  status: `系统状态 推送状态 机器人状态 推送情况 运行情况 运行怎么样`,
  register: `绑定本群 注册本群 登记群`,
  'deputy 结束': `取消代办 结束代办 收回代办 停止代办 终止代办`,
  export: `同意调卷 不同意调卷 下载台账 导一份台账 导个台账 导一下台账 年考核 考核材料 考核表 考核台账 考核数据 生成考核
    会议资料 会务材料 会务资料 月调度会材料 调度会资料 下次会议材料 本月调度会材料 生成会议材料 汇报 生成汇报 汇报材料
    季度汇报 书记汇报`,
  'export 同意调卷': `批准调卷 准予调卷`,
  'export 不同意调卷': `不批准调卷 不予调卷`,
  'export 调卷': `调卷全部 调阅所有 调卷整卷 调阅全卷`,
  'export 台账': `台账发我一份 整改台账给我一份 发一份台账 要一份台账 最新台账发一份 台账发我一份电子版 台账发我一份电子表
    台账发我一份表格 台账发我一份文件`,
  'help 更正': `报错怎么办 写错咋办 填错怎么弄 发错怎么改 报多如何改 报少怎么办 多报怎么办 少报怎么办`,
  bulletin: `生成通报 起草通报 重拟通报 通报稿 通报草稿 通报初稿 通报稿子 通报出稿 通报发我 通报看看 看下通报 通报 季通报
    季度通报`,
  meeting: `月调度 召开调度会 安排调度会 开推进会 生成推进会`,
  mine: `我的 我名下 我负责 我还有哪些 我这边 我们这边 本科室任务 我科清单 我的台账 我的待办 我们科还有几项 待批 待办事项 要干啥 要做什么
    这周要报哪些 该报啥 本月要办的事 今天要干啥 明天要做什么 下周要完成啥 我科下个月要报什么 我分管的滞后 我负责的逾期 我科红灯 我的临期
    我们还差什么 我科缺啥 我要报什么 本周要办哪些`,
  'mine 待批': `没批 未批 要我审批的 要我审的 等我批的 需要我批的 待我审核 待我审批的`,
  overview: `总览 总揽 总缆 总体情况 整体进展 全局情况 概况 汇总 整改情况 整改进展 整改总体如何`,
  ledger: `任务清单 任务列表 列表 查台账 看台账 看清单 查清单 逾期 超期 滞后 红灯 黄灯 蓝灯 红色 黄色 红 黄 蓝 亮灯
    挂牌 到期 临期 未启动 没启动 未销号 已销号 快到期 本周到期 这周到期 下周到期 本月到期 这个月到期 下月到期
    下个月到期 本季到期 本季度到期 滞后的有哪些 红灯名单 逾期几项 哪些超期 挂牌的事项 列一下黄灯
    列出来逾期的 蓝灯发我 哪些没动 还没动的多少 未动的有哪些 财务科情况 财务科进展情况 财务科任务 财务科完成情况
    财务科各项进度 财务科怎么没报 财务科为什么不报 财务科情况怎么样 财务科任务有哪些 财务科最近忙啥 财务科近期在做什么
    财务科有没有动静 财务科这段时间干什么`,
  'ledger 下一页': `更多 下页`,
};

describe.each(Object.entries(said))('%s is what is wanted by', (wanted, texts) => {
  test.each(texts.split(/\s+/))('%s', (text) => {
    const [only, ...more] = read(text);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ act: wanted.split(' ')[0] });
    const about = only && 'about' in only && only.about !== text ? only.about : '';
    expect(about || undefined).toBe(wanted.split(' ')[1]);
  });
});

/** The verbs of a task's commands, with the code behind them. */
const verbs: Record<string, string> = {
  show: `查 查询 查看 查一下 查下 看 看看 看下 看一下 了解一下 调出 查查`,
  submit: `申请销号 申请办结 提请销号 报请销号 请予销号 请求销号 申请核销 报销号 提交销号
    销号申请 请销号 请予以销号 申请予以销号 申请办结销号 坚持申请 坚持销号 坚持申请销号 仍要申请 仍申请销号
    坚持要申请`,
  verify: `同意销号 批准销号 准予销号 予以销号 审核通过 核验通过 初审通过 复审通过 复核通过 审批通过 同意办结 审核同意
    审定通过 销号通过 同意核销 核销 初审同意 核验同意`,
  return: `退回 先退回 先退回去 先打回 先打回去 打回 退回整改 退回重办 退回补充 不同意销号 不予销号 不批准销号
    审核不通过 审核退回 核验不通过 初审退回 初审不通过 不予通过 驳回销号 打回去 退回去 核验退回 不能销号
    核验未通过 审核未通过 未通过核验 未通过审核 初审未通过`,
  grant: `同意延期 批准延期 准予延期 同意展期 同意顺延 延期同意`,
  refuse: `不同意延期 不予延期 不批准延期 不准延期 驳回延期 不同意展期 延期不批 不同意挂牌 不予挂牌 不同意摘牌 不予摘牌`,
  list: `挂牌 挂牌督办 列为挂牌 列入挂牌 建议挂牌 提请挂牌 拟挂牌 拟挂牌督办 提议挂牌 予以挂牌 实行挂牌督办
    列为挂牌督办 建议挂牌督办 申请挂牌 同意挂牌 批准挂牌 同意挂牌督办 批准挂牌督办`,
  delist: `摘牌 建议摘牌 提请摘牌 申请摘牌 拟摘牌 解除挂牌 取消挂牌 撤牌 撤销挂牌 可以摘牌 同意摘牌 批准摘牌
    同意解除挂牌`,
  confirm: `确认 都确认 全部确认 均确认 一并确认 确认无误 确认属实 数据确认 确认数据`,
  mute: `静音 免提醒 不再提醒 停止提醒 暂停提醒 暂不提醒 先别催 先别催了 别催了 先不提醒 先不催 提醒先停 提醒先停了
    提醒停了 提醒停一停 停提醒 先停提醒 提醒暂停 别提醒 别提醒了 不要提醒了 先别提醒`,
  decide: `议定 交办 会议议定 会上议定 议定事项`,
  undo: `撤回 撤销 撤回上一条 撤销上一条 撤回刚才 撤销刚才的 撤回刚才的 撤了 撤一下 撤掉 取消上一条 取消刚才那条
    撤回一下 撤下 收回 收回刚才的 收回上一条 收回刚才那条 上一条作废 上条作废 刚才那条作废 作废上一条 刚才报的作废
    上一条不算 上条不算 刚才那条不算 刚才报的不算`,
  export: `导出 下载 督办单 导出督办单 销号审批单 审批单 导出销号审批单 导出审批单 调卷 调阅`,
};

describe.each(Object.entries(verbs))('%s is what is wanted of a task by', (act, words) => {
  test.each(words.split(/\s+/))('%s', (word) => {
    expect(read(`${word} 4.3.2`)).toMatchObject([{ act, task: '4.3.2' }]);
  });
});

const terms = `延期 申请延期 延期申请 请求延期 延期至 延期到 申请延期至 申请延期到 请求延期至 请求延期到 顺延 顺延至 顺延到
    延长至 延长到 申请延至 延至 延到 延 再延 再延期 展期 展期至 申请展期 推迟至 推迟到 申请推迟到 申请推迟至
    宽限到 宽限至 缓到 缓至 申请延到`;

test.each(terms.split(/\s+/))('4.3.2 %s 6月30日 moves the term', (word) => {
  expect(read(`4.3.2 ${word} 6月30日`)).toMatchObject([{ act: 'extend', task: '4.3.2', date: '2026-06-30' }]);
});

describe.each(['可以销号', '可以销号了', '能销号了', '可销号'])('«%s»', (word) => {
  test.each([
    ['安全管理科科长', 'submit'],
    ['整改办主任', 'verify'],
    ['党组书记', 'verify'],
  ])('is in the mouth of %s what it does: %s', (by, act) => {
    expect(understand(`4.3.2${word}`, sceneOf(by), vocabulary)).toMatchObject([{ act, task: '4.3.2' }]);
  });
});
