// One question of a form, with its label, a hint, and what is wrong with the answer.

import { type ComponentProps, type ReactNode, useId } from "react";

interface Around {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly wrong?: string | undefined;
}

export function TextField({ label, hint, wrong, ...input }: Around & ComponentProps<"input">) {
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(described) => <input {...input} {...described} />}
    </Field>
  );
}

/** For an answer of several lines. */
export function TextArea({ label, hint, wrong, ...area }: Around & ComponentProps<"textarea">) {
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(described) => <textarea {...area} {...described} />}
    </Field>
  );
}

export function SelectField({ label, hint, wrong, ...select }: Around & ComponentProps<"select">) {
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(described) => <select {...select} {...described} />}
    </Field>
  );
}

/** What ties the place of an answer to the words around it. */
interface Described {
  readonly id: string;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string | undefined;
}

function Field({
  label,
  hint,
  wrong,
  children,
}: Around & { readonly children: (described: Described) => ReactNode }): ReactNode {
  const id = useId();
  const hasMore = hint !== undefined || wrong !== undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-invalid": wrong === undefined ? undefined : true,
        "aria-describedby": hasMore ? `${id}-more` : undefined,
      })}
      {hasMore && (
        <span id={`${id}-more`}>
          {wrong !== undefined && <span className="wrong">{wrong} </span>}
          {hint !== undefined && <span className="hint">{hint}</span>}
        </span>
      )}
    </div>
  );
}
