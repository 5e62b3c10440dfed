// Loaded before the product: its disk is full for as long as the file named by FULL_DISK exists. What is there may be
// written over; nothing grows.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const { FULL_DISK: flag, DATA_DIR: folder } = process.env;
const isFull = () => fs.existsSync(flag);
const onIt = new Set();

const { openSync, closeSync, writeSync, statfsSync } = fs;
fs.openSync = (path, ...how) => {
  const file = openSync(path, ...how);
  if (String(path).startsWith(folder)) onIt.add(file);
  return file;
};
fs.closeSync = (file) => {
  onIt.delete(file);
  closeSync(file);
};
fs.writeSync = (file, bytes, offset, length, position) => {
  if (onIt.has(file) && isFull() && (position ?? 0) + length > fs.fstatSync(file).size) {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
  }
  return writeSync(file, bytes, offset, length, position);
};
fs.statfsSync = (...of) => Object.assign(statfsSync(...of), isFull() ? { bavail: 0 } : {});
syncBuiltinESMExports();
