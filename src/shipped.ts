/**
 * A file that is shipped beside the code, by its path from the top of the package. The sources and the bundle in
 * `.build` lie one folder below it; only this file may know that.
 */
export const shipped = (path: string): URL => new URL(`../${path}`, import.meta.url);
