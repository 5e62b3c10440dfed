import { type Act, type Intent, ownActs, type Understood } from '../intent.ts';

/** The acts whose day is part of what was understood; elsewhere a date only dates. */
const dated = new Set(['extend', 'list', 'decide', 'meeting']);

const isOwn = (act: Act): act is keyof typeof ownActs => Object.hasOwn(ownActs, act);

/** What the grammar shows to the outside (`npm run understand`): the fields that a check compares. */
export function project(understood: Understood): Record<string, unknown> {
  if ('ask' in understood) {
    const { ask, options } = understood;
    return options === undefined ? { ask } : { ask, options };
  }
  if (understood.act === 'silent') return { act: 'silent' };
  const act = isOwn(understood.act) ? ownActs[understood.act] : understood.act;
  // Of what isn't published, only whose it is and its words are.
  if (isOwn(understood.act) && (act === 'unknown' || act === 'note'))
    return project({ act, ...about(understood) });
  const { task, indicator, op, value, part, percent, person, date, result, note } = understood;
  const shown = {
    act,
    task,
    indicator,
    op: act === 'correct' ? undefined : op,
    value,
    part,
    percent,
    person: act === 'progress' || act === 'correct' ? person : undefined,
    date: dated.has(act) ? date : undefined,
    result,
    note,
  };
  return Object.fromEntries(Object.entries(shown).filter(([, each]) => each !== undefined));
}

const about = ({ task, note }: Intent): Partial<Intent> => ({
  ...(task === undefined ? {} : { task }),
  ...(note === undefined ? {} : { note }),
});
