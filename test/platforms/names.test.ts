import { describe, expect, test } from 'vitest';
import { createNames } from '../../src/platforms/names.ts';

const AGAIN = { code: 'EAI_AGAIN', syscall: 'getaddrinfo' };

/** Name servers of which each question is answered when the test says so. */
function mute() {
  const asked: string[] = [];
  const open: (() => void)[] = [];
  const look = (host: string) => {
    asked.push(host);
    return new Promise<void>((resolve) => open.push(resolve));
  };
  return { asked, look, answer: () => open.shift()?.() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the platforms' names", () => {
  test('are asked for once at a time and one after the other, however many wait for them', async () => {
    const { asked, look, answer } = mute();
    const sent: string[] = [];
    const { known } = createNames(look);
    const call = async (host: string) => {
      await known(`${host}.example`);
      sent.push(host);
    };
    const all = ['a', 'b', 'a', 'c', 'a', 'b'].map(call);
    await settled();
    expect(asked).toEqual(['a.example']);
    answer();
    await settled();
    expect(asked).toEqual(['a.example', 'b.example']);
    expect(sent).toEqual(['a', 'a', 'a']);
    answer();
    await settled();
    answer();
    await Promise.all(all);
    expect(asked).toEqual(['a.example', 'b.example', 'c.example']);
    expect(sent).toHaveLength(6);
    // Anew the next time: an address may have moved.
    void call('a');
    await settled();
    expect(asked.at(-1)).toBe('a.example');
  });

  test('that nobody answers for are given up, and nothing has left', async () => {
    const { asked, look } = mute();
    const { known, lookup } = createNames(look, 20);
    const calls = ['a', 'a', 'b', 'c'].map((host) => known(`${host}.example`));
    for (const call of calls) await expect(call).rejects.toMatchObject(AGAIN);
    const told = await new Promise((resolve) => lookup('d.example', {}, resolve));
    expect(told).toMatchObject(AGAIN);
    expect(asked).toEqual(['a.example']);
  });

  test('that were answered before are not kept waiting by one that nobody answers', async () => {
    const { asked, look, answer } = mute();
    const { known } = createNames(look);
    const first = known('api.example');
    answer();
    await first;
    void known('files.example');
    const again = known('api.example');
    await settled();
    expect(asked).toEqual(['api.example', 'files.example', 'api.example']);
    answer();
    answer();
    await again;
  });

  test('that there are not are told as they were told', async () => {
    const { known } = createNames(async () => {
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
    });
    await expect(known('a.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  test('are not asked for where an address stands', async () => {
    const { asked, look } = mute();
    const { known } = createNames(look);
    for (const host of ['127.0.0.1', '[::1]']) await known(host);
    expect(asked).toEqual([]);
  });
});
