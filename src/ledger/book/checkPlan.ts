import type { Book, BookPlan, Misfit } from '../book.ts';

export function checkPlan({ plan: [plan], calendar }: Book): Misfit[] {
  if (!plan) return [];
  const at = (field: keyof BookPlan, why: string): Misfit => ({ sheet: 'plan', key: plan.code, field, why });
  const found: Misfit[] = [];
  const need = (holds: boolean, field: keyof BookPlan, why: string) => {
    if (!holds) found.push(at(field, why));
  };
  need(plan.starts < plan.ends, 'ends', '截止日期应晚于起始日期');
  const { since } = plan;
  need(since === null || (since >= plan.starts && since <= plan.ends), 'since', '应在起始日期和截止日期之间');
  need(isZone(plan.timeZone), 'timeZone', '没有这个时区,一般填 Asia/Shanghai');
  if (plan.meetingRule !== null) {
    need(plan.meetingTime !== '', 'meetingTime', '定期开会须填会议时间');
    need(plan.meetingPlace !== '', 'meetingPlace', '定期开会须填会议地点');
    need(plan.meetingMinutes !== null, 'meetingMinutes', '定期开会须填会议时长');
  }
  if (plan.authorisedOn !== null) {
    need(plan.authorisedBy !== '', 'authorisedBy', '有授权须写明授权人');
    need(plan.authorisedBasis !== '', 'authorisedBasis', '有授权须写明依据');
  } else need(plan.authorisedScope.length === 0, 'authorisedOn', '有授权事项须填授权日期');
  need(plan.closeout[0] === 'request', 'closeout', '第一个环节应为申请');
  need(plan.closeout.length > 1, 'closeout', '申请之后至少还要有一个环节');
  need(plan.quietFrom < plan.quietTo, 'quietTo', '应晚于推送开始');
  need(
    plan.digestAt >= plan.quietFrom && plan.digestAt <= plan.quietTo,
    'digestAt',
    '应在推送开始和截止之间',
  );
  need(plan.timeLeft <= 100, 'timeLeft', '最多100');
  need(plan.completion <= 100, 'completion', '最多100');
  for (const { day, retired } of calendar) {
    const year = (of: string) => Number(of.slice(0, 4));
    const near = year(day) >= year(plan.starts) - 1 && year(day) <= year(plan.ends) + 1;
    if (!near && !retired) {
      found.push({ sheet: 'calendar', key: day, field: 'day', why: '不在方案起止日期前后一年内,请核对' });
    }
  }
  return found;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
