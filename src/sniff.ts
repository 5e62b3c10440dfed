const kinds: [start: RegExp, type: string, ending: string][] = [
  [/^\xff\xd8\xff/, 'image/jpeg', '.jpg'],
  [/^.PNG\r\n/s, 'image/png', '.png'],
  [/^GIF8[79]a/, 'image/gif', '.gif'],
  [/^RIFF[\s\S]{4}WEBP/, 'image/webp', '.webp'],
  [/^%PDF-/, 'application/pdf', '.pdf'],
  [/^[\s\S]{4}ftyp/, 'video/mp4', '.mp4'],
  [/^PK[^ -~]{2}/, 'application/zip', '.zip'],
];

/** What a file is by its first bytes: platforms say nothing of it, and a sender could say anything. */
export function kindOf(bytes: Buffer): { type: string; ending: string } {
  const start = bytes.subarray(0, 16).toString('latin1');
  const [, type, ending] = kinds.find(([each]) => each.test(start)) ?? ['', 'application/octet-stream', ''];
  return { type, ending };
}
