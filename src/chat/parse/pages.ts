const ASKS =
  /^\s*(?:请|麻烦)?(?:(?:再|看看?|翻到?|来|给我|发我)*(?:下一?[页屏]|更多)|再[来看发]一页|翻页|往后翻|看后面的?)[呢吧啊]?\s*[。.!?]?\s*$/u;

/** 下一页。, 再来一页, 更多: the rest of what was shown is wanted. */
export const asksForMore = (text: string): boolean => ASKS.test(text.normalize('NFKC'));

/** What a list is asked for that goes on where the last one ended. */
export const MORE = '下一页';
