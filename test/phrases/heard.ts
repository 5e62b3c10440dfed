import { accountFor, project } from '../../src/chat/parse.ts';
import { dayOf } from '../../src/ledger/days.ts';
import { chiefOf, sceneOf, vocabulary } from '../chat/parse/scene.ts';
import { type Phrase, told, unpublished } from './phrases.ts';

/** What is understood of a phrase, as its line tells it. */
export function heard({
  by,
  text,
  at,
  quote,
  last,
  chat,
}: Phrase): Required<Pick<Phrase, 'intents' | 'more' | 'left'>> {
  const scene = sceneOf(chiefOf(by), {
    today: dayOf(new Date(at), 'Asia/Shanghai'),
    ...(chat === undefined ? {} : { chat }),
    ...(quote === undefined ? {} : { quote }),
    ...(last === undefined ? {} : { last }),
  });
  const { understood, left } = accountFor(text, scene, vocabulary);
  const intents = understood.map((each) => {
    const { note: _, ...published } = project(each);
    return published;
  });
  const more = understood.map((each, index) => unpublished(each, intents[index] ?? {}, text));
  return { intents, more: told(more), left };
}
