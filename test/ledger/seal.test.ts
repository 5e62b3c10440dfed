import { expect, test } from 'vitest';
import { createSeal } from '../../src/ledger/seal.ts';

const SECRET = 'k'.repeat(32);
const seal = createSeal(SECRET);

test('what is under seal opens with its own key, and is never written twice alike', () => {
  const [one, other] = [seal.close('群地址'), seal.close('群地址')];
  expect(one).not.toBe(other);
  expect([one, other].map(seal.open)).toEqual(['群地址', '群地址']);
  expect(() => createSeal('x'.repeat(32)).open(one)).toThrow();
});

test('what an earlier build has sealed still opens', () => {
  const sealed =
    'IhLSHROrLfh76cEMLAcQU2IOGfz4Z9C13QufrezUTU-IYHEOdYMABoi8C5A6ZoRuLAEQMML3n7jVZAQjLj4Nws5QfT5md_WxCbtwy0WEBc5rLw_u';
  expect(seal.open(sealed)).toBe('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=甲');
});

test('what was changed or cut short does not open, nor what has only a part of its tag', () => {
  const bytes = Buffer.from(seal.close(''), 'base64url');
  expect(seal.open(bytes.toString('base64url'))).toBe('');
  for (const length of [0, 12, 16, 27])
    expect(() => seal.open(bytes.subarray(0, length).toString('base64url'))).toThrow();
  for (const at of bytes.keys()) {
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ 1;
    expect(() => seal.open(bent.toString('base64url'))).toThrow();
  }
});
