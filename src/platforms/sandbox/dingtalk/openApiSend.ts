import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Shown, Surroundings } from '../double.ts';
import { parseJson } from '../json.ts';
import type { MediaShelf } from '../media.ts';
import type { Call, Said } from '../server.ts';
import type { Robot } from './callback.ts';
import { refused } from './said.ts';

const MOST_PARAM_BYTES = 15_000;
const MOST_PEOPLE = 20;

const envelope = z.object({ robotCode: z.string(), msgKey: z.string(), msgParam: z.string() });
const toGroup = envelope.extend({ openConversationId: z.string() });
const toPeople = envelope.extend({ userIds: z.array(z.string()).min(1).max(MOST_PEOPLE) });

/** The OpenAPI's group send; it mentions nobody. */
export const groupSend =
  (world: Surroundings, robot: Robot, shelf: MediaShelf) =>
  (call: Call): Said => {
    const posted = toGroup.safeParse(parseJson(call.body)).data;
    if (!posted) return refused('invalidParameter');
    if (!world.groups.some(({ chat }) => chat === posted.openConversationId))
      return refused('invalid.openConversationId');
    const words = paramWords(posted, robot, shelf);
    if ('status' in words) return words;
    return {
      status: 200,
      body: { processQueryKey: randomUUID() },
      message: { to: [{ group: posted.openConversationId }], shown: true, ...words },
    };
  };

/** One to one. Status 200 says nothing of who got it: that stands in the lists. */
export const personSend =
  (world: Surroundings, robot: Robot, shelf: MediaShelf) =>
  (call: Call): Said => {
    const posted = toPeople.safeParse(parseJson(call.body)).data;
    if (!posted) return refused('invalidParameter.userIds');
    const words = paramWords(posted, robot, shelf);
    if ('status' in words) return words;
    const known = posted.userIds.filter((id) => world.people.some(({ account }) => account === id));
    return {
      status: 200,
      body: {
        processQueryKey: randomUUID(),
        invalidStaffIdList: posted.userIds.filter((id) => !known.includes(id)),
        flowControlledStaffIdList: [],
      },
      message: { to: known.map((single) => ({ single })), shown: known.length > 0, ...words },
    };
  };

const sampleText = z
  .object({ content: z.string() })
  .transform(({ content }): Shown => ({ text: content, markup: 'text', mentions: [] }));
const sampleMarkdown = z
  .object({ title: z.string(), text: z.string() })
  .transform(({ text }): Shown => ({ text, markup: 'markdown', mentions: [] }));

const sampleImage = z.object({ photoURL: z.string() });
const sampleFile = z.object({
  mediaId: z.string(),
  fileName: z.string(),
  fileType: z.enum(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx']),
});

/** A picture or a file by its upload; undefined for another kind of message. */
function mediaWords(msgKey: string, msgParam: string, shelf: MediaShelf): Shown | Said | undefined {
  const json = parseJson(msgParam);
  if (msgKey !== 'sampleImageMsg' && msgKey !== 'sampleFile') return undefined;
  const image = msgKey === 'sampleImageMsg' ? sampleImage.safeParse(json).data : undefined;
  const file = msgKey === 'sampleFile' ? sampleFile.safeParse(json).data : undefined;
  const media = shelf.media(image?.photoURL ?? file?.mediaId ?? '');
  if (!media) return refused('invalidParameter.msgParam.invalid');
  const enclosed = { ...media, name: file?.fileName ?? media.name };
  const text = media.kind === 'picture' ? '[图片]' : `[文件]${enclosed.name}`;
  return { text, markup: 'text', mentions: [], enclosed };
}

function paramWords(posted: z.infer<typeof envelope>, robot: Robot, shelf: MediaShelf): Shown | Said {
  const { robotCode, msgKey, msgParam } = posted;
  // DingTalk's own spelling.
  if (robotCode !== robot.robotCode) return refused('invalidParameter.robotCode.notExsit');
  if (Buffer.byteLength(msgParam) > MOST_PARAM_BYTES) return refused('invalidParameter.msgParam.tooLong');
  const media = mediaWords(msgKey, msgParam, shelf);
  if (media) return media;
  const sample =
    msgKey === 'sampleText' ? sampleText : msgKey === 'sampleMarkdown' ? sampleMarkdown : undefined;
  if (!sample) return refused('invalidParameter.msgKey.invalid');
  return sample.safeParse(parseJson(msgParam)).data ?? refused('invalidParameter.msgParam.invalid');
}
