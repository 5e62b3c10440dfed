import { customType, date, numeric, timestamp } from 'drizzle-orm/pg-core';

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const day = (name: string) => date(name, { mode: 'string' });
/** Bytes; postgres.js gives a Buffer, PGlite a plain array. */
export const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
});
export const figure = (name: string) => numeric(name, { precision: 18, scale: 4, mode: 'number' });
