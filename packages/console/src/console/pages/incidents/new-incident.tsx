// Tells callers of an incident: what it is, what it is about, since when, and a first word.

import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { SelectField, TextArea, TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { MomentField, momentOf } from "../../../parts/moment-field.tsx";
import { useChange } from "../../change.ts";
import { type Impact, impacts } from "./impact.tsx";
import { PlaceFields } from "./place-fields.tsx";

const fields = ["title", "impact", "api", "operations", "startedAtMs", "text"];

interface Draft {
  readonly title: string;
  readonly impact: Impact;
  readonly api: string;
  readonly operations: readonly string[];
  readonly began: string;
  readonly text: string;
}

const blank: Draft = {
  ...{ title: "", impact: "degraded", api: "", operations: [], began: "", text: "" },
} as const;

export function NewIncident({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { send, wrong, isSending, otherwise } = useChange("createIncident");
  const navigate = useNavigate();
  const [draft, setDraft] = useState(blank);
  const change = (changed: Partial<Draft>) => setDraft({ ...draft, ...changed });
  const tell = async () => {
    const made = await send({ body: bodyOf(draft) });
    if (made === undefined) return;
    onClose();
    await navigate({ to: "/incidents/$incidentId", params: { incidentId: made.id } });
  };
  return (
    <FormDialog
      title="Tell of an incident"
      isOpen
      onClose={onClose}
      verb="Tell"
      isSending={isSending}
      error={otherwise(fields)}
      onSubmit={() => void tell()}
    >
      <TextField
        label="Title"
        required
        maxLength={200}
        value={draft.title}
        onChange={({ target }) => change({ title: target.value })}
        wrong={wrong("title")}
      />
      <SelectField
        label="Impact"
        value={draft.impact}
        onChange={({ target }) => change({ impact: target.value as Impact })}
        wrong={wrong("impact")}
      >
        {impacts.map((impact) => (
          <option key={impact}>{impact}</option>
        ))}
      </SelectField>
      <PlaceFields place={draft} onChange={change} wrong={wrong} />
      <MomentField
        label="Began (optional)"
        value={draft.began}
        onChange={(began) => change({ began })}
        hint="Empty: now."
        wrong={wrong("startedAtMs")}
      />
      <TextArea
        label="First word on it (optional)"
        maxLength={2_000}
        value={draft.text}
        onChange={({ target }) => change({ text: target.value })}
        hint="Callers read it."
        wrong={wrong("text")}
      />
    </FormDialog>
  );
}

function bodyOf({ title, impact, api, operations, began, text }: Draft) {
  const startedAtMs = momentOf(began);
  return {
    title,
    impact,
    ...(api !== "" && { api, operations: [...operations] }),
    ...(startedAtMs !== undefined && { startedAtMs }),
    ...(text !== "" && { text }),
  };
}
