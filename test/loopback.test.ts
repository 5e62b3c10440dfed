import { expect, test } from 'vitest';
import { isLoopback, isLoopbackHost } from '../src/loopback.ts';

test.each(['127.0.0.1', '127.0.0.1:3000', 'localhost', 'LocalHost:3000', '[::1]', '[::1]:3000'])(
  '%s is this machine',
  (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  },
);

test.each([
  '',
  '0.0.0.0',
  '::1',
  '127.0.0.1.example.com',
  'localhost.example.com',
  'localhost:3000@example.com',
  'example.com@localhost',
  'localhost/',
  'localhost:',
  'localhost:123456',
  '[::1]x',
  '[::2]',
  ' localhost',
  'localhost\n',
])('%j is not', (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});

test.each([
  ['::1', true],
  ['127.0.0.1', true],
  ['localhost', true],
  ['[::1]', false],
  ['0.0.0.0', false],
  ['::', false],
])('listening at %s is for this machine alone: %s', (address, alone) => {
  expect(isLoopback(address)).toBe(alone);
});
