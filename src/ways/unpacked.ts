import { paperPage } from '../chat/link.ts';
import type { Enclosed, Reply } from '../chat/reply.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import type { Notice } from '../pushes/push.ts';
import type { Here, Linking } from './here.ts';

/**
 * What is enclosed leaves as letters of their own after the words. Where the way carries no such thing, the words say
 * where to read it: by a link, which what is restricted never gets, or at the office. What a group may not see isn't
 * even named there.
 */
export function unpacked(
  { reply, groupId }: { reply: Reply; groupId: number | null },
  { groups, link }: Here & Linking,
  carries: (kind: Enclosed['kind']) => boolean,
  whom: Notice['to'],
): { words: Reply; apart: Reply[] } {
  const { enclosed = [], ...words } = reply;
  const audience = groups.find((group) => group.id === groupId)?.audience;
  const fit = enclosed.filter(({ level }) => audience === undefined || mayShow(level, audience));
  const apart = fit.filter(({ kind }) => carries(kind));
  const lines = fit
    .filter((each) => !apart.includes(each))
    .flatMap(({ kind, level, name, paper }) => {
      const address = mayShow(level, 'system') ? link(paperPage(paper), whom) : null;
      if (address !== null) return [`${name}:${address}`];
      return kind === 'file' ? [`${name}请向整改办索取。`] : [];
    });
  return {
    words: { ...words, lines: [...words.lines, ...lines] },
    apart: apart.map((each) => ({ lines: [], enclosed: [each] })),
  };
}
