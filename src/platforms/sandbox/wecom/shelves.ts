import { createMediaShelf, type MediaShelf } from '../media.ts';

/** Each robot's uploads are its own, the app's too, beside which lies what members sent to it. */
export type Shelves = (owner: string) => MediaShelf;

export function createShelves(): Shelves {
  const shelves = new Map<string, MediaShelf>();
  return (owner) => {
    const shelf = shelves.get(owner) ?? createMediaShelf();
    shelves.set(owner, shelf);
    return shelf;
  };
}
