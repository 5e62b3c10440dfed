import { randomUUID } from 'node:crypto';
import type { Alarm } from '../connection/alarm.ts';
import type { Line, Protocol, Speech } from '../connection/protocol.ts';
import { eventOf, type Frame, readFrame } from './frames.ts';

export interface LinkSettings {
  botId: string;
  secret: string;
  wsUrl: string;
}

/** `silent`: no ack came in time, though the line stands. `cut`: the line was lost before one came. */
export type Ack = { is: 'said'; code: number; body: unknown } | { is: 'silent' | 'cut' };

/** WeCom's conversation over one socket. */
export interface WecomSpeech extends Speech {
  /** Sends a command and waits for its ack; `reqId` is that of a callback which it answers. */
  ask(cmd: string, body: object, reqId?: string): Promise<Ack>;
}

/** Milliseconds; WeCom's own client waits as long. */
const ACK = 5_000;

/** The socket was never subscribed or no longer is. */
export const UNSUBSCRIBED = 846_609;
const BAD_CREDENTIALS = 853_000;

export interface Heard {
  /** A callback of a person's message or an event. */
  call(frame: Frame): void;
  /** The platform has accepted the connection. */
  subscribed(): void;
  /** A frame that is none. */
  noise(): void;
}

/** Subscribe, then callbacks and answers; a heartbeat of WeCom's own kind. */
export const wecomProtocol = (settings: LinkSettings, alarm: Alarm, heard: Heard): Protocol<WecomSpeech> => ({
  address: async () => settings.wsUrl,
  speak: (line) => speak(line, settings, alarm, heard),
});

function speak(line: Line, { botId, secret }: LinkSettings, alarm: Alarm, heard: Heard): WecomSpeech {
  const asked = new Map<string, (ack: Ack) => void>();
  let over = false;

  function ask(cmd: string, body?: object, reqId = `${cmd}_${randomUUID()}`): Promise<Ack> {
    if (over) return Promise.resolve({ is: 'cut' });
    return new Promise((resolve) => {
      const settle = (ack: Ack) => {
        asked.delete(reqId);
        alarm.clear(`ack ${reqId}`);
        resolve(ack);
      };
      // Two answers to one call follow each other, so an ack can't be taken for the other's.
      asked.get(reqId)?.({ is: 'silent' });
      asked.set(reqId, settle);
      alarm.set(`ack ${reqId}`, ACK, () => settle({ is: 'silent' }));
      line.send({ cmd, headers: { req_id: reqId }, ...(body === undefined ? {} : { body }) });
    });
  }

  async function subscribe(): Promise<void> {
    const ack = await ask('aibot_subscribe', { bot_id: botId, secret });
    if (ack.is === 'silent') line.end('denied', 'subscribe not answered');
    if (ack.is !== 'said') return;
    if (ack.code === 0) {
      line.subscribed();
      heard.subscribed();
    } else line.end(ack.code === BAD_CREDENTIALS ? 'barred' : 'denied', `errcode ${ack.code}`);
  }

  function hear(text: string): void {
    const frame = readFrame(text);
    if (frame === undefined) heard.noise();
    else if (frame.cmd === 'aibot_event_callback' && eventOf(frame.body) === 'disconnected_event') {
      line.end('kicked', 'another connection');
    } else if (frame.cmd === 'aibot_msg_callback' || frame.cmd === 'aibot_event_callback') heard.call(frame);
    else if (frame.cmd === undefined && frame.code !== undefined) {
      asked.get(frame.reqId)?.({ is: 'said', code: frame.code, body: frame.body });
      if (frame.code === UNSUBSCRIBED) line.end('dropped', `errcode ${frame.code}`);
    }
  }

  return {
    ask,
    hear,
    begin: () => void subscribe(),
    beat: () => void ask('ping'),
    over: () => {
      over = true;
      for (const settle of [...asked.values()]) settle({ is: 'cut' });
    },
  };
}
