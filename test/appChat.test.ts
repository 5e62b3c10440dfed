import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWecomAnswer, shownIn, wecomCall } from './clients/wecom.ts';
import { type LivingHouse, openLivingHouse } from './setup/house.ts';
import { openPostgres } from './setup/stores.ts';

/** Members who write to the self-built app, whose answers are the shortest: 2,048 bytes. */
const corp = 'ww1436e0e65a779aee';
const keys = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', receiveId: corp };

let living: LivingHouse;
beforeAll(async () => {
  const settings = {
    WECOM_TOKEN: keys.token,
    WECOM_AES_KEY: keys.aesKey,
    WECOM_RECEIVE_ID: corp,
    WECOM_CORP_ID: corp,
    WECOM_AGENT_ID: '1000002',
    WECOM_APP_SECRET: 'a secret of tests',
  };
  living = await openLivingHouse(await openPostgres(), '2026-04-09', '10:00', { door: 'hook', settings });
});
afterAll(() => living.close());

let messages = 0;
async function say(user: string, text: string): Promise<string> {
  messages += 1;
  const plaintext = `<xml><ToUserName>${corp}</ToUserName><FromUserName>${user}</FromUserName><CreateTime>1348831860</CreateTime><MsgType>text</MsgType><Content>${text}</Content><MsgId>${messages}</MsgId><AgentID>1000002</AgentID></xml>`;
  const { query, body } = wecomCall({ ...keys, plaintext, now: living.clock.now(), format: 'xml' });
  const answer = await fetch(`${living.house.address}/hooks/wecom?${query}`, {
    ...{ method: 'POST', body: body.toString() },
  });
  return shownIn(openWecomAnswer(keys, await answer.text()).plaintext);
}

test('a list that is longer than an answer is there whole, page by page', async () => {
  const pages = [await say('ldr_shuji', '清单')];
  while (pages.at(-1)?.includes('下一页')) pages.push(await say('ldr_shuji', '下一页'));
  for (const page of pages) {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(2_048);
    expect(page).not.toContain('其余略');
  }
  const codes = pages.flatMap((page) => page.match(/【\d\.\d\.\d】/g) ?? []);
  expect(pages[0]).toContain('共42项');
  expect(new Set(codes).size).toBe(42);
  expect(codes).toHaveLength(42);
});
