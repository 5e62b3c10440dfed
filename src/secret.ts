import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { type Config, Misconfigured } from './config.ts';
import { type Db, makeFolder } from './ledger/db.ts';
import { facts } from './ledger/schema.ts';
import { createSeal, type Seal } from './ledger/seal.ts';

/** SECRET_KEY, or the key made once and kept in DATA_DIR/secret.key, readable by its owner alone. */
export function secretKey(config: Config): string {
  if (config.SECRET_KEY !== undefined) return config.SECRET_KEY;
  const file = fileOf(config);
  makeFolder(config.DATA_DIR);
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}

const fileOf = ({ DATA_DIR: dataDir }: Config): string => join(dataDir, 'secret.key');

const PROOF = 'seal';
const PLAIN = 'duban';

/** Refuses to start with another key than the one that sealed what is stored, and makes none beside what is. */
export async function openSeal(config: Config, db: Db): Promise<Seal> {
  const stored = () => db.select().from(facts).where(eq(facts.name, PROOF));
  if (config.SECRET_KEY === undefined && !existsSync(fileOf(config)) && (await stored()).length > 0) {
    throw new Misconfigured(
      `DATA_DIR:${config.DATA_DIR} 里没有 secret.key(保存推送地址所用的密钥),请从备份拷入,或把它写在 SECRET_KEY`,
    );
  }
  const seal = createSeal(secretKey(config));
  await db
    .insert(facts)
    .values({ name: PROOF, value: seal.close(PLAIN) })
    .onConflictDoNothing();
  const [proof] = await stored();
  try {
    if (seal.open(String(proof?.value)) === PLAIN) return seal;
  } catch {
    // Another key, or a changed text: told below, without either.
  }
  throw new Misconfigured(
    'SECRET_KEY:与已保存的推送地址所用的密钥不一致,请换回原来的密钥(SECRET_KEY,或 DATA_DIR 里的 secret.key)',
  );
}
