import { readCaller } from '../../chat/fileRequest.ts';
import type { Intent } from '../../chat/intent.ts';
import { answerWith, dayWord, noReplyNeeded } from '../../chat/words.ts';
import { askForFile, decideFile, type FileRequest, waitingFiles } from '../../ledger/acts/fileRequests.ts';
import { awaits } from '../../ledger/outbox.ts';
import { membersOf } from '../../ledger/people.ts';
import { inPrivate, notHere, Refusal } from '../../ledger/refusal.ts';
import { has, isWide } from '../../ledger/rules/audience.ts';
import { ofInformants } from '../../reports/points.ts';
import { inOwn } from '../command/own.ts';
import { taskFor } from '../command/reach.ts';
import type { Part, Said } from '../command.ts';
import { dayAsked } from './day.ts';

const HOW = '请写「调卷 {task} 文号… 调阅单位… 经办人…」,全部任务写「调卷 全部 …」。';

/** 截至6月30日: the file is to stand as at that day's end. */
const AS_OF = /截[至止]\s*(\S+)/u;

/** 调卷: asked for by the office with the letter, the body and the handler on record; the secretary decides. */
export async function callFile(said: Said, intent: Intent): Promise<Part> {
  if (!has(said.person, 'office')) throw notHere();
  // Who asks for a file outside is for the office and the secretary to know.
  if (isWide(said.place)) throw inPrivate();
  const caller = readCaller(said.origin.words);
  const all = intent.task === undefined && /全部|所有|整卷|全卷/.test(said.origin.words);
  if (!caller || (intent.task === undefined && !all)) throw new Refusal(inOwn(HOW, said));
  const codes = all ? [] : [await codeFor(said, intent)];
  const origin = { ...said.origin, personId: said.person.id };
  const asOf = dayAsked(said, AS_OF.exec(said.origin.words)?.[1] ?? '');
  const what = { codes, ...(asOf === null ? {} : { asOf }) };
  const id = await askForFile(said.tx, said.plan, what, caller, origin);
  await askSecretary(said, id, codes, caller.body);
  return {
    lines: [
      `已记录,调卷第${id}号:${scopeOf(codes)},${caller.body},${caller.letter},经办人${caller.handler}。`,
      `卷内数据截至${asOf === null ? '此刻' : `${dayWord(asOf)}24:00`},批准前后的变动不入卷。`,
      `下一步:组长批准(「同意调卷 ${id}」)。`,
    ],
  };
}

const scopeOf = (codes: string[]): string => (codes.length === 0 ? '全部任务' : codes.join('、'));

async function codeFor(said: Said, intent: Intent): Promise<string> {
  const { task } = await taskFor(said, intent);
  if (ofInformants(task.title)) throw new Refusal(`【${task.code}】按规定由受理部门另行保管,不入卷。`);
  return task.code;
}

async function askSecretary(said: Said, id: number, codes: string[], body: string): Promise<void> {
  const secretary = (await membersOf(said.tx, said.plan.id)).find((each) => has(each, 'secretary'));
  if (!secretary) return;
  await said.tell({
    key: `file:ask:${id}`,
    personId: secretary.id,
    mark: awaits('file', id),
    reply: {
      title: '【整改提示】待您办理',
      lines: [
        `整改办申请调卷第${id}号:${scopeOf(codes)},调阅单位${body}。`,
        `同意请回复「同意调卷 ${id}」,不同意请回复「不同意调卷 ${id} 理由」。`,
      ],
      footer: answerWith(said.botName),
    },
  });
}

/** 同意调卷, 不同意调卷: by the secretary, of the one request that waits or the one whose number is said. */
export async function decide(said: Said, intent: Intent, granted: boolean): Promise<Part> {
  if (!has(said.person, 'secretary')) throw notHere();
  if (isWide(said.place)) throw inPrivate();
  const request = numbered(await waitingFiles(said.tx, said.plan.id), intent.note ?? '');
  await decideFile(said.tx, said.plan, request, granted, said.origin);
  const outcome = granted ? '同意调卷,案卷生成后单独发申请人' : '不同意调卷';
  if (!granted) {
    await said.tell({
      key: `file:no:${request.id}`,
      personId: request.askedBy,
      reply: { lines: [`调卷第${request.id}号未获批准。`], footer: noReplyNeeded },
    });
  }
  return { lines: [`已记录,调卷第${request.id}号:${outcome}。`] };
}

function numbered(waiting: FileRequest[], words: string): FileRequest {
  const number = /调卷\D{0,3}(\d+)/.exec(words)?.[1];
  const [only, ...more] = waiting;
  if (!only) throw new Refusal('没有待批准的调卷申请。');
  if (number === undefined && more.length > 0) {
    const ids = waiting.map(({ id }) => id).join('、');
    throw new Refusal(`待批准的调卷申请有${ids}号,请写明号,如「同意调卷 ${only.id}」。`);
  }
  const found = number === undefined ? only : waiting.find(({ id }) => id === Number(number));
  if (!found) throw new Refusal(`没有待批准的调卷第${number}号。`);
  return found;
}
