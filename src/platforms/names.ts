import { lookup } from 'node:dns';
import { lookup as resolve } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { Fetch } from './http.ts';

/**
 * Node looks up two names at once and no more, a database's among them. Where no name server answers, each question
 * takes up to a minute: this leaves the other place free.
 */
const AT_ONCE = 1;
/** Milliseconds: as long as `fetch` waits for a connection. */
const PATIENCE = 10_000;

/**
 * The platforms' names: however many ask, each is looked up once at a time, and one after the other; those that were answered
 * the last time don't wait for one that nobody answers.
 */
export interface Names {
  /** Resolves where a host can be looked up; fails as a look-up does, without one that nobody would wait for. */
  known(host: string): Promise<void>;
  /** For a socket. */
  lookup: LookupFunction;
}

export function createNames(look: (host: string) => Promise<unknown> = resolve, patience = PATIENCE): Names {
  const asked = new Map<string, Promise<unknown>>();
  const answered = new Set<string>();

  function ask(host: string): Promise<unknown> {
    const asking = look(host)
      .then(
        () => answered.add(host),
        (error) => {
          answered.delete(host);
          throw error;
        },
      )
      .finally(() => asked.delete(host));
    asked.set(host, asking);
    return asking;
  }

  const inFrontOf = (host: string): Promise<unknown>[] =>
    [...asked].flatMap(([each, asking]) => (answered.has(each) === answered.has(host) ? [asking] : []));

  async function turn(host: string, isOver: () => boolean): Promise<unknown> {
    while (!asked.has(host) && inFrontOf(host).length >= AT_ONCE && !isOver()) {
      await Promise.race(inFrontOf(host)).catch(() => {});
    }
    return isOver() ? undefined : (asked.get(host) ?? ask(host));
  }

  function known(host: string): Promise<void> {
    if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return Promise.resolve();
    return new Promise((done, fail) => {
      let isOver = false;
      const timer = setTimeout(() => {
        isOver = true;
        fail(
          Object.assign(new Error(`no answer for ${host}`), { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
        );
      }, patience);
      turn(host, () => isOver)
        .then(() => done(), fail)
        .finally(() => clearTimeout(timer));
    });
  }

  return {
    known,
    lookup: (host, options, told) => {
      known(host).then(
        () => lookup(host, options, told),
        (error) => told(error, []),
      );
    },
  };
}

/** The two places are the whole process's. */
export const names = createNames();

export const named: Fetch = Object.assign((...call: Parameters<Fetch>) => globalThis.fetch(...call), {
  known: names.known,
});
