// A question whose answer has several lines.

import { type ComponentProps, type ReactNode, useId } from "react";
import { type Around, described, Under } from "./field.tsx";

export function TextArea({
  label,
  hint,
  wrong,
  ...area
}: Around & ComponentProps<"textarea">): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} {...area} {...described(id, hint, wrong)} />
      <Under id={id} hint={hint} wrong={wrong} />
    </div>
  );
}
