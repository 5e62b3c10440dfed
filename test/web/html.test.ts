import { expect, test } from 'vitest';
import { html, textOf } from '../../src/web/html.ts';

const written = (part: Parameters<typeof html>[1]): string => textOf(html`<p title="${part}">`);

test('what is put into a page stays words, also between quotes', () => {
  expect(written(`<b>&"'\``)).toBe('<p title="&#60;b&#62;&#38;&#34;&#39;&#96;">');
  expect(written('4.3.2 演练')).toBe('<p title="4.3.2 演练">');
});

test('what is a page’s part already goes in as it is, also in a list', () => {
  expect(written(html`<i>${'<'}</i>`)).toBe('<p title="<i>&#60;</i>">');
  expect(written([html`<br>`, '>', [7]])).toBe('<p title="<br>&#62;7">');
  expect(textOf(html`${'a'}-${'b'}-${'c'}`)).toBe('a-b-c');
});

test('nothing leaves nothing, and nought is a figure', () => {
  for (const nothing of [null, undefined, false, ''] as const) expect(written(nothing)).toBe('<p title="">');
  expect(written(0)).toBe('<p title="0">');
});
