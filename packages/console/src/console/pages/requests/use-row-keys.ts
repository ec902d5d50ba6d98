// Up and down a long table by keyboard: one row of it has the focus, wherever it is, and Enter follows the link in it.

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";

const pageRows = 20;

const steps: Readonly<Record<string, (at: number, rows: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + pageRows,
  PageUp: (at) => at - pageRows,
  Home: () => 0,
  End: (_, rows) => rows - 1,
};

export interface RowKeys {
  /** The row that was gone to last; -1 before the first. */
  readonly active: number;
  readonly on: {
    onKeyDown(event: KeyboardEvent): void;
    onFocus(event: React.FocusEvent): void;
    onBlur(event: React.FocusEvent): void;
  };
}

export function useRowKeys(
  box: RefObject<HTMLElement | null>,
  rows: number,
  scrollTo: (at: number) => void,
): RowKeys {
  const [active, setActive] = useState(-1);
  const isWanted = useRef(false);
  const isInside = useRef(false);
  // After each drawing: a row that is far away is there only some frames later, and one that had the focus may be gone.
  useEffect(() => {
    const link = box.current?.querySelector<HTMLElement>(`tr[data-at="${active}"] a`);
    if (isWanted.current && link) {
      isWanted.current = false;
      link.focus({ preventScroll: true });
    } else if (isInside.current && document.activeElement === document.body) {
      box.current?.focus({ preventScroll: true });
    }
  });
  return {
    active,
    on: {
      onKeyDown(event) {
        const step = steps[event.key];
        if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        const next = Math.max(0, Math.min(rows - 1, step(active, rows)));
        isWanted.current = true;
        setActive(next);
        scrollTo(next);
      },
      onFocus({ target }) {
        isInside.current = true;
        const at = target.closest<HTMLElement>("tr[data-at]")?.dataset["at"];
        if (at !== undefined) setActive(Number(at));
      },
      onBlur({ relatedTarget }) {
        isInside.current = relatedTarget !== null && box.current?.contains(relatedTarget) === true;
      },
    },
  };
}
