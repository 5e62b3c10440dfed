import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A callback, sealed and ready to go. */
export interface Parcel {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Delivery {
  /** Null where no answer came in time. */
  status: number | null;
  body: string;
  tries: number;
}

/** Sends a callback until it is answered with 200, as the platforms do: anything else, a redirect too, is no answer. */
export async function carry(parcel: Parcel, patience: number, retries: number): Promise<Delivery> {
  for (let tries = 1; ; tries += 1) {
    const { status, body } = await attempt(parcel, patience);
    if (status === 200 || tries > retries) return { status, body, tries };
  }
}

/** A connection of its own for each try, so that none is left open when the product stops. */
function attempt({ url, headers, body }: Parcel, patience: number): Promise<Omit<Delivery, 'tries'>> {
  return new Promise((resolve) => {
    const nothing = () => resolve({ status: null, body: '' });
    const options = { method: 'POST', headers, agent: false, signal: AbortSignal.timeout(patience) };
    const call = request(url, options, async (response) => {
      try {
        resolve({ status: response.statusCode ?? null, body: await text(response) });
      } catch {
        nothing();
      }
    });
    call.on('error', nothing);
    call.end(body);
  });
}
