// Loaded before the product: whoever makes a database dies at the moment at which it begins to look made, and the server
// that waits for it too, as when the machine goes down.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const { openSync, existsSync } = fs;
const looksMade = /\/(fresh-[^/]+|pglite)\/PG_VERSION$/;
fs.openSync = (path, ...how) => {
  const isNew = looksMade.test(String(path)) && !existsSync(path);
  const file = openSync(path, ...how);
  if (isNew) for (const one of [process.ppid, process.pid]) process.kill(one, 'SIGKILL');
  return file;
};
syncBuiltinESMExports();
