import type { Config } from './config.ts';
import { settings } from './settings.ts';

/** What doesn't keep the product from starting and is hardly meant: in Chinese, a line each, never a value. */
export const remarksOn = (environment: NodeJS.ProcessEnv, config: Config): string[] => [
  ...misspelt(environment),
  ...(config.DINGTALK_APP_SECRET !== undefined && config.DINGTALK_APP_KEY === undefined && !config.sandbox
    ? ['DINGTALK_APP_KEY:未设置;现在只能接收和回复钉钉消息,向钉钉单聊、按会话推送和取文件还须设置这一项']
    : []),
  ...(config.DINGTALK_STREAM && config.sandbox && config.DINGTALK_APP_SECRET === undefined
    ? ['DINGTALK_STREAM:沙盘开着,这一项未起作用;接钉钉还须设置 DINGTALK_APP_KEY、DINGTALK_APP_SECRET']
    : []),
];

const known = Object.keys(settings.shape).flatMap((name) => [name, `${name}_FILE`]);
/** Nobody else's settings begin so. */
const OURS = /^(?:WECOM|DINGTALK)_/i;
/** Shorter names are a slip away from too many that have nothing to do with us. */
const TELLING = 8;

function misspelt(environment: NodeJS.ProcessEnv): string[] {
  const set = Object.keys(environment).filter((name) => (environment[name] ?? '').trim() !== '');
  return set
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((each) => isSlip(name.toUpperCase(), each) && !set.includes(each));
      if (meant !== undefined) return [`${name}:没有这一项设置,未起作用;是否应为 ${meant}`];
      return OURS.test(name) ? [`${name}:没有这一项设置,未起作用;请对照 .env.example`] : [];
    });
}

const isSlip = (written: string, meant: string): boolean =>
  meant.length >= TELLING && apart(written, meant) <= (meant.length > TELLING + 1 ? 2 : 1);

/** How many letters have to be put in, left out, exchanged or swapped with their neighbour. */
function apart(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1];
      const swapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      next[at] = Math.min(
        (last[at] ?? 0) + 1,
        (next[at - 1] ?? 0) + 1,
        (last[at - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
