// Natural batching above any engine: one batch in flight, and everything that waits goes with the
// next. No timer holds anybody up: under little load a command goes alone, under much load batches grow.

export { BatchError, type BatchErrorReason } from "./batch-error.ts";
export {
  type BatchEngine,
  type Batcher,
  type BatcherOptions,
  createBatcher,
} from "./batcher.ts";
