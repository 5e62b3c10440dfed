/** The platform's published examples, and three of the same making; every key is a sample one. */
export const vectors = {
  V1: {
    name: 'V1',
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveId: 'wx5823bf96d3bd56c7',
    timestamp: '1409659589',
    query: 'msg_signature=5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3&timestamp=1409659589&nonce=263014780',
    encrypt: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
    message: '1616140317555161061',
  },
  V2: {
    name: 'V2',
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveId: 'wx5823bf96d3bd56c7',
    timestamp: '1409659813',
    query: 'msg_signature=477715d11cdb4164915debcba66cb864d751f3e6&timestamp=1409659813&nonce=1372623149',
    encrypt:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
    message:
      '<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>\n<FromUserName><![CDATA[mycreate]]></FromUserName>\n<CreateTime>1409659813</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[hello]]></Content>\n<MsgId>4561255354251345929</MsgId>\n<AgentID>218</AgentID>\n</xml>',
  },
  V4: {
    name: 'V4',
    token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
    aesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
    receiveId: 'ww1436e0e65a779aee',
    timestamp: '1476416373',
    query: 'msg_signature=012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb&timestamp=1476416373&nonce=47744683',
    encrypt: 'fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==',
    message: '1288432023552776189',
  },
  V10: {
    name: 'V10',
    token: 'xxx',
    aesKey: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    receiveId: '',
    timestamp: '1703041184',
    query: 'msg_signature=09380007d4f0891d966988e5450ad794c77fa01c&timestamp=1703041184&nonce=1703023880',
    encrypt: 'oCdlC8pJ/DIjXnC8F9reyjDYlSImCmIgxA4prPD+l2Fj5qBHjFiWnpelQofsDCJrSEvNVTET6oQmoXLQxzUkyQ==',
    message: '6534946348215556778',
  },
  S1: {
    name: 'S1',
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveId: '',
    timestamp: '1700000000',
    query: 'msg_signature=ff90ee3be17f774605842d87fa503a9f8120abac&timestamp=1700000000&nonce=nonce123',
    encrypt:
      'sKqRbbiSUnDhFHOvPjtUMYKP0uZVIhnypgP4Jo7Uj0iiEVzGZK5wYPIu8f06+wgmdBV4UrddZd3yn98kfc3DV9JQC7VaGsPfOwZ3T71Qn8trdXLGd1fi41og879AGYJVzkvYN1VqUDur+6wDs6MjTXTlI9Tvl9f/3ztC7ojZ1jx038+32Nmft0ZGG1hlCOJGh4P/9GnyM/3ENMG6s/WJexmoCtIpfA0lKBTjMxnu0nsBrAdC9y088m6E0ELSRpfFnolEe71523v5nuE3zcZORqYmmzkCJ911WI2vnewxD/BYndcm/b25NQUuMxXX6KuMP6n1AvI3tKPVs+xRheK2V/L3z1wxd0mmR1pqog64emQC2ya9ikEMdhYPoPbQzrOP',
    message:
      '{"msgid":"MSGID0001","aibotid":"AIBOTID","chatid":"CHATID","chattype":"group","from":{"userid":"USERID"},"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=CODE","msgtype":"text","text":{"content":"@RobotA 你好"}}',
  },
  S4: {
    name: 'S4',
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveId: '',
    timestamp: '1700000000',
    query: 'msg_signature=cb19fbc9be5a6ed79cea2ef892cb3a76f5f29ac7&timestamp=1700000000&nonce=nonce123',
    encrypt: 'sKqRbbiSUnDhFHOvPjtUMbOGu8TcFrEB2BH4s95zyA+cOZ3c+JSGezcWpXn7VM8SC8BIdSYEq7hbfc2NvEzvFA==',
    message: 'aaaaaaaaaaaa',
  },
  S6: {
    name: 'S6',
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveId: '',
    timestamp: '1700000000',
    query: 'msg_signature=d7a4fb69403e24b69801e0eafe53f10c0ba8005a&timestamp=1700000000&nonce=nonce123',
    encrypt:
      'sKqRbbiSUnDhFHOvPjtUMZOvWBrHuvN6iuyVdI5UhqB6MxPNSQJPSOPUTnI2NGufIUU5jjVJRAFwYR6jJ7Nloesms72bWviILTkIe0sW5TQtkIRmpfyz4qWc/N39gABzUwjVXH/V07FjnTr+uiIt7/4rfgqDGJA/gZyT5ZRMk7m94BFQki0/UWuf8tuHOvaEvdszb+DgMdqID2fqRysFD0Y3QgEiiKJIGZGywnT3JhrB8ThELT2ZHVPQNhHVuo9PNIJ2oMLX/iuoeTR3yDm/bPwufVP0Wi5DvTAkA8+GYkMtzPrS98DajRlEsK3rx3M0Y5k6x1+mnszD2SH19sIsujZwUPesSKwmqznXuVdhd/+GTkb7td0b0lepNuidM4ehA0U5GYcRjAlmeYE8eG78mVIUT/qaHTyT2oGfqQb8AuwDTFuLvfxPT5MCkLM6p0VIBG9yEEPFTh5YaD5J7CMiVF0qWbg/xmw707Ho6afdiCCakuJZO3Pcb7K4//vkA9xDZnqo1fgtX6SeWSljbc2kgXuj0o3+L6Iqm72D5Cp+QjMuRFVvOwgXRE7yefCfdkRLnqYny5HQyIZDvgVbFrbptw/BlxBG+RxztZDpvbiX1NyZ6UH24TxPteYUBTDib8fS3LF8gScJGIlTJhrYNbEpB1uS6qxJWr//oVTzLQj+fec=',
    message:
      '<xml><WebhookUrl> <![CDATA[https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=KEY]]></WebhookUrl><MsgId>M1</MsgId><ChatId><![CDATA[wrCHAT]]></ChatId><ChatType>group</ChatType><From><UserId>zhangsan</UserId><Name><![CDATA[张三]]></Name><Alias><![CDATA[zs]]></Alias></From><GetChatInfoUrl><![CDATA[https://qyapi.weixin.qq.com/cgi-bin/webhook/get_chat_info?code=CODE]]></GetChatInfoUrl><MsgType>text</MsgType><Text><Content><![CDATA[@RobotA hello robot]]></Content></Text></xml>',
  },
};
