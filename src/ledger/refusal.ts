/**
 * The person did something that the rules don't allow. Its message is the reply: in Chinese, with the task's code
 * and what to type instead. Thrown before anything of the item is written.
 */
export class Refusal extends Error {
  override name = 'Refusal';
  /** Two of them are answered otherwise than by their words: by who asks, and by where it can be answered. */
  readonly kind: 'said' | 'notHere' | 'inPrivate';
  /** What alone was missing, so that it may be said by itself next: why, or the figure. */
  readonly lacks: 'reason' | 'amount' | undefined;

  constructor(message: string, kind: Refusal['kind'] = 'said', lacks?: Refusal['lacks']) {
    super(message);
    this.kind = kind;
    this.lacks = lacks;
  }
}

/** Said in full but for one thing, for which the next message is asked. */
export const lacking = (lacks: NonNullable<Refusal['lacks']>, message: string): Refusal =>
  new Refusal(message, 'said', lacks);

/** The same words for "not yours" and "doesn't exist", so that neither can be told from the other. */
export const notHere = (): Refusal =>
  new Refusal('该事项由责任科室或整改办办理,请与整改办联系;可查询内容请发「帮助」。', 'notHere');

/** The same, as a leader is told it. */
export const notHereForLeaders = '该事项按程序由整改办办理,请转整改办。';

/** The speaker may, but not in this chat. */
export const inPrivate = (): Refusal => new Refusal('该事项请在与我的单聊中查询或办理。', 'inPrivate');

/** The same, as the office is told it: it sees all there is, and is the one to turn to. */
export const notHereForOffice =
  '该事项不由整改办登记或办理,或编号、科室有误。请发「查 任务编号」核对承办科室。';
