import { type BookPlan, NO_TRIAL } from '../../ledger/book.ts';
import { choice, choices } from '../columns/choice.ts';
import { dayOrBlank, dayOrWord, sureDay } from '../columns/day.ts';
import { amount, amountOrBlank, whole } from '../columns/number.ts';
import { code, longText, text } from '../columns/text.ts';
import type { Sheet } from '../sheet.ts';

const time = { form: /^([01]\d|2[0-3]):[0-5]\d$/, example: '08:42' };

const workdays = (header: string, hint: string) => whole({ header, hint }, { least: 1, most: 250 });

export const plan: Sheet<BookPlan> = {
  title: '方案',
  upright: true,
  columns: {
    code: code(
      { header: '方案代码', hint: '定下后不改' },
      { form: /^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/, example: 'zgfa-2026' },
    ),
    title: text({ header: '方案名称' }),
    org: text({ header: '单位' }),
    year: whole({ header: '年度', hint: '如 2026' }, { least: 2020, most: 2099 }),
    starts: sureDay({ header: '起始日期' }),
    ends: sureDay({ header: '截止日期' }),
    since: dayOrBlank({ header: '台账首日', hint: '此前已到期的不亮灯;空着即首次导入当日' }),
    timeZone: code(
      { header: '时区', hint: '一般不改' },
      { form: /^[A-Za-z]+\/[A-Za-z_]+$/, example: 'Asia/Shanghai' },
    ),
    note: longText({ header: '备注' }),
    contactName: text({ header: '联系人' }),
    contactPhone: text({ header: '联系电话' }, { needed: false, most: 40 }),
    meetingRule: choice({ header: '月调度会' }, { 每月最后一个周五: 'last-friday', 不定期: null }),
    meetingTime: code({ header: '会议时间' }, { ...time, example: '15:00', needed: false }),
    meetingPlace: text({ header: '会议地点' }, { needed: false }),
    meetingMinutes: amountOrBlank({ header: '会议时长(分钟)', hint: '如 90' }),
    authorisedScope: choices(
      { header: '授权自动发布的事项', hint: '每周进展、会议、通报,多个用、隔开;空着则先交整改办' },
      { 每周进展: 'digest', 会议: 'meeting', 通报: 'bulletin' },
    ),
    authorisedBy: text(
      { header: '授权人', hint: '有权批准发布的人,如党组书记;没有授权的空着' },
      { needed: false },
    ),
    authorisedBasis: text(
      { header: '授权依据', hint: '会议或文件,如 2026年1月5日领导小组会议;没有授权的空着' },
      { needed: false },
    ),
    authorisedOn: dayOrBlank({ header: '授权日期', hint: '空着即没有授权' }),
    release: choice({ header: '季通报发布' }, { 按授权自动: 'auto', 签发后: 'signed' }),
    trialUntil: dayOrWord(
      { header: '试运行至', hint: `到此日为止只发整改办群;空着即首次导入起十个工作日,不要则填${NO_TRIAL}` },
      NO_TRIAL,
    ),
    confirmStaff: choice({ header: '内勤填报须科长确认' }, { 是: true, 否: false }),
    closeout: choices(
      { header: '销号环节', hint: '申请、审核、核验、批准,按先后' },
      { 申请: 'request', 审核: 'review', 核验: 'verify', 批准: 'approve' },
    ),
    digestAt: code({ header: '推送时刻' }, time),
    quietFrom: code({ header: '推送开始' }, { ...time, example: '08:30' }),
    quietTo: code({ header: '推送截止' }, { ...time, example: '17:30' }),
    closeDays: workdays('临期(工作日)', '完成时限前几个工作日起亮蓝'),
    timeLeft: amount({ header: '滞后:剩余时间(%)', hint: '余下的时间不足这么多' }),
    completion: amount({ header: '滞后:完成率(%)', hint: '且完成率低于这么多,亮黄' }),
    red: text({ header: '红灯用词' }, { most: 4 }),
    yellow: text({ header: '黄灯用词' }, { most: 4 }),
    blue: text({ header: '蓝灯用词' }, { most: 4 }),
    soonDays: workdays('首次提醒(工作日)', '完成时限前,提醒科室'),
    verySoonDays: workdays('再次提醒(工作日)', '完成时限前,提醒科室和分管领导'),
    againDays: workdays('逾期提醒间隔(工作日)', '同一逾期事项两次提醒之间'),
    proposeDays: workdays('逾期提请挂牌(工作日)', '逾期多久提请整改办考虑挂牌'),
    behindDays: workdays('滞后提请挂牌(天)', '滞后多久提请整改办考虑挂牌'),
    listedDays: workdays('挂牌提醒组长(天)', '挂牌多久后每月提醒组长'),
  },
};
