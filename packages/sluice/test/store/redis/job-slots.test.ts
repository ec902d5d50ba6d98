// The slots of jobs in limits that several processes share: whatever is lost, late or dead, a job that runs has its slot, and
// one that is over has none for longer than a lease.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useInstantDigests } from "../../gate/fixtures/instant-digests.ts";
import { FILM_AGE_MS } from "../../gate/fixtures/studio.ts";
import { BEAT_MS, JobFleet, type JobProcess, LEASE_MS } from "./job-fleet.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

/** A deadline passes, and somewhat more. */
const LATE_MS = 50;
const LONG_MS = FILM_AGE_MS / 2;

/** Two processes, and a job that the first of them has started. */
async function running() {
  const { fleet, one, two } = await pair();
  const { status, requestId: id } = await one.film();
  expect(status).toBe(201);
  expect(fleet.slotsInUse).toBe(1);
  return { fleet, one, two, id };
}

async function pair() {
  const fleet = await JobFleet.create();
  return { fleet, one: fleet.start(), two: fleet.start() };
}

/** A call of which the limits do not hear that its slot is a job's now. */
async function startUnheard(one: JobProcess, fleet: JobFleet, way: "mute" | "hung") {
  one.disturb = (moment) => {
    if (moment === "detach after") one.way = way;
  };
  const { status, requestId } = await fleet.until(one.film());
  one.disturb = () => undefined;
  expect(status).toBe(201);
  return requestId;
}

describe("the slot of a job that is over", () => {
  it("is free after a lease where the process that should have given it back was killed", async () => {
    const { fleet, one, id } = await running();
    one.way = "hung";
    expect(await one.end(id)).toEqual({ kind: "released" });
    one.kill();
    await fleet.clock.advance(LEASE_MS - 1);
    expect(fleet.slotsInUse).toBe(1);
    await fleet.clock.advance(1);
    expect(fleet.slotsInUse).toBe(0);
  });

  it("is given back within a beat by another one, which knew of the job", async () => {
    const { fleet, one, id } = await running();
    await fleet.clock.advance(BEAT_MS);
    one.way = "hung";
    await one.end(id);
    one.kill();
    await fleet.clock.advance(BEAT_MS + LATE_MS);
    expect(fleet.slotsInUse).toBe(0);
  });

  it("is given back within a beat by the process that could not do so before", async () => {
    const { fleet, one, id } = await running();
    one.way = "hung";
    await one.end(id);
    await fleet.clock.advance(LATE_MS);
    one.way = "well";
    await fleet.clock.advance(BEAT_MS);
    expect(fleet.slotsInUse).toBe(0);
  });

  describe.each(["mute", "hung"] as const)("where the limits were %s to its call", (way) => {
    it("is not taken again by the process that has given it back", async () => {
      const { fleet, one } = await pair();
      const id = await startUnheard(one, fleet, way);
      one.way = "well";
      await one.end(id);
      await fleet.clock.advance(BEAT_MS);
      expect(fleet.slotsInUse).toBe(0);
    });

    it("is taken again for a lease at most when another process has given it back", async () => {
      const { fleet, one, two } = await pair();
      const id = await startUnheard(one, fleet, way);
      await two.end(id);
      one.way = "well";
      await fleet.clock.advance(BEAT_MS + LEASE_MS);
      expect(fleet.slotsInUse).toBe(0);
    });
  });

  it.each(["mute", "hung"] as const)(
    "is not kept by a process that started, whose way to the limits was %s",
    async (way) => {
      const { fleet, one, id } = await running();
      const third = fleet.start();
      third.way = way;
      expect(await fleet.until(third.gate.jobs.restore())).toBe(1);
      await one.end(id);
      third.way = "well";
      await fleet.clock.advance(BEAT_MS + LATE_MS);
      expect(fleet.slotsInUse).toBe(0);
    },
  );

  it("is free after a lease where its call could not ask whether it still ran", async () => {
    const { fleet, one, two } = await pair();
    one.disturb = async (moment, id) => {
      if (moment === "detach after") await two.end(id);
      if (moment === "job before") throw new Error("cut off");
    };
    expect((await one.film()).status).toBe(201);
    await fleet.clock.advance(LEASE_MS);
    expect(fleet.slotsInUse).toBe(0);
  });

  it("is free at once where the job ends while another process claims it again", async () => {
    const { fleet, one, two, id } = await running();
    let claims = 0;
    two.disturb = async (moment) => {
      if (moment === "admit before" && claims++ === 0) await one.end(id);
    };
    await fleet.clock.advance(BEAT_MS);
    expect(claims).toBe(1);
    expect(fleet.slotsInUse).toBe(0);
  });

  it("is free within a beat where the job ran out", async () => {
    const { fleet, one, id } = await running();
    await fleet.clock.advance(FILM_AGE_MS);
    expect(await one.gate.sweeper.sweep()).toEqual([id]);
    await fleet.clock.advance(BEAT_MS);
    expect(fleet.slotsInUse).toBe(0);
  });

  it.each(["down", "hung"] as const)(
    "is not taken again by a process whose ledger is %s",
    async (health) => {
      const { fleet, one, two, id } = await running();
      await fleet.clock.advance(BEAT_MS);
      two.ledger = health;
      await one.end(id);
      for (let beat = 0; beat < 20; beat++) {
        await fleet.clock.advance(BEAT_MS);
        expect(fleet.slotsInUse).toBe(0);
      }
    },
  );
});

describe("the slot of a job that runs", () => {
  it("outlives the process that started it, for as long as another one serves", async () => {
    const { fleet, one, two, id } = await running();
    one.kill();
    await fleet.clock.advance(LONG_MS);
    expect(fleet.slotsInUse).toBe(1);
    await two.end(id);
    await fleet.clock.advance(0);
    expect(fleet.slotsInUse).toBe(0);
  });

  it("is taken though its process was killed before the limits heard that it is a job's", async () => {
    const { fleet, one, two } = await pair();
    let id = "";
    one.disturb = (moment, subject) => {
      if (moment !== "detach after") return;
      id = subject;
      one.kill();
    };
    void one.film();
    await fleet.clock.advance(LONG_MS);
    expect(fleet.slotsInUse).toBe(1);
    await two.end(id);
    await fleet.clock.advance(0);
    expect(fleet.slotsInUse).toBe(0);
  });

  it("is taken again before any other in limits that were emptied while nobody could reach them", async () => {
    const { fleet, one, two } = await running();
    one.way = two.way = "hung";
    await fleet.clock.advance(BEAT_MS + LATE_MS);
    fleet.empty();
    two.way = "well";
    // The first answer of the limits is the last that does not know of it.
    await fleet.until(two.hello());
    await fleet.clock.advance(0);
    expect(fleet.slotsInUse).toBe(1);
  });

  it("is taken again within a beat in limits that were emptied", async () => {
    const { fleet } = await running();
    fleet.empty();
    await fleet.clock.advance(BEAT_MS);
    expect(fleet.slotsInUse).toBe(1);
  });

  it.each(["down", "hung"] as const)("stays taken while the ledger is %s", async (health) => {
    const { fleet, one, two } = await running();
    await fleet.clock.advance(BEAT_MS);
    one.ledger = two.ledger = health;
    await fleet.clock.advance(LONG_MS);
    expect(fleet.slotsInUse).toBe(1);
    expect(one.events).toMatchObject([{ kind: "fault", step: "job", requestId: "-" }]);
  });

  it.each(["down", "hung"] as const)(
    "stays taken though the ledger is %s before any gate has asked it for jobs",
    async (health) => {
      const { fleet, one, two, id } = await running();
      one.ledger = two.ledger = health;
      await fleet.clock.advance(LONG_MS);
      expect(fleet.slotsInUse).toBe(1);
      one.ledger = two.ledger = "well";
      await two.end(id);
      await fleet.clock.advance(2 * BEAT_MS);
      expect(fleet.slotsInUse).toBe(0);
    },
  );

  it("keeps its lease beside a process whose wall clock says that its time is over", async () => {
    const { fleet } = await running();
    await fleet.clock.advance(1);
    fleet.start(2 * FILM_AGE_MS);
    for (let ms = 0; ms < 2 * BEAT_MS; ms += 10) {
      await fleet.clock.advance(10);
      expect(fleet.slotsInUse).toBe(1);
    }
  });

  it("is kept by nobody once the gates are closed", async () => {
    const { fleet, one, two } = await running();
    one.gate.close();
    two.gate.close();
    await fleet.clock.advance(LEASE_MS);
    expect(fleet.slotsInUse).toBe(0);
    expect(fleet.clock.pendingTimers).toBe(0);
  });
});

describe("limits that are shared", () => {
  it("say when they are down and back, though nobody calls", async () => {
    const { fleet, one } = await running();
    one.way = "hung";
    await fleet.clock.advance(2 * BEAT_MS);
    one.way = "well";
    await fleet.clock.advance(2 * BEAT_MS);
    expect(one.events.map(({ kind }) => kind)).toEqual(["limits_down", "limits_back"]);
  });
});
