// What happened on each day, added up row by row: what every log keeps for longer than its rows.

export { DAYS_KEPT, firstKeptDayMs } from "./calendar.ts";
export { type Countable, type DayCount, DayTally, durationClass, inOrder } from "./day-tally.ts";
