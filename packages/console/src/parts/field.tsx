// One question of a form, with its label, a hint, and what is wrong with the answer.

import { type ComponentProps, type ReactNode, useId } from "react";

export interface Around {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly wrong?: string | undefined;
}

export function TextField({
  label,
  hint,
  wrong,
  ...input
}: Around & ComponentProps<"input">): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} {...described(id, hint, wrong)} />
      <Under id={id} hint={hint} wrong={wrong} />
    </div>
  );
}

export function SelectField({
  label,
  hint,
  wrong,
  ...select
}: Around & ComponentProps<"select">): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} {...select} {...described(id, hint, wrong)} />
      <Under id={id} hint={hint} wrong={wrong} />
    </div>
  );
}

export function described(id: string, hint: ReactNode, wrong: string | undefined) {
  return {
    "aria-invalid": wrong === undefined ? undefined : true,
    "aria-describedby": hint === undefined && wrong === undefined ? undefined : `${id}-more`,
  };
}

export function Under({
  id,
  hint,
  wrong,
}: { readonly id: string } & Omit<Around, "label">): ReactNode {
  if (hint === undefined && wrong === undefined) return undefined;
  return (
    <span id={`${id}-more`}>
      {wrong !== undefined && <span className="wrong">{wrong} </span>}
      {hint !== undefined && <span className="hint">{hint}</span>}
    </span>
  );
}
