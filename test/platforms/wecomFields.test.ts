import { describe, expect, test } from 'vitest';
import { readFields } from '../../src/platforms/wecom/fields.ts';

describe('the fields of a call', () => {
  const fieldsOf = (text: string) => readFields(text)?.fields;

  test('keep what they hold, entities and figures with zeros, and have none that is null', () => {
    expect(fieldsOf('{"Msg_Id":null,"a":[null,{"B_c":"007","d":null}]}')).toStrictEqual({
      a: [null, { bc: '007' }],
    });
    expect(fieldsOf('<xml><A>&lt;1&gt;</A><B>007</B></xml>')).toEqual({ a: '&lt;1&gt;', b: '007' });
    expect(fieldsOf('<?xml version="1.0"?><xml><A>1</A></xml>')).toEqual({ a: '1' });
    expect(fieldsOf(' \n<xml><A>1</A></xml>')).toEqual({ a: '1' });
    expect(fieldsOf(`<xml><A>${'一'.repeat(3000)}</A></xml>`)).toEqual({ a: '一'.repeat(3000) });
  });

  test.each([
    ' <?xml version="1.0"?><xml><A>1</A></xml>',
    '<xml><?xml version="1.0"?><A>1</A></xml>',
    '<a/><?xml version="1.0"?><xml><A>1</A></xml>',
  ])('have no declaration but at their very beginning: %s', (text) => {
    expect(fieldsOf(text)).toBeUndefined();
  });

  test('are at most two thousand pieces of XML', () => {
    // A root is two of them, each element three.
    const pieces = (elements: number) => `<xml>${'<a>1</a>'.repeat(elements)}</xml>`;
    expect(fieldsOf(pieces(666))).toBeDefined();
    expect(fieldsOf(`<?xml version="1.0"?>${pieces(666)}`)).toBeDefined();
    expect(fieldsOf(pieces(667))).toBeUndefined();
  });
});
