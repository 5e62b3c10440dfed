import { randomUUID } from 'node:crypto';
import type { Said } from '../server.ts';

/** A no of the robots', with status 200. */
export const no = (errcode: number, errmsg: string): Said => ({ status: 200, body: { errcode, errmsg } });

/** A no of the OpenAPI's. */
export const refused = (code: string): Said => ({
  status: code === 'system.error' ? 500 : code.startsWith('Forbidden.') ? 403 : 400,
  body: { code, message: code, requestid: randomUUID() },
});
