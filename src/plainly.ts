import { dirname } from 'node:path';
import { Misconfigured } from './config.ts';
import { codeOf, DatabaseAway, DiskFull, FolderHeld, Unfit } from './ledger/db.ts';

/** What an operator can mend, in Chinese, with what to change; null for a fault of the product, which keeps its stack. */
export function plainly(error: unknown): string | null {
  if (ours.some((each) => error instanceof each)) return (error as Error).message;
  const code = codeOf(error);
  if (error instanceof DatabaseAway)
    return `DATABASE_URL:${databases[code] ?? `连不上数据库(${code || '没有回应'})`}`;
  if (code === '42501') return `DATABASE_URL:${databases[code]}`;
  const { syscall, path, port, address } = (error ?? {}) as Partial<NodeJS.ErrnoException & Listened>;
  if (syscall === 'listen') return listening(code, port, address);
  if (syscall === 'mkdir' && code === 'ENOENT') return `${path}:这里建不了文件夹,请换个位置`;
  const why = files[code];
  return why === undefined || path === undefined ? null : why(path);
}

const ours = [Misconfigured, FolderHeld, DiskFull, Unfit];

interface Listened {
  port: number;
  address: string;
}

function listening(code: string, port = 0, address = ''): string | null {
  if (code === 'EADDRINUSE')
    return `PORT:端口 ${port} 已被别的程序占用,请停掉那个程序,或把 PORT 改成别的端口`;
  if (code === 'EACCES') return `PORT:没有使用端口 ${port} 的权限,请改用1024以上的端口`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST:本机没有 ${address} 这个地址,请核对 HOST`;
  return null;
}

const databases: Record<string, string> = {
  ECONNREFUSED: '数据库没有运行,或者地址、端口不对',
  ENOTFOUND: '找不到这台数据库主机,请核对地址;密码里的 @、#、/ 等须写成 %40、%23、%2F',
  EAI_AGAIN: '一时解析不出数据库主机,请核对地址和网络',
  CONNECT_TIMEOUT: '数据库主机没有回应,请核对地址和防火墙',
  '28P01': '用户名或密码不对',
  '28000': '数据库不让这个用户从本机连接,请核对用户和 pg_hba.conf',
  '3D000': '没有这个数据库,请先建好',
  '42501': '这个用户没有在库里建表、读写的权限,请换成库的所有者,或授予 public 模式的全部权限',
  '53300': '数据库连接已满,请提高 max_connections 或减少进程',
  '57P03': '数据库正在启动,请稍后再试',
};

const files: Record<string, (path: string) => string> = {
  ENOENT: (path) => `没有 ${dirname(path)} 这个文件夹,请先建好或换个位置`,
  ENOTDIR: (path) => `${path}:这个位置上是文件,不是文件夹,请换个位置`,
  EEXIST: (path) => `${path}:已有同名文件,请换个位置`,
  EISDIR: (path) => `${path}:是文件夹,请写明文件名`,
  EACCES: (path) => `${path}:没有读写权限,请调整权限或换个位置`,
  EPERM: (path) => `${path}:不允许写入,请调整权限或换个位置`,
  EROFS: (path) => `${path}:在只读的磁盘上,请换个位置`,
  ENOSPC: (path) => `${path}:磁盘已满,请腾出空间后再试`,
};
