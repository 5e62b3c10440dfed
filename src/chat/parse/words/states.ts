/** Words about the state of a task or a paper. */
export const states = {
  /** Finished, said of a thing as a whole. */
  done: `完成 办结 办完 办妥 已办 已办结 已办完 做完 搞定 搞完 弄好 弄完 干完 完毕 完结 了结 整改完 整改完毕 落实完毕 改完 结束 清零 完工 全完成
    销号 完成了 搞完了 弄好了 办结了 完成啦`,
  /** Finished only with 已, 了 or 全部 beside them. */
  settled: `落实 按要求落实 办好 做好 办好了 做好了 到位 落实到位 整改到位 解决 整改 办理 处理 闭环 落地`,
  past: `已 已经 均 都 全 全部 全都 了 啦 业已 早已 现已 一律 全面 圆满 顺利 如期 按期 按时 提前 过 齐 好 完`,
  /** A personal duty or a person's paper handed in. */
  handed: `已交 交了 上交 已提交 提交了 已报 报了 报送 已签 签了 签订 签订了 签好 签完 签完了 签署 交齐 写好 写好交了 写完 已写 填报 填报了 制定
    制定了 形成 写好了 交上去了 已上交`,
  /** A document has come into force. */
  issued: `印发 印发执行 印发施行 印发实施 出台 发布 下发 颁布 施行 已印 已印发 印了 发文 修订印发 公布 建立 修订完成 修订完毕 制定完成 制定印发
    建成 建立健全 建好 建好了`,
  /** A meeting or a study that stands among the papers has taken place. */
  held: `组织 开展 举办 举行 召开 开展了 组织了 举办了`,
  holds: `巩固 稳固 未反弹 无反弹 没有反弹 没反弹 未发现反弹 未见反弹 不反弹 保持良好 效果稳定 成效稳固`,
  relapsed: `反弹 回潮`,
  wrong: `错 错了 错误 有错误 报错 报错了 填错 填错了 说错 说错了 写错 写错了 有误 误报 多报 少报 报多 报多了 报少 报少了 打错 打错了 搞错 搞错了
    记错 记错了 不对 弄错 弄错了 发错 发错了`,
  should: `应为 应是 应该是 应当是 应该为 改成 改为 更正为 实际是 实际为 正确的是 正确是 而是 变更为 调整为 修改为 是`,
  tick: `√`,
} as const;
