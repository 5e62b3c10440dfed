import type { Said } from '../server.ts';

export const ok = (more: Record<string, unknown> = {}): Said => ({
  status: 200,
  body: { errcode: 0, errmsg: 'ok', ...more },
});

export const no = (errcode: number, errmsg: string): Said => ({ status: 200, body: { errcode, errmsg } });
