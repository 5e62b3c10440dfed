/** Nothing was recorded and nothing will be. */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway';
}

/** COMMIT was sent and no answer came: it may have been recorded. */
export class CommitUnknown extends Error {
  override name = 'CommitUnknown';
}

/** The time is up; what was asked for may still be under way, but nobody waits for it any more. */
export class TimeUp extends Error {
  override name = 'TimeUp';
}

/** The driver's own error: drizzle wraps it, and PGlite's classes have no names to go by. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}

/** SQLSTATE, or the code that Node or postgres.js gives a broken connection. */
export function codeOf(error: unknown): string {
  const root = rootOf(error);
  return root instanceof Error && 'code' in root ? String(root.code) : '';
}

/** The connection ended or fell silent before an answer came. */
export const isLost = (error: unknown): boolean =>
  error instanceof TimeUp ||
  /^(08...|57P0\d|25P0[34]|CONNECT(ION_\w+|_TIMEOUT))$/.test(codeOf(error)) ||
  /^(ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENOENT|E(HOST|NET)(UNREACH|DOWN))$/.test(codeOf(error));

/** A connection to a standby, or from while nothing might be written, never writes again: another may. */
export const isReadOnly = (error: unknown): boolean => codeOf(error) === '25006';

/** Deadlock and serialization failure: it was nobody's fault, and the next try may well succeed. */
export const isRepeatable = (error: unknown): boolean => /^(40001|40P01)$/.test(codeOf(error));

/** The server answered that it can't at present: no resources, wrong password, read-only, a lock or statement timed out. */
export const isRefused = (error: unknown): boolean =>
  isRepeatable(error) || /^(53...|58...|28...|3D000|25006|55P03|57014)$/.test(codeOf(error));

/** Keeps the driver's error, which has no parameters in it, and not drizzle's, which has people's words. */
export const away = (error: unknown): DatabaseAway =>
  new DatabaseAway(`the database is away (${codeOf(error) || 'no answer in time'})`, {
    cause: rootOf(error),
  });

export const unknown = (error: unknown): CommitUnknown =>
  new CommitUnknown(`no answer to COMMIT (${codeOf(error) || 'no answer in time'})`, {
    cause: rootOf(error),
  });
