import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNames } from '../../src/platforms/names.ts';
import { openRemote, says, withToken } from './remote.ts';
import { IMPATIENT, member, now, platformsAt, post, robotOf, staff } from './senders.ts';

let remote: Awaited<ReturnType<typeof openRemote>>;
beforeAll(async () => {
  remote = await openRemote();
});
afterAll(() => remote.close());

const targets = { robot: () => robotOf(remote.url), member: () => member, staff: () => staff };
const named = (known: (host: string) => Promise<void>) =>
  Object.assign((...call: Parameters<typeof fetch>) => fetch(...call), { known });

test.each(['robot', 'member', 'staff'] as const)(
  'the wait for a name is none for an answer (%s)',
  async (to) => {
    remote.play = withToken(says({ errcode: 0, processQueryKey: 'k' }));
    const asked: string[] = [];
    const slow = named((host) => {
      asked.push(host);
      return new Promise((resolve) => setTimeout(resolve, IMPATIENT + 100));
    });
    const platforms = platformsAt(remote.url, { through: slow, timeout: IMPATIENT });
    const target = targets[to]();
    expect(await platforms[target.platform].send(target, post, now)).toEqual({ is: 'sent' });
    expect(asked).toContain('127.0.0.1');
  },
);

test('a name that nobody answers for has let nothing leave', async () => {
  const { known } = createNames(() => new Promise(() => {}), 20);
  const through = named(() => known('api.example'));
  const { wecom } = platformsAt(remote.url, { through });
  remote.reset();
  expect(await wecom.send(robotOf(remote.url), post, now)).toMatchObject({
    is: 'later',
    why: expect.stringMatching(/^EAI_AGAIN/),
  });
  expect(remote.asked).toEqual([]);
});

test('nothing begins that has less time left than a connection may take to stand', async () => {
  const wait = named(() => new Promise((resolve) => setTimeout(resolve, 600)));
  for (const through of [fetch, wait]) {
    const { wecom } = platformsAt(remote.url, { through });
    remote.reset();
    const left = through === fetch ? 10_900 : 11_500;
    const late = { ...post, until: performance.now() + left };
    expect(await wecom.send(robotOf(remote.url), late, now)).toMatchObject({
      is: 'later',
      why: expect.stringMatching(/^out of time/),
    });
    expect(remote.asked).toEqual([]);
  }
});
