import { assessment } from './assessment.ts';
import { bulletin } from './bulletin.ts';
import { bulletinDraft } from './bulletinDraft.ts';
import { digest } from './digest.ts';
import { files } from './files.ts';
import { followUp } from './followUp.ts';
import { inspection } from './inspection.ts';
import { lookback } from './lookback.ts';
import { meeting } from './meeting.ts';
import { monthlyCall } from './monthlyCall.ts';
import { order } from './order.ts';
import { personal } from './personal.ts';
import type { Push } from './push.ts';
import { report } from './report.ts';
import { volumes } from './volumes.ts';
import { weekly } from './weekly.ts';
import { yearEnd } from './yearEnd.ts';

/** Everything the bot says unasked. The person is told first, then the group: so the order is meant. */
export const pushes: readonly Push[] = [
  personal,
  followUp,
  monthlyCall,
  report,
  digest,
  lookback,
  inspection,
  assessment,
  yearEnd,
  meeting,
  bulletinDraft,
  bulletin,
  weekly,
  order,
  files,
  volumes,
];
