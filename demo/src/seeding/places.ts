// Finds what the demo needs among the API's data, as any caller could, and adds what is not there.

import { mentova } from "@sluice-apis/mentova/contract";
import type { MentovaUpstream } from "@sluice-apis/mentova/upstream";
import type { Account } from "sluice/gate";

interface Thing {
  readonly id: string;
  readonly name?: string;
  readonly seed?: string;
}

export class Places {
  readonly #upstream: MentovaUpstream;
  /** How many brands and topics were not there. */
  made = 0;

  constructor(upstream: MentovaUpstream) {
    this.#upstream = upstream;
  }

  async brand(owner: Account, name: string): Promise<string> {
    const known = (await this.#list(owner, "/brands")).find((brand) => brand.name === name);
    if (known !== undefined) return known.id;
    this.made++;
    return this.#upstream.addBrand(owner.id, { name }).id;
  }

  async topic(owner: Account, brandId: string, seed: string): Promise<string> {
    const topics = await this.#list(owner, `/brands/${brandId}/topics`);
    const known = topics.find((topic) => topic.seed === seed);
    if (known !== undefined) return known.id;
    this.made++;
    return this.#upstream.addTopic(owner.id, brandId, { seed }).id;
  }

  /** Adds avatars until the brand has that many. */
  async fill(owner: Account, brandId: string, count: number): Promise<void> {
    const { length } = await this.#list(owner, `/brands/${brandId}/avatars`);
    for (let n = length + 1; n <= count; n++) {
      this.#upstream.addAvatar(owner.id, brandId, { name: `Avatar ${n}` });
    }
  }

  async #list(owner: Account, path: string): Promise<readonly Thing[]> {
    const limits = mentova.server.plans.agency.limits ?? {};
    const caller = {
      accountId: owner.id,
      keyId: "demo",
      plan: owner.plan,
      limits,
      requestId: "demo",
    };
    const response = await this.#upstream.fetch(new Request(`http://upstream${path}`), caller);
    const { data } = (await response.json()) as { data: readonly Thing[] };
    return data;
  }
}
