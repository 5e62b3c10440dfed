import { z } from 'zod';
import { type Door, errcode, later, never, place, unread } from '../http.ts';
import { mentionable } from '../page.ts';
import type { Outcome, Post } from '../platform.ts';
import { ask } from './ask.ts';
import { markdown } from './markdown.ts';
import { sign } from './sign.ts';

export interface Robot {
  url: URL;
  /** Of a robot with 加签. */
  secret: string | undefined;
}

/** One push to a group robot's address. Its `msgUuid` makes a repeat harmless. */
export async function sendToRobot(
  robot: Robot,
  post: Post,
  publicUrl: string | undefined,
  door: Door,
  now: Date,
): Promise<Outcome> {
  const url = robot.secret ? signed(robot.url, robot.secret, now) : robot.url;
  // Whom to mention must stand in both places, here and literally in the text.
  const at = { atUserIds: mentionable(post.reply.mention ?? []), isAtAll: false };
  const body = { msgUuid: post.uuid, msgtype: 'markdown', markdown: markdown(post.reply, publicUrl), at };
  return deliver(url, body, door, now);
}

/** A message's JSON to an address that takes it as it is: a robot's, or the one that came with a person's message. */
export async function deliver(url: URL, body: object, door: Door, now: Date): Promise<Outcome> {
  const heard = await ask(door, { url, body }, now);
  if (heard.is !== 'said') return heard;
  const said = answer.safeParse(heard.json);
  if (!said.success) return unread(heard.status, url, now);
  return judge(said.data.errcode, said.data.errmsg, place(url), now);
}

/** Anew for each push: DingTalk takes a signature for an hour only. */
function signed(address: URL, secret: string, now: Date): URL {
  const url = new URL(address);
  const timestamp = now.getTime().toString();
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('sign', sign(timestamp, secret));
  return url;
}

const answer = z.object({ errcode, errmsg: z.string().catch('') });

/** Its security settings: a word that every text must have is the letter's own fault, the others concern all of them. */
function unsafe(message: string, why: string, now: Date): Outcome {
  if (/keyword|关键词/.test(message)) return never(why);
  if (/timestamp|时间戳/.test(message)) return later(now, 60, `${why} timestamp`);
  return later(now, 600, why, true);
}

/** DingTalk's page on group robots, and older codes still met in the field; what isn't named here is for good. */
function judge(code: number, message: string, where: string, now: Date): Outcome {
  const why = `errcode ${code} ${where}`;
  switch (code) {
    case 0:
      return { is: 'sent' };
    case 410100:
    case 130101:
    case 302033:
      return later(now, 600, why, true);
    case -1:
    case 15:
    case 88:
    case 90002:
    case 90018:
      return later(now, 30, why);
    case 310000:
      return unsafe(message, why, now);
    case 400013:
    case 400101:
    case 400102:
    case 400106:
    case 300001:
    case 300005:
      return never(why, true);
    default:
      return never(why);
  }
}
