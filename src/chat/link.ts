/** Whom a link is for: one person, or whoever reads in a group. It shows what they may see, and nothing else. */
export type Whom = { personId: number } | { groupId: number };

/**
 * A signed address on this server that ends after a while: of a page of the board (`board`, `board/task/4.3.2`) or of a
 * file. Null where people can't reach this server (no PUBLIC_URL).
 */
export type LinkTo = (page: string, whom: Whom, now: Date, days?: number) => string | null;

export const noLink: LinkTo = () => null;

/** Where a finished paper is read. */
export const paperPage = (paper: number): string => `board/paper/${paper}`;
