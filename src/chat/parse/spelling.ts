/** Forms that a keyboard set to traditional characters gives, each pair as typed and as meant. */
const PAIRS = `責责 書书 簽签 應应 講讲 計计 學学 習习 開开 會会 議议 記记 錄录 報报 導导 檢检 練练 隱隐
  預预 領领 風风 險险 點点 條条 個个 類类 項项 處处 場场 幾几 萬万 億亿 無无 問问 題题 實实
  辦办 結结 執执 選选 級级 總总 數数 達达 進进 蓋盖 縣县 區区 訪访 單单 調调 難难 聯联 繫系
  係系 黨党 組组 織织 團团 體体 賽赛 業业 龍龙 頭头 產产 長长 負负 減减 談谈 評评 標标 員员
  師师 職职 務务 規规 範范 網网 絡络 發发 號号 環环 養养 貫贯 徹彻 對对 為为 還还 沒没 後后
  於于 從从 這这 裡里 裏里 時时 間间 請请 認认 過过 與与 並并 將将 來来 現现 際际 備备 續续
  證证 據据 圖图 銷销 審审 勞劳 謝谢 嗎吗 麼么 買买 財财 資资 購购 監监 舉举 線线 圍围 誡诫
  慶庆 戶户 歲岁 週周 兩两 參参 額额 補补 滿满 樓楼 廣广 傳传 獎奖 勵励 優优 質质 園园 擴扩
  築筑 驗验 隊队 軍军 衛卫 藝艺 術术 劃划 設设 礎础 幹干 榮荣 譽誉 權权 屬属 貝贝 歷历 曆历
  終终 樹树 誠诚`;
const simplified = new Map(
  PAIRS.split(/\s+/).map((pair): [string, string] => [pair.charAt(0), pair.slice(1)]),
);
const TRADITIONAL = RegExp(`[${[...simplified.keys()].join('')}]`, 'gu');

const FORMAL: Record<string, string> = {
  ...{ 壹: '一', 贰: '二', 叁: '三', 肆: '四', 伍: '五', 陆: '六', 柒: '七', 捌: '八', 玖: '九' },
  ...{ 拾: '十', 佰: '百', 仟: '千' },
};
const FORMAL_DIGIT = `[${Object.keys(FORMAL).join('')}]`;
/** 叁仟伍佰, 加陆处: 陆续 and 队伍 are none. */
const FORMAL_NUMBER = RegExp(
  `${FORMAL_DIGIT}(?:${FORMAL_DIGIT}|[零万])*[拾佰仟万](?:${FORMAL_DIGIT}|[零万])*|(?<=[加共计第])${FORMAL_DIGIT}(?=[项个处次场条家所名件篇期天份起])`,
  'gu',
);

/** A text with the characters and the numerals that were meant by those that were typed. */
export const spelledRight = (text: string): string =>
  text
    .replace(TRADITIONAL, (character) => simplified.get(character) ?? character)
    .replace(FORMAL_NUMBER, (number) =>
      [...number].map((character) => FORMAL[character] ?? character).join(''),
    );

/** Homophones that mean nothing else in a bureau, as voice and pinyin give them, by the word that was meant. */
const SLIPS: Record<string, string[]> = {
  演练: ['演连', '眼练', '演炼'],
  隐患: ['隐换', '隐欢', '隐幻'],
  排查: ['排察'],
  督查: ['督察'],
  预案: ['预按', '予案'],
  走访: ['走坊'],
  宣讲: ['宣降'],
  销号: ['消号', '销好'],
};

/** How a name is also typed. */
export const slipsOf = (form: string): string[] =>
  Object.entries(SLIPS).flatMap(([meant, typed]) =>
    form.includes(meant) ? typed.map((slip) => form.replace(meant, slip)) : [],
  );
