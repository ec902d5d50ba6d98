// Early warning, as a gateway runs it: a desk that looks how much is left to whoever spends, and a courier that tells.

import type { AnyApi } from "sluice";
import { type Clock, type Random, systemClock, systemRandom } from "sluice/base";
import type { GateOptions, OperatorStores, SpendListener } from "sluice/gate";
import { createCourier } from "./courier.ts";
import { createDesk } from "./desk.ts";
import type { Post, PostOptions } from "./post.ts";
import { type Resolve, receiverComplaint } from "./receivers.ts";
import { createSendOnce, type SendOnce } from "./send-once.ts";

export interface WarningsSettings {
  /** Whether receivers may be in one's own network, and without TLS: for tests and for trying things out. */
  readonly allowPrivate: boolean;
}

export interface WarningsOptions extends WarningsSettings {
  readonly stores: OperatorStores;
  readonly pepper: GateOptions["pepper"];
  readonly clock?: Clock;
  readonly random?: Random;
  /** @default the system's */
  readonly resolve?: Resolve;
  /** In words, once when something begins to fail, and once when it works again, without the error. */
  readonly tell: (what: string, error?: Error) => void;
}

export interface Warnings {
  /** For the gate of an API. */
  onSpend(api: AnyApi): SpendListener;
  /** For an operator who wants one sent again. */
  readonly send: SendOnce;
  /** Why nothing can be sent to an address, in words for whoever gives it; undefined where it can. */
  complaint(url: string): string | undefined;
  /** Something was raised beside the desk: it need not wait for the next look. */
  wake(): void;
  /** Begins to deliver. */
  start(): void;
  /** Raises what was noted, and ends the deliveries that are on their way; others wait for the next start. */
  close(): Promise<void>;
}

export function openWarnings(options: WarningsOptions): Warnings {
  const { stores, pepper, tell, clock = systemClock, random = systemRandom } = options;
  const { allowPrivate, resolve } = options;
  const post = laterPost({ clock, random, allowPrivate, ...(resolve && { resolve }) });
  const courier = createCourier({
    ...{ stores, pepper, post, clock, random },
    onTrouble: troubleTo(tell, "Warnings cannot be delivered", "Warnings are delivered again"),
  });
  const desk = createDesk({
    ...{ stores, clock },
    onRaised: () => courier.wake(),
    onTrouble: troubleTo(tell, "It cannot be seen who runs low", "Who runs low is seen again"),
  });
  return {
    onSpend: (api) => (spend) => desk.spent(api, spend),
    send: createSendOnce({ pepper, post }, clock),
    complaint: (url) => receiverComplaint(url, allowPrivate),
    wake: () => courier.wake(),
    start: () => courier.start(),
    async close() {
      await desk.close();
      await courier.close();
    },
  };
}

/** Loaded when the first warning leaves: a start need not wait for a client that it does not use. */
function laterPost(options: PostOptions): Post {
  let made: Promise<Post> | undefined;
  const post = async (...told: Parameters<Post>) => {
    made ??= import("./post.ts").then(({ createPost }) => createPost(options));
    return (await made)(...told);
  };
  return Object.assign(post, { close: async () => (await made)?.close() });
}

function troubleTo(tell: WarningsOptions["tell"], failing: string, working: string) {
  return (error: Error | undefined) => (error ? tell(failing, error) : tell(working));
}
