import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { stores } from '../setup/stores.ts';
import { enter, living, look, states } from './entered.ts';
import { pass, passMinutes, rowsOf, write } from './letters.ts';

const chiefs = [
  ...['bangongshi', 'dangwei', 'jiwei', 'renshi', 'fagui', 'guihua', 'caiwu', 'jijiao', 'zhijiao', 'dudao'],
  ...['anquan', 'tiwei', 'qunti', 'chanye', 'xuanchuan', 'xinxi', 'zhaokao', 'jiaoke', 'tizhong', 'yizhong'],
].map((section) => `sec_${section}`);

afterEach(() => living.close());

describe('a letter in the outbox, by addresses and the app,', () => {
  const [store] = stores;
  if (!store) throw new Error('there is no store');

  test('does not leave after half a minute, when others may soon take it for abandoned', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    let milliseconds = 0;
    const slowToken: typeof globalThis.fetch = (input, init) => {
      if (String(input).includes('gettoken')) vi.advanceTimersByTime(milliseconds);
      return globalThis.fetch(input, init);
    };
    await enter({ ...store, fetch: slowToken });
    await pass(living, 180);
    living.wecom.sent.length = 0;
    milliseconds = 30_000;
    await write(living, { wecom: 'sec_caiwu' }, '甲');
    await look();
    expect(living.wecom.sent).toEqual([]);
    expect(await states()).toEqual(['waiting']);
    await passMinutes(living, 3);
    expect((await rowsOf(living))[0]).toMatchObject({ state: 'sent', attempt: 2, again: false });
  });

  test("waits for a minute to pass when the machine's clock is set while a minute is being spent", async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { wecom, clock } = await enter(store);
    for (const chief of chiefs) await write(living, { wecom: chief }, `给${chief}`);
    await look();
    const { offset } = clock;
    clock.offset = () => offset() - 2 * 60 * 60_000;
    clock.move(2 * 60 * 60_000);
    await look();
    expect(wecom.sent).toHaveLength(18);
    vi.advanceTimersByTime(60_000);
    await look();
    expect(wecom.sent).toHaveLength(20);
  });
});
