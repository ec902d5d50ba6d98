// What an operator does with an incident that goes on: says what is new, ends it, or corrects what it is.

import { type FormEvent, type ReactNode, useState } from "react";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { Submit } from "../../../parts/submit.tsx";
import { TextArea } from "../../../parts/text-area.tsx";
import { otherwiseWrong, useChange, wrongWith } from "../../change.ts";
import { type Impact, type Incident, impacts } from "./impact.tsx";
import { PlaceFields } from "./place-fields.tsx";

interface FormProps {
  readonly incident: Incident;
}

const touches = ["getIncident", "listIncidents"] as const;

function textIn(form: HTMLFormElement): string {
  return String(new FormData(form).get("text") ?? "").trim();
}

export function SayMore({ incident: { id } }: FormProps): ReactNode {
  const saying = useChange("changeIncident", touches);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    saying.mutate(
      { params: { incidentId: id }, body: { text: textIn(form) } },
      { onSuccess: () => form.reset() },
    );
  };
  return (
    <form className="box stack" aria-label="Say what is new" onSubmit={submit}>
      <h2>Say what is new</h2>
      <TextArea
        label="What is new"
        name="text"
        required
        maxLength={2_000}
        wrong={wrongWith(saying.error, "text")}
      />
      <Submit verb="Say" isBusy={saying.isPending} error={otherwiseWrong(saying.error, ["text"])} />
    </form>
  );
}

export function EndIncident({ incident: { id } }: FormProps): ReactNode {
  const ending = useChange("endIncident", touches);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = textIn(event.currentTarget);
    ending.mutate({ params: { incidentId: id }, body: text === "" ? {} : { text } });
  };
  return (
    <form className="box stack" aria-label="End it" onSubmit={submit}>
      <h2>End it</h2>
      <TextArea
        label="Last word"
        name="text"
        maxLength={2_000}
        hint="An incident that is over stays over: for a new one, tell of another."
        wrong={wrongWith(ending.error, "text")}
      />
      <Submit
        verb="End the incident"
        isBusy={ending.isPending}
        error={otherwiseWrong(ending.error, ["text"])}
      />
    </form>
  );
}

export function ChangeIncident({ incident }: FormProps): ReactNode {
  const changing = useChange("changeIncident", touches);
  const { error } = changing;
  const [title, setTitle] = useState(incident.title);
  const [impact, setImpact] = useState<Impact>(incident.impact);
  const [place, setPlace] = useState({
    api: incident.api ?? "",
    operations: incident.operations as readonly string[],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const api = place.api === "" ? null : place.api;
    const body = { title, impact, api, operations: [...place.operations] };
    changing.mutate({ params: { incidentId: incident.id }, body });
  };
  return (
    <form className="box stack" aria-label="Correct it" onSubmit={submit}>
      <h2>Correct it</h2>
      <TextField
        label="Title"
        required
        maxLength={200}
        value={title}
        onChange={({ target }) => setTitle(target.value)}
        wrong={wrongWith(error, "title")}
      />
      <SelectField
        label="Impact"
        value={impact}
        onChange={({ target }) => setImpact(target.value as Impact)}
      >
        {impacts.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
      <PlaceFields place={place} onChange={setPlace} error={error} />
      <Submit
        verb="Change"
        isBusy={changing.isPending}
        error={otherwiseWrong(error, ["title", "api", "operations"])}
      />
    </form>
  );
}
