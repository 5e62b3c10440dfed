import { randomUUID } from 'node:crypto';
import { carry, type Parcel } from './courier.ts';
import {
  type Chat,
  type Double,
  type Heard,
  type Line,
  type Person,
  type SentMedia,
  type Shown,
  type Surroundings,
  Unshowable,
} from './double.ts';
import type { History } from './history.ts';

/** A person's message on its way to the bot. */
export interface Spoken<Via> {
  id: string;
  /** Null is one to one. */
  group: string | null;
  user: Person;
  text: string;
  quote: string | undefined;
  files: SentMedia[];
  via: Via | undefined;
}

/** What differs between the platforms. */
export interface Voice<Via> {
  newId(): string;
  patience: number;
  retries: number;
  /** Whether the bot is told of it, besides that a group's message must mention it. */
  hears?(spoken: Spoken<Via>): boolean;
  /** The callback for a message, and what people see of the body that answers it; `open` throws `Unshowable`. */
  compose(spoken: Spoken<Via>, url: string): { parcel: Parcel; open(body: string): Shown | null };
  /** Has a message go out over the long connection, where it is to; false where none stands. */
  call(spoken: Spoken<Via>, line: Line, told: Told): boolean;
}

/** What comes back over a connection: acknowledgement and answer each for itself. */
interface Told {
  acked(code: number): void;
  answered(shown: Shown): void;
}

/** The people's side of a double: what they type goes to the bot, and its answer into the chat. */
export function createSpeech<Via extends string>(
  world: Surroundings,
  history: History,
  voice: Voice<Via>,
): Pick<Double<Via | 'connection'>, 'say' | 'again' | 'through'> {
  const said = new Map<string, { line: Line; spoken: Spoken<Via>; connected: boolean }>();
  let usual: 'hook' | 'connection' = 'hook';
  const { patience = voice.patience, retries = voice.retries } = world;

  /** Waits for the answer, and of a second delivery for no more than that it has been taken. */
  function call(line: Line, spoken: Spoken<Via>, again: boolean): Promise<Heard> {
    return new Promise((resolve) => {
      let status: number | null = null;
      const end = (answer: string | null) => {
        clearTimeout(timer);
        history.change(line, { fate: status === 200 ? 'taken' : 'lost' });
        resolve({ id: spoken.id, tries: 1, status, answer });
      };
      const timer = setTimeout(end, patience, null);
      const acked = (code: number) => {
        status = code;
        if (again || code !== 200) end(null);
      };
      const answered = ({ text }: Shown) => {
        status = 200;
        end(text);
      };
      if (!voice.call(spoken, line, { acked, answered })) end(null);
    });
  }

  async function deliver(
    line: Line,
    spoken: Spoken<Via>,
    connected: boolean,
    again: boolean,
  ): Promise<Heard> {
    const { id } = spoken;
    const called = spoken.group === null || mentionsBot(spoken.text, world.botName);
    if (!called || voice.hears?.(spoken) === false) {
      history.change(line, { fate: 'unheard' });
      return { id, tries: 0, status: null, answer: null };
    }
    if (connected) return call(line, spoken, again);
    const url = typeof world.deliver === 'string' ? world.deliver : world.deliver();
    const { parcel, open } = voice.compose(spoken, url);
    const { status, body, tries } = await carry(parcel, patience, retries);
    history.change(line, { fate: status === 200 ? 'taken' : 'lost' });
    if (status !== 200) return { id, tries, status, answer: null };
    const { shown, why } = opened(() => open(body));
    if (shown) history.add(answerLine(line, shown, world.clock.now(), again));
    return { id, tries, status, answer: shown?.text ?? null, ...(why !== undefined && { why }) };
  }

  return {
    say({ chat, user, text, quote, files = [], via, id = voice.newId() }) {
      const own = files.filter(({ quoted }) => !quoted);
      const alone = own.some(({ kind }) => kind === 'file');
      if (alone && (text !== '' || own.length > 1)) throw new Error('a file is a message of its own');
      const group = chat === 'single' ? null : chat.group;
      const person = world.people.find(({ account }) => account === user) ?? { account: user, name: user };
      const [shown] = own;
      const line = history.add({
        id,
        chat: placeOf(group, user),
        at: world.clock.now(),
        from: user,
        text,
        markup: 'text',
        mentions: [],
        ...(quote !== undefined && { quote }),
        ...(shown && { enclosed: { ...shown, type: shown.kind === 'picture' ? 'image/png' : '' } }),
        fate: 'sending',
      });
      const connected = (via ?? usual) === 'connection';
      const spoken = {
        id,
        group,
        user: person,
        text,
        quote,
        files,
        via: via === 'connection' ? undefined : via,
      };
      said.set(id, { line, spoken, connected });
      return deliver(line, spoken, connected, false);
    },
    again(id) {
      const before = said.get(id);
      if (!before) throw new Error(`nobody said ${id}`);
      return deliver(before.line, before.spoken, before.connected, true);
    },
    through(door) {
      usual = door;
    },
  };
}

/** The bot's name after an @ of either width, as the clients put it in. */
const mentionsBot = (text: string, botName: string): boolean =>
  text.includes(`@${botName}`) || text.includes(`＠${botName}`);

const placeOf = (group: string | null, account: string): Chat =>
  group === null ? { single: account } : { group };

function opened(open: () => Shown | null): { shown: Shown | null; why?: string } {
  try {
    return { shown: open() };
  } catch (error) {
    if (error instanceof Unshowable) return { shown: null, why: error.message };
    throw error;
  }
}

const answerLine = (line: Line, shown: Shown, at: Date, again: boolean): Line => ({
  id: randomUUID(),
  chat: line.chat,
  at,
  from: null,
  ...shown,
  answers: line.id,
  ...(again && { again }),
});
