/** Words that say how a figure was meant, and whose it is. */
export const marks = {
  /** A running total. */
  total: `没变 没变化 没有变化 未变 为准 降为 降至 降到 减为 减至 减到 减少到 下降到 调减为 现在是 现在有 现在达 算上 连同 连上 累计 累积 共 总共 共计 合计 总计 一共 共有 截至 截止 到现在 到现在为止 到目前 到目前为止 目前为止 截至目前 截止目前 目前 现有 现共 至今 迄今 达 达到
    累计达 总数 总量 总数达 前后 前后共 先后 累计新增 共新增 总共新增 累计增加 共增加 增加为 增为 提高为 扩大为 增至 增到 加到 新增到 新增至 扩到 扩至 升到 涨至 增加到 增长到 提高到 上升到 扩大到 增加至 升至 涨到 变为 变成 更新为 现为 以来 到今天`,
  already: `已 已经 业已 早已 现已 已有`,
  /** An increment. */
  more: `净增 净增加 新增 又 再 再次 另 另外 追加 增加 增加了 加了 增了 补了 补开 补签 补办 多了 还 新签 新办 新开 新建 新建成 新收 新发 新评 新修订 新组建
    新成立 新印发 新扶持 新解决 新整改 新排查 新走访 新完成 新培育 新引进 新打造 新认定 新创建 新开展 新组织 新结对 新受理 新办结 新提拔 新改建 新扩建 新培训 新征集
    新收集 新查处 新上会 新覆盖 新存档 新评选`,
  /** One occasion, as good as a date. */
  event: `这次 本次 此次 该次 刚 刚刚 刚才 方才 首次 当天 当日 本期 本届 本轮`,
  /** A time that no calendar places: which month it was can't be told. */
  someday: `节前 节后 六一 六一前 六一后 七一前 七一后 五一前后 六一前后 七一前后 清明前后 端午前后 中秋前后 国庆前后 元旦前后 春节前后 五一 清明 端午 中秋 国庆 元旦 春节 五一前 五一后 清明前 清明后 端午前 端午后 中秋前 中秋后 国庆前 国庆后 元旦前 元旦后 春节前 春节后
    假期 寒假 暑假 前几天 前些天 前段时间 前一段时间 前阵子 前一阵`,
  /** A difference from another time is no figure of this one. */
  compared: `同比 环比 同期 比同期 较同期`,
  /** What a total came from. */
  from: `由 从`,
  /** Somebody was there: what is counted behind it was seen, not made. */
  visited: `跑 跑了 走了 走遍 去了 到了 看了 查看了 检查了 转了 下去 慰问 慰问了 到访 走进`,
  school: `牵头的 承担的 我校 本校 我园 本园 我们学校 该校 我单位 本单位 本中心 我中心 我们中心 我们单位 我们园 我们院`,
  everyone: `班子成员 各位领导 各领导 局领导 领导们 领导班子 班子 局班子 全体领导 班子所有成员 所有班子成员 全体班子成员 各班子成员`,
  /** All of a body of people, so that 班子成员 means each of them; and one figure for each name. */
  each: `均 都 均满 都满 每人 全部 全都 各 全体 各自 人均 全 一律 每名 每位 分别 齐`,
  /** So much for each of several, which is more than that in all. */
  apiece: `各 各自 分别 均 每人 每名 每位 每校 每家 每科 每所`,
  /** What follows is a part of what stood before, or compares it. */
  within: `采纳 已采纳 其中 含 包括 包含 内含 比上月 比上年 比上季度 较上月 较上年`,
  book: `记入 计入 记到 算入 算到 归入`,
} as const;
