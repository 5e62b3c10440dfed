import type { Act } from '../chat/intent.ts';
import { ack } from './ack.ts';
import { address } from './address.ts';
import { agenda } from './agenda.ts';
import { audit } from './audit.ts';
import { baseline } from './baseline.ts';
import { bind } from './bind.ts';
import { bulletin } from './bulletin.ts';
import { calendar } from './calendar.ts';
import type { Command } from './command.ts';
import { confirm } from './confirm.ts';
import { correct } from './correct.ts';
import { decide } from './decide.ts';
import { delist } from './delist.ts';
import { deputy } from './deputy.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import { enlist } from './enlist.ts';
import { enter } from './enter.ts';
import { evidence } from './evidence.ts';
import { exporting } from './export.ts';
import { extend } from './extend.ts';
import { finish } from './finish.ts';
import { grant } from './grant.ts';
import { handover } from './handover.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { hold } from './hold.ts';
import { invite } from './invite.ts';
import { ledger } from './ledger.ts';
import { list } from './list.ts';
import { lookback } from './lookback.ts';
import { meeting } from './meeting.ts';
import { mine } from './mine.ts';
import { mute } from './mute.ts';
import { node } from './node.ts';
import { note } from './note.ts';
import { overview } from './overview.ts';
import { pause } from './pause.ts';
import { post } from './post.ts';
import { progress } from './progress.ts';
import { rank } from './rank.ts';
import { refuse } from './refuse.ts';
import { register } from './register.ts';
import { release } from './release.ts';
import { sendBack } from './return.ts';
import { roles } from './roles.ts';
import { seal } from './seal.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { submit } from './submit.ts';
import { undo } from './undo.ts';
import { unknown } from './unknown.ts';
import { verify } from './verify.ts';

/** Everything that people may say, by its act, in the order in which 帮助 tells it. */
export const commands: Readonly<Record<Act, Command>> = {
  progress,
  note,
  evidence,
  confirm,
  correct,
  submit,
  verify,
  return: sendBack,
  extend,
  grant,
  refuse,
  list,
  delist,
  mute,
  node,
  baseline,
  enter,
  finish,
  lookback,
  meeting,
  decide,
  agenda,
  bulletin,
  release,
  hold,
  post,
  show,
  mine,
  overview,
  ledger,
  history,
  undo,
  ack,
  calendar,
  pause,
  deputy,
  handover,
  disable,
  enable,
  enlist,
  address,
  roles,
  rank,
  seal,
  export: exporting,
  audit,
  status,
  invite,
  bind,
  register,
  help,
  unknown,
};
