// Tells of an incident.

import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { Submit } from "../../../parts/submit.tsx";
import { TextArea } from "../../../parts/text-area.tsx";
import { zone } from "../../../parts/time.tsx";
import { otherwiseWrong, useChange, wrongWith } from "../../change.ts";
import { type Impact, impacts } from "./impact.tsx";
import { type Place, PlaceFields } from "./place-fields.tsx";

const fields = ["title", "impact", "api", "operations", "startedAtMs", "text"];

export function NewIncident({ onDone }: { readonly onDone: () => void }): ReactNode {
  const creating = useChange("createIncident", ["listIncidents"]);
  const navigate = useNavigate();
  const [place, setPlace] = useState<Place>({ api: "", operations: [] });
  const { error } = creating;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { title, impact, started, text } = Object.fromEntries(
      new FormData(event.currentTarget),
    ) as Readonly<Record<string, string>>;
    const { id } = await creating.mutateAsync({
      body: {
        title: title ?? "",
        impact: impact as Impact,
        ...(place.api !== "" && { api: place.api, operations: [...place.operations] }),
        ...(started && { startedAtMs: new Date(started).getTime() }),
        ...(text && { text }),
      },
    });
    onDone();
    await navigate({ to: "/incidents/$incidentId", params: { incidentId: id } });
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <TextField
        label="Title"
        name="title"
        required
        maxLength={200}
        wrong={wrongWith(error, "title")}
      />
      <SelectField label="Impact" name="impact" defaultValue="degraded">
        {impacts.map((impact) => (
          <option key={impact}>{impact}</option>
        ))}
      </SelectField>
      <PlaceFields place={place} onChange={setPlace} error={error} />
      <TextField
        label="Began"
        name="started"
        type="datetime-local"
        hint={`In your zone, ${zone}. Empty: now.`}
        wrong={wrongWith(error, "startedAtMs")}
      />
      <TextArea
        label="First word on it"
        name="text"
        maxLength={2_000}
        hint="Callers read it."
        wrong={wrongWith(error, "text")}
      />
      <Submit verb="Tell" isBusy={creating.isPending} error={otherwiseWrong(error, fields)} />
    </form>
  );
}
