/** What each push is called where people read of it. */
const names: Record<string, string> = {
  personal: '个人提醒',
  digest: '整改进展',
  meeting: '会议通知',
  'monthly-call': '月度登记提示',
  order: '挂牌通知',
  files: '附件提示',
  weekly: '每周梳理',
  inspection: '每月督查',
  'bulletin-draft': '通报稿',
  bulletin: '季度通报',
  report: '书记汇报材料',
  lookback: '回头看',
  assessment: '年度考核',
  'year-end': '年度收官',
  'follow-up': '议定事项提示',
  volumes: '案卷',
};

export const pushName = (push: string): string => names[push] ?? push;
