import { unzip } from '../setup/zip.ts';

/** One secret value, by the name under which a leak of it is told. `core` is what no escaping changes. */
export interface Secret {
  name: string;
  core: string | Buffer;
}

/** What came out somewhere. */
export interface Found {
  where: string;
  text: string | Buffer;
}

/** Each secret as it is, in hexadecimals and in base64, wherever in a longer text it may have stood there. */
function writings({ core }: Secret): string[] {
  const bytes = Buffer.from(core);
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].flatMap((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    const text = shifted.toString('base64').slice(Math.ceil((before * 8) / 6));
    const whole = text.slice(0, Math.floor((shifted.length * 8) / 6) - Math.ceil((before * 8) / 6));
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [...(typeof core === 'string' ? [core] : []), hex, hex.toUpperCase(), ...new Set(base64)];
}

/** The leaks, each as `secret in place`. Archives are looked into. */
export function leaks(secrets: readonly Secret[], found: readonly Found[]): string[] {
  const known = secrets.map((secret) => ({ secret, written: writings(secret) }));
  const texts = found.flatMap(({ where, text }) =>
    contents(text).map((content) => ({ where, text: content })),
  );
  return [
    ...new Set(
      known.flatMap(({ secret, written }) =>
        texts
          .filter(({ text }) => written.some((each) => text.includes(each)))
          .map(({ where }) => `${secret.name} in ${where}`),
      ),
    ),
  ];
}

/** Bytes are read one by one, so that nothing is lost that isn't UTF-8. */
function contents(text: string | Buffer): string[] {
  if (typeof text === 'string') return [text];
  const raw = text.toString('latin1');
  const archive = raw.indexOf('PK\x03\x04');
  if (archive < 0) return [raw];
  return [raw, ...unzip(text.subarray(archive)).values()];
}
