import { connect as dial, type Socket } from 'node:net';
import postgres from 'postgres';

/** The same on every server, however it is set up; and no statement, lock or idle transaction stays for ever. */
const parameters = {
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  statement_timeout: 20_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 20_000,
};

/** A client with a single connection, which it opens at its first query. */
export function connect(url: string, more: { connection?: object; onclose?: () => void } = {}): postgres.Sql {
  const { socket, hangUp } = createDialler();
  // Its types don't know `socket`.
  const dialling: object = { socket };
  const sql = postgres(url, {
    ...more,
    ...dialling,
    connection: { ...parameters, ...more.connection },
    max: 1,
    connect_timeout: 5,
    // postgres.js closes idle and old connections at moments when a query may just be on its way to them.
    idle_timeout: 0,
    max_lifetime: null,
    keep_alive: 10,
    // Asking for the types of arrays, which drizzle reads by itself, it lets nobody catch what happens to the line.
    fetch_types: false,
    onnotice: () => {},
  });
  const { end } = sql;
  return Object.assign(sql, { end: (options: { timeout?: number }) => end(options).finally(hangUp) });
}

/** What postgres.js knows of where to; it tries the hosts one after the other. */
interface Where {
  host: string[];
  port: number[];
  path: string | false;
}

/**
 * Sockets that can be hung up. postgres.js, ended while it was still opening its connection, leaves that one open, and
 * opens one that broke before its first answer again: nobody would ever close it.
 */
function createDialler() {
  const open = new Set<Socket>();
  let tried = 0;
  let over = false;
  return {
    socket({ host: hosts, port: ports, path }: Where): Socket {
      if (over) throw new Error('hung up');
      const at = tried++ % hosts.length;
      const [host = 'localhost', port = 5432] = [hosts[at], ports[at]];
      const socket = path ? dial(path) : dial(port, host);
      open.add(socket.on('close', () => open.delete(socket)));
      // postgres.js wants to know whose certificate to ask for.
      return Object.assign(socket, { host });
    },
    hangUp(): void {
      over = true;
      for (const socket of open) socket.destroy();
    },
  };
}
