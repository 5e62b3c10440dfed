import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { download, isPrivate, nameIn, sources } from '../../src/platforms/download.ts';

let base = '';
/** The same server at an address that leads inside and isn't this machine's first. */
let inside = '';
let asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  if (request.url === '/slow') return;
  if (request.url === '/drip') {
    response.write('a');
    return;
  }
  if (request.url === '/long') {
    response.write(Buffer.alloc(64));
    response.end(Buffer.alloc(64));
    return;
  }
  response.end('a file');
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  base = `http://127.0.0.1:${port}`;
  inside = `http://127.0.0.2:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a file is fetched', () => {
  const here = () => ({ ...sources(base, ['files.example']), milliseconds: 300, bytes: 100 });

  test('from the platform’s own base, on this machine only where the base is', async () => {
    expect(await download(`${base}/file`, here())).toMatchObject({
      is: 'file',
      bytes: Buffer.from('a file'),
    });
    asked = [];
    const elsewhere = { ...sources('https://files.example', []), milliseconds: 300 };
    expect(await download(`${base}/file`, elsewhere)).toMatchObject({
      is: 'over',
      why: `host not permitted ${new URL(base).host}`,
    });
    expect(asked).toEqual([]);
  });

  test('from a port that is named with its host, and from no other', async () => {
    const { port } = new URL(base);
    const named = { ...sources('https://api.example', [], [`127.0.0.1:${port}`]), milliseconds: 300 };
    const why = (address: string) => download(address, named);
    expect(await why(`https://127.0.0.1:${port}/file`)).toMatchObject({
      why: expect.stringMatching(/^private/),
    });
    expect(await why('https://127.0.0.1:1/file')).toMatchObject({ why: expect.stringMatching(/^host not/) });
    expect(await why('https://127.0.0.1/file')).toMatchObject({ why: expect.stringMatching(/^host not/) });
  });

  test('from a platform in the bureau’s own network, and from no other place there', async () => {
    const own = { ...sources(inside, []), milliseconds: 300 };
    expect(await download(`${inside}/file`, own)).toMatchObject({ is: 'file' });
    expect(await download('http://127.0.0.2:1/file', own)).toMatchObject({ is: 'over' });
    expect(await download('https://127.0.0.2/file', own)).toMatchObject({
      is: 'over',
      why: expect.stringMatching(/^private address/),
    });
  });

  test.each([
    ['another port of this machine', 'http://127.0.0.1:1/file'],
    ['this machine by another name', 'http://localhost/file'],
    ['a cloud’s metadata', 'http://169.254.169.254/latest/meta-data'],
    ['a neighbour', 'http://10.0.0.1/file'],
    ['a host that only ends alike', 'https://evil-files.example/file'],
    ['a host below', 'https://a.files.example/file'],
    ['another port', 'https://files.example:8443/file'],
    ['a name and a password', 'https://me:secret@files.example/file'],
    ['another scheme', 'file:///etc/passwd'],
    ['no address at all', 'down the hall'],
  ])('never from %s', async (_what, address) => {
    expect(await download(address, here())).toMatchObject({
      is: 'over',
      why: expect.stringMatching(/^host not permitted/),
    });
  });

  test.each([
    ['https://me:secret@evil.example:8443/file?key=secret', 'host not permitted evil.example:8443'],
    ['down the hall', 'host not permitted'],
  ])('and the host of %s is named, so that it can be permitted', async (address, why) => {
    expect(await download(address, here())).toEqual({ is: 'over', why });
  });

  test('not from a permitted name or number that leads inside', async () => {
    const permitted = { hosts: ['localhost', '10.1.2.3', '[::1]'], milliseconds: 300 };
    for (const address of ['https://localhost/file', 'https://10.1.2.3/file', 'https://[::1]/file']) {
      expect(await download(address, permitted)).toMatchObject({
        is: 'over',
        why: expect.stringMatching(/^private address/),
      });
    }
  });

  test('within its time and its size, told or untold', async () => {
    expect(await download(`${base}/slow`, here())).toMatchObject({
      is: 'later',
      why: expect.stringMatching(/^timeout/),
    });
    expect(await download(`${base}/drip`, here())).toMatchObject({
      is: 'later',
      why: expect.stringMatching(/^(timeout|ECONNRESET)/),
    });
    expect(await download(`${base}/long`, here())).toMatchObject({
      is: 'over',
      why: expect.stringMatching(/^too large/),
    });
  });
});

test('addresses inside are known in all their writings', () => {
  const inside = [
    '127.0.0.1',
    '10.9.9.9',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
  ];
  for (const each of [
    ...inside,
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ])
    expect([each, isPrivate(each)]).toEqual([each, true]);
  for (const each of ['8.8.8.8', '172.32.0.1', '101.226.103.1', '2400:3200::1'])
    expect(isPrivate(each)).toBe(false);
});

test.each([
  [`attachment; filename="a.pdf"; filename*=UTF-8''%E7%AE%80%E6%8A%A5.pdf`, '简报.pdf'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename=plain.docx', 'plain.docx'],
  [`attachment; filename="${Buffer.from('演练简报.pdf').toString('latin1')}"`, '演练简报.pdf'],
  ['attachment; filename="r\u00e9sum\u00e9.pdf"', 'r\u00e9sum\u00e9.pdf'],
  [`attachment; filename*=UTF-8''%E0%A4%A`, '%E0%A4%A'],
  ['inline', undefined],
  [undefined, undefined],
])('%s names the file %s', (disposition, name) => {
  expect(nameIn(disposition)).toBe(name);
});
