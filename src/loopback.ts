const NAMES = ['127.0.0.1', '::1', 'localhost'];
const HOST = /^(?:\[([^[\]]+)\]|([^[\]:]+))(?::\d{1,5})?$/;

/** Whether an address to listen at is this very machine's, and nobody else's to reach. */
export const isLoopback = (address: string): boolean => NAMES.includes(address);

/** The same of a host as a URL or a Host header has it: `[::1]` in brackets, with a port or without. */
export function isLoopbackHost(host: string): boolean {
  const [, bracketed, plain = ''] = HOST.exec(host.toLowerCase()) ?? [];
  return isLoopback(bracketed ?? plain);
}
