import { describe, expect, test } from 'vitest';
import { heard } from '../../phrases/heard.ts';
import { files, linesOf } from '../../phrases/phrases.ts';

describe('the published phrases', () => {
  test.each(files.flatMap(linesOf))('$id: $text', (phrase) => {
    const { intents, more = [], left = [] } = phrase;
    expect(heard(phrase)).toStrictEqual({ intents, more, left });
  });
});
