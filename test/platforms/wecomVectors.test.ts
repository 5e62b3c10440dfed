import { describe, expect, test } from 'vitest';
import type { HttpCall } from '../clients/wecom.ts';
import { vectors } from './vectors.ts';
import { messageOf, wecom } from './wecomDoor.ts';

const atSigning = (timestamp: string) => new Date(Number(timestamp) * 1000);
const post = (query: string, body: string): HttpCall => ({
  method: 'POST',
  query,
  headers: [],
  body: Buffer.from(body),
});

describe("the platform's published vectors", () => {
  test.each([vectors.V1, vectors.V4, vectors.V10])(
    '$name: the address check is answered with the bare number',
    (v) => {
      const query = `${v.query}&echostr=${encodeURIComponent(v.encrypt)}`;
      const call: HttpCall = { method: 'GET', query, headers: [], body: Buffer.alloc(0) };
      const received = wecom(v).receive(call, atSigning(v.timestamp));
      expect(received).toEqual({
        is: 'settled',
        answer: { status: 200, type: 'text/plain', body: v.message },
      });
    },
  );

  test('V1 with its plus signs left bare in the address is the same check', () => {
    const { V1 } = vectors;
    const call: HttpCall = {
      method: 'GET',
      query: `${V1.query}&echostr=${V1.encrypt}`,
      headers: [],
      body: Buffer.alloc(0),
    };
    expect(wecom(V1).receive(call, atSigning(V1.timestamp))).toMatchObject({ answer: { body: V1.message } });
  });

  test('V2: a member writes to the app', () => {
    const { V2 } = vectors;
    const body = `<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><AgentID><![CDATA[218]]></AgentID><Encrypt><![CDATA[${V2.encrypt}]]></Encrypt></xml>`;
    const received = wecom(V2).receive(post(V2.query, body), atSigning(V2.timestamp));
    expect(messageOf(received).message).toEqual({
      platform: 'wecom',
      bot: '218',
      id: '4561255354251345929',
      sender: 'mycreate',
      chat: { kind: 'single' },
      text: 'hello',
      room: 1536,
      proof: '477715d11cdb4164915debcba66cb864d751f3e6',
    });
  });

  test('S1: the AI bot is mentioned in a group', () => {
    const { S1 } = vectors;
    const received = wecom(S1).receive(
      post(S1.query, JSON.stringify({ encrypt: S1.encrypt })),
      atSigning(S1.timestamp),
    );
    expect(messageOf(received).message).toMatchObject({
      bot: 'AIBOTID',
      id: 'MSGID0001',
      sender: 'USERID',
      chat: { kind: 'group', id: 'CHATID' },
      text: '@RobotA 你好',
    });
  });

  test('S4: padding of a whole block is taken off', () => {
    const { S4 } = vectors;
    const call: HttpCall = {
      method: 'GET',
      query: `${S4.query}&echostr=${encodeURIComponent(S4.encrypt)}`,
      headers: [],
      body: Buffer.alloc(0),
    };
    expect(wecom(S4).receive(call, atSigning(S4.timestamp))).toMatchObject({
      answer: { body: 'aaaaaaaaaaaa' },
    });
  });

  test('S6: the group robot is mentioned, in XML', () => {
    const { S6 } = vectors;
    const body = `<xml><Encrypt><![CDATA[${S6.encrypt}]]></Encrypt></xml>`;
    const received = wecom(S6).receive(post(S6.query, body), atSigning(S6.timestamp));
    expect(messageOf(received).message).toMatchObject({
      bot: 'robot',
      id: 'M1',
      sender: 'zhangsan',
      chat: { kind: 'group', id: 'wrCHAT' },
      text: '@RobotA hello robot',
    });
  });
});
