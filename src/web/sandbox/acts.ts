import type Koa from 'koa';
import { z } from 'zod';
import { addDays, instantOf, wall } from '../../ledger/days.ts';
import { platformNames } from '../../ledger/terms.ts';
import { faults } from '../../platforms/sandbox/double.ts';
import { readJson, refuse } from './local.ts';
import type { Scene } from './scene.ts';

const platform = z.enum(platformNames);

/** A picture or a file with somebody's words: as much as a group robot takes, in base64. */
const MOST_BYTES = 2 * 1024 * 1024;
const brought = z.object({
  kind: z.enum(['picture', 'file']),
  name: z.string().min(1).max(120),
  base64: z.base64().max(Math.ceil((MOST_BYTES * 4) / 3) + 4),
});

const words = z.object({
  chat: z
    .string()
    .regex(/^(wecom|dingtalk):(group|single):./)
    .transform((key) => {
      const [on, kind, ...id] = key.split(':');
      return { platform: platform.parse(on), kind, id: id.join(':') };
    }),
  person: z.string(),
  text: z.string().trim().max(4000),
  quote: z.string().max(8000).nullish(),
  file: brought.nullish(),
  via: z.enum(['bot', 'robot-json', 'robot-xml', 'app', 'connection']).optional(),
});

/** Somebody types in a chat. Answers what became of it. */
export async function say(ctx: Koa.Context, { people, groups, doubles }: Scene): Promise<void> {
  const posted = await read(ctx, words, MOST_BYTES * 2);
  if (!posted) return;
  const { chat, person, text, quote, file, via } = posted;
  if (text === '' && !file) return refuse(ctx, 400, '没有内容');
  const user = people.find(({ name }) => name === person)?.accounts[chat.platform];
  const single = chat.kind === 'single';
  const isGroup = groups.some((group) => group.platform === chat.platform && group.chat === chat.id);
  const known = single ? chat.id === user : isGroup;
  if (user === undefined || !known) return refuse(ctx, 404, '沙盘里没有这个人或这个会话');
  const said = { chat: single ? ('single' as const) : { group: chat.id }, user, ...(via && { via }) };
  const files = file ? [{ kind: file.kind, name: file.name, bytes: Buffer.from(file.base64, 'base64') }] : [];
  const typed = { text, ...(quote && { quote }) };
  const double = doubles[chat.platform];
  if (text !== '' && file && (file.kind === 'file' || via === 'app')) {
    // No platform has both in one message.
    await double.say({ ...said, text: '', files });
    ctx.body = await double.say({ ...said, ...typed });
  } else ctx.body = await double.say({ ...said, ...typed, files });
}

const line = z.object({ id: z.string() });

/** A message comes a second time, as platforms send it when an answer was lost. */
export async function again(ctx: Koa.Context, { doubles }: Scene): Promise<void> {
  const posted = await read(ctx, line);
  if (!posted) return;
  const sent = ({ id, from }: { id: string; from: string | null }) => id === posted.id && from !== null;
  const double = Object.values(doubles).find((each) => each.lines().some(sent));
  if (!double) return refuse(ctx, 404, '沙盘里没有这条消息');
  ctx.body = await double.again(posted.id);
}

/** The picture or the file that a line is. */
export function media(ctx: Koa.Context, { doubles }: Scene): void {
  const lines = Object.values(doubles).flatMap((double) => double.lines());
  const enclosed = lines.find(({ id }) => id === ctx.query.id)?.enclosed;
  if (!enclosed) {
    refuse(ctx, 404, '沙盘里没有这个文件');
    return;
  }
  ctx.type = enclosed.type;
  if (enclosed.kind === 'file') ctx.attachment(enclosed.name);
  ctx.body = enclosed.bytes;
}

const count = z.number().int().min(-5000).max(5000).default(0);
const moment = z.object({
  to: z.union([
    z.iso.datetime({ offset: true }).transform((iso) => ({ at: Date.parse(iso) })),
    z.iso.datetime({ local: true, precision: -1 }).transform((local) => {
      const [day = '', time = ''] = local.split('T');
      return { day, time };
    }),
    z.literal('next workday'),
    z.strictObject({ days: count, hours: count, minutes: count }),
  ]),
});

/** Moves the clock, within this century; says whether it did. */
export async function move(ctx: Koa.Context, scene: Scene): Promise<boolean> {
  const posted = await read(ctx, moment);
  if (!posted) return false;
  const at = target(posted.to, scene);
  const known = at >= Date.UTC(2000) && at < Date.UTC(2100);
  if (known) scene.clock.move(at - scene.clock.now().getTime());
  else refuse(ctx, 400, '时间超出范围');
  return known;
}

/** A time without an offset is the wall's. */
function target(to: z.infer<typeof moment>['to'], scene: Scene): number {
  const now = scene.clock.now();
  if (to === 'next workday') return nextMorning(scene, now).getTime();
  if ('at' in to) return to.at;
  if ('day' in to) return instantOf(to.day, to.time, scene.zone).getTime();
  return now.getTime() + ((to.days * 24 + to.hours) * 60 + to.minutes) * 60_000;
}

/** The first morning of a working day that lies ahead; a calendar without any within a month is none. */
function nextMorning({ isWorkday, zone, morning }: Scene, now: Date): Date {
  const today = wall(now, zone).day;
  const days = Array.from({ length: 31 }, (_, ahead) => addDays(today, ahead));
  const mornings = days.filter(isWorkday).map((day) => instantOf(day, morning, zone));
  return mornings.find((at) => at > now) ?? instantOf(addDays(today, 1), morning, zone);
}

const trouble = z.object({
  platform,
  /** Null heals. */
  fault: z.enum(faults).nullable(),
  code: z.union([z.number().int(), z.string().max(80)]).optional(),
  times: z.number().int().min(1).max(1000).optional(),
});

/** Has a platform fail, or work again. */
export async function setFault(ctx: Koa.Context, { doubles }: Scene): Promise<boolean> {
  const posted = await read(ctx, trouble);
  if (!posted) return false;
  const { fault, code, times } = posted;
  const double = doubles[posted.platform];
  if (fault === null) await double.heal();
  else
    await double.fail(fault, { ...(code !== undefined && { code }), ...(times !== undefined && { times }) });
  ctx.status = 204;
  return true;
}

async function read<T extends z.ZodType>(
  ctx: Koa.Context,
  schema: T,
  limit?: number,
): Promise<z.infer<T> | undefined> {
  const body = await readJson(ctx, limit);
  if (!body) return undefined;
  const result = schema.safeParse(body.json);
  if (result.success) return result.data;
  refuse(ctx, 400, '写法不对');
  return undefined;
}
