// Ids by which something is found, each with a place of its own. A `Map` would hash every new text,
// keep it alive for the collector to move, and now and then stop to write its whole table anew.

import { PackedIds, uuidHash } from "./packed-ids.ts";

const firstCapacity = 1_024;
/** No place: where a chain ends, and what is not found. */
const none = -1;

/** Places from 0 on; one that was given back goes to the next id. Whoever adds keeps them bounded. */
export class IdPlaces {
  #ids = new PackedIds(firstCapacity);
  /** Chains of places by hash, as many as there are places: a power of two. */
  #heads = new Int32Array(firstCapacity).fill(none);
  #nexts = new Int32Array(firstCapacity);
  /** A chain of those that were given back. */
  #free = none;
  /** Places that were ever given. */
  #used = 0;
  /** The places of what is no UUID. */
  readonly #texts = new Map<string, number>();

  /** The place of an id, -1 where it has none. */
  find(id: string): number {
    const hash = uuidHash(id);
    if (hash === undefined) return this.#texts.get(id) ?? none;
    let place = this.#heads[hash & this.#mask] as number;
    while (place !== none && !this.#ids.hasUuid(place, id)) place = this.#nexts[place] as number;
    return place;
  }

  idAt(place: number): string {
    return this.#ids.get(place);
  }

  /** Gives a place to an id that has none. */
  add(id: string): number {
    const place = this.#free === none ? this.#newPlace() : this.#free;
    if (place === this.#free) this.#free = this.#nexts[place] as number;
    this.#ids.set(place, id);
    this.#link(place);
    return place;
  }

  /** Gives a place back. */
  delete(place: number): void {
    const hash = this.#ids.hash(place);
    if (hash === undefined) this.#texts.delete(this.#ids.get(place));
    else this.#unlink(place, hash & this.#mask);
    this.#nexts[place] = this.#free;
    this.#free = place;
  }

  get #mask(): number {
    return this.#heads.length - 1;
  }

  #newPlace(): number {
    if (this.#used === this.#nexts.length) this.#grow();
    return this.#used++;
  }

  #link(place: number): void {
    const hash = this.#ids.hash(place);
    if (hash === undefined) {
      this.#texts.set(this.#ids.get(place), place);
      return;
    }
    const chain = hash & this.#mask;
    this.#nexts[place] = this.#heads[chain] as number;
    this.#heads[chain] = place;
  }

  #unlink(place: number, chain: number): void {
    const after = this.#nexts[place] as number;
    let before = this.#heads[chain] as number;
    if (before === place) {
      this.#heads[chain] = after;
      return;
    }
    while (this.#nexts[before] !== place) before = this.#nexts[before] as number;
    this.#nexts[before] = after;
  }

  /** Only while every place is in use: they are all linked anew. */
  #grow(): void {
    const places = 2 * this.#used;
    this.#ids = new PackedIds(places, this.#ids);
    this.#nexts = new Int32Array(places);
    this.#heads = new Int32Array(places).fill(none);
    for (let place = 0; place < this.#used; place++) this.#link(place);
  }
}
