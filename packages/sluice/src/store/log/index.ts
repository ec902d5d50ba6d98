// A request log's way to a database, above any engine: a bounded buffer, a writer that nobody waits for, and a row as
// the values of a table's columns.

export { LogBuffer } from "./buffer.ts";
export { columns, countable, type PackedRow, packRow, unpackRow } from "./columns.ts";
export { addToDay, dayColumns, packDay, unpackDay } from "./day-columns.ts";
export { failsAlways } from "./failures.ts";
export { type LogSink, LogWriter } from "./log-writer.ts";
export { startRetention } from "./retention.ts";
export { overwriteRow, type RowSlot } from "./row-slot.ts";
export { WaitingRows } from "./waiting-rows.ts";
