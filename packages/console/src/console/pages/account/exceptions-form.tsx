// The exceptions of an account, all at once: they are replaced whole, so what is left empty is as the plan has it.

import { type ReactNode, useState } from "react";
import { DAY_MS } from "sluice/base";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { count, duration } from "../../../parts/numbers.ts";
import { wholeNumber, wholeNumberWrong } from "../../../parts/whole-number.ts";
import type { Input } from "../../admin.ts";
import { useChange } from "../../change.ts";
import type { AccountShown } from "./account.tsx";
import type { Line } from "./exception-lines.ts";

type Overrides = NonNullable<Input<"changeAccount">["body"]["overrides"]>;
type Reset = NonNullable<Overrides["allowance"]>["reset"];

const MONTHLY: Reset = { kind: "calendar_month" };

export interface ExceptionsFormProps {
  readonly account: AccountShown;
  readonly lines: readonly Line[];
  readonly planReset: Reset | undefined;
  readonly onClose: () => void;
}

export function ExceptionsForm({
  account,
  lines,
  planReset,
  onClose,
}: ExceptionsFormProps): ReactNode {
  const { id: accountId, overrides } = account;
  const [texts, setTexts] = useState(() => textsOf(lines));
  const [reset, setReset] = useState<Reset>(overrides?.allowance?.reset ?? planReset ?? MONTHLY);
  const { send, wrong, ...submit } = useChange("changeAccount");
  const wrongs = lines.map(({ kind, name }) => {
    const text = texts[`${kind} ${name}`] ?? "";
    return (
      wholeNumberWrong(text) ??
      wrong(kind === "allowance" ? "overrides.allowance" : `overrides.${kind}.${name}`)
    );
  });
  const change = async () => {
    const mistaken = lines.some(({ kind, name }) =>
      wholeNumberWrong(texts[`${kind} ${name}`] ?? ""),
    );
    if (mistaken) return;
    const body = { overrides: overridesOf(lines, texts, reset) };
    if ((await send({ params: { accountId }, body })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title="Exceptions from the plan"
      isOpen
      onClose={onClose}
      verb="Save exceptions"
      isSending={submit.isSending}
      error={wrongs.every((said) => said === undefined) ? submit.error : undefined}
      onSubmit={() => void change()}
    >
      <p className="quiet">What is left empty is as the plan has it.</p>
      {lines.map(({ kind, name, given, unit }, at) => (
        <TextField
          key={`${kind} ${name}`}
          label={kind === "allowance" ? "Allowance, in credits" : `${name} (${kind.slice(0, -1)})`}
          inputMode="numeric"
          placeholder={given === null ? "" : `${count(given)}${unit}, as the plan`}
          value={texts[`${kind} ${name}`] ?? ""}
          onChange={({ target }) => setTexts({ ...texts, [`${kind} ${name}`]: target.value })}
          wrong={wrongs[at]}
        />
      ))}
      {texts["allowance allowance"] !== "" && (
        <ResetField reset={reset} planReset={planReset} onChange={setReset} />
      )}
    </FormDialog>
  );
}

interface ResetFieldProps {
  readonly reset: Reset;
  readonly planReset: Reset | undefined;
  readonly onChange: (reset: Reset) => void;
}

/** The ways in which an allowance starts anew: by month, as the plan or the account has it, or by days. */
function ResetField({ reset, planReset, onChange }: ResetFieldProps): ReactNode {
  const days = [1, 7, 30, 90, 365].map((many): Reset => ({ kind: "lazy", everyMs: many * DAY_MS }));
  const all = [MONTHLY, ...days, ...(planReset ? [planReset] : []), reset];
  const ways = new Map(all.map((way) => [JSON.stringify(way), way]));
  return (
    <SelectField
      label="The allowance starts anew"
      value={JSON.stringify(reset)}
      onChange={({ target }) => onChange(ways.get(target.value) ?? MONTHLY)}
    >
      {[...ways].map(([text, way]) => (
        <option key={text} value={text}>
          {way.kind === "calendar_month"
            ? "with each calendar month (UTC)"
            : `${duration(way.everyMs)} after the first call that is charged`}
        </option>
      ))}
    </SelectField>
  );
}

function textsOf(lines: readonly Line[]): Record<string, string> {
  return Object.fromEntries(
    lines.map(({ kind, name, exception }) => [`${kind} ${name}`, exception?.toString() ?? ""]),
  );
}

/** Null where there is no exception left. */
function overridesOf(
  lines: readonly Line[],
  texts: Readonly<Record<string, string>>,
  reset: Reset,
): Overrides | null {
  const made: { -readonly [K in keyof Overrides]: Overrides[K] } = {};
  for (const { kind, name } of lines) {
    const number = wholeNumber(texts[`${kind} ${name}`] ?? "");
    if (number === undefined) continue;
    if (kind === "allowance") made.allowance = { credits: number, reset };
    else made[kind] = { ...made[kind], [name]: number };
  }
  return Object.keys(made).length === 0 ? null : made;
}
