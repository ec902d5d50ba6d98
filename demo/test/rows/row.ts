// One promise of the demo that whoever knows demo.json can see kept, however the demo was started.

/** The name says what it shows; the rest sees to it. */
export type Row<Caller> = readonly [name: string, isKept: (caller: Caller) => Promise<void>];
