import type { Enclosed } from '../../chat/reply.ts';
import { noReplyNeeded } from '../../chat/words.ts';
import { keep } from '../../ledger/papers.ts';
import { notePlan } from '../../ledger/plan/chain.ts';
import type { Part, Said } from '../command.ts';
import type { Made } from './kinds.ts';

/** Keeps the papers, notes who took them, and sends them to the asker alone. */
export async function handOut(said: Said, made: Made[], task: string | undefined): Promise<Part> {
  const { tx, plan, now, origin, person } = said;
  const detail = { kinds: made.map(({ kind }) => kind), ...(task === undefined ? {} : { task }) };
  const entry = await notePlan(tx, plan.id, 'export', detail, origin);
  const enclosed: Enclosed[] = [];
  for (const { bytes, ...paper } of made) {
    const id = await keep(tx, {
      ...paper,
      planId: plan.id,
      bytes: Buffer.from(bytes),
      madeAt: now,
      entryId: entry.id,
    });
    enclosed.push({ kind: 'file', paper: id, name: paper.name, level: paper.level });
  }
  const names = enclosed.map(({ name }) => name).join('、');
  const sent = await said.tell({
    key: `export:${entry.id}`,
    personId: person.id,
    reply: {
      lines: [names.includes('代拟稿') ? `${names},供审签。` : `${names}。`],
      footer: noReplyNeeded,
      enclosed,
    },
    answers: true,
  });
  return {
    lines: [
      sent
        ? said.place === 'single'
          ? `已生成${names},随后发出。`
          : `已生成,文件已私信您。`
        : '已生成,但没有可用的单聊,文件未发出。请先在单聊中与我说一句话,再发一次。',
    ],
    ...(task === undefined ? {} : { task }),
  };
}
