import { inflateRawSync } from 'node:zlib';

/** Bytes of a file that anybody may bring; a plan of a bureau has a hundredth of it. */
export const LARGEST_FILE = 5 * 1024 * 1024;
/** Bytes that all its parts together may unfold to. */
const LARGEST_UNPACKED = 40 * 1024 * 1024;
const MOST_PARTS = 500;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** What is wrong with a file as such, in Chinese: it could not be opened at all. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/**
 * The names of a zip archive's parts. Unfolds every part within a budget first, so that whoever reads it afterwards
 * meets no more than that, whatever sizes the archive claims. Throws `Unreadable`.
 */
export function partsOf(bytes: Buffer): string[] {
  if (bytes.length === 0) throw new Unreadable('文件是空的');
  if (bytes.length > LARGEST_FILE) throw new Unreadable('文件超过5MB,请删去图片和无关内容后重试');
  if (bytes.readUInt16BE(0) === 0xd0cf) {
    throw new Unreadable('这是旧版或加了密码的文件,请用 Excel 或 WPS 去掉密码并另存为 .xlsx(或 .docx)');
  }
  const names: string[] = [];
  let budget = LARGEST_UNPACKED;
  try {
    for (const part of entriesOf(bytes)) {
      names.push(part.name);
      budget -= unfolded(part, budget);
      if (names.length > MOST_PARTS) throw new Unreadable('文件里的部件过多,请另存一份再试');
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('文件已损坏,或者不是 .xlsx / .docx 文件');
  }
  return names;
}

interface Part {
  name: string;
  method: number;
  packed: Buffer;
}

function* entriesOf(bytes: Buffer): Generator<Part> {
  const end = endOf(bytes);
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw new Error('no central record');
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const name = bytes.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const local = bytes.readUInt32LE(at + 42);
    if (bytes.readUInt32LE(local) !== LOCAL) throw new Error('no local record');
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    yield { name, method: bytes.readUInt16LE(at + 10), packed };
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
}

function endOf(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 65_557; at--) {
    if (bytes.readUInt32LE(at) === END) return at;
  }
  throw new Error('no end record');
}

function unfolded({ method, packed }: Part, budget: number): number {
  if (method === 0) return packed.length;
  if (method !== 8) throw new Error('another method');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(budget, 1) }).length;
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable('文件展开后超过40MB,不予读取');
    throw error;
  }
}
