import { digest } from './digest.ts';
import { files } from './files.ts';
import { meeting } from './meeting.ts';
import { monthlyCall } from './monthlyCall.ts';
import { order } from './order.ts';
import { personal } from './personal.ts';
import type { Push } from './push.ts';
import { volumes } from './volumes.ts';

/** Everything the bot says unasked. The person is told first, then the group: so the order is meant. */
export const pushes: readonly Push[] = [personal, digest, meeting, monthlyCall, order, files, volumes];
