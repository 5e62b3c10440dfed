/** What lies there is no ledger that this build may open. The message says in Chinese what to do. */
export class Unfit extends Error {
  override name = 'Unfit';
}

/** A command line that only reads or mends a ledger makes none: an empty one would be taken for sound. */
export const noLedger = (where: string): Unfit =>
  new Unfit(`${where}里没有台账,未作任何改动;请核对这一项。设置写在 .env 里的,请在 .env 所在的文件夹里运行`);
