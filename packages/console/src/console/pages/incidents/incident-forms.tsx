// What an operator does with an incident that goes on: says what is new, ends it, or corrects what it is.

import { type FormEvent, type ReactNode, useState } from "react";
import { SelectField, TextArea, TextField } from "../../../parts/field.tsx";
import { Submit } from "../../../parts/submit.tsx";
import { useChange } from "../../change.ts";
import { type Impact, type Incident, impacts } from "./impact.tsx";
import { PlaceFields } from "./place-fields.tsx";

interface FormProps {
  readonly incident: Incident;
}

function textIn(form: HTMLFormElement): string {
  return String(new FormData(form).get("text") ?? "").trim();
}

export function SayMore({ incident: { id } }: FormProps): ReactNode {
  const { send, wrong, isSending, otherwise } = useChange("changeIncident");
  const say = async (form: HTMLFormElement) => {
    const said = await send({ params: { incidentId: id }, body: { text: textIn(form) } });
    if (said !== undefined) form.reset();
  };
  return (
    <form
      className="box stack"
      aria-label="Say what is new"
      onSubmit={(event) => {
        event.preventDefault();
        void say(event.currentTarget);
      }}
    >
      <h2>Say what is new</h2>
      <TextArea label="What is new" name="text" required maxLength={2_000} wrong={wrong("text")} />
      <Submit verb="Say" isSending={isSending} error={otherwise(["text"])} />
    </form>
  );
}

export function EndIncident({ incident: { id } }: FormProps): ReactNode {
  const { send, wrong, isSending, otherwise } = useChange("endIncident");
  return (
    <form
      className="box stack"
      aria-label="End it"
      onSubmit={(event) => {
        event.preventDefault();
        const text = textIn(event.currentTarget);
        void send({ params: { incidentId: id }, body: text === "" ? {} : { text } });
      }}
    >
      <h2>End it</h2>
      <TextArea
        label="Last word"
        name="text"
        maxLength={2_000}
        hint="An incident that is over stays over: for a new one, tell of another."
        wrong={wrong("text")}
      />
      <Submit verb="End the incident" isSending={isSending} error={otherwise(["text"])} />
    </form>
  );
}

export function ChangeIncident({ incident }: FormProps): ReactNode {
  const { send, wrong, isSending, otherwise } = useChange("changeIncident");
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
    void send({ params: { incidentId: incident.id }, body });
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
        wrong={wrong("title")}
      />
      <SelectField
        label="Impact"
        value={impact}
        onChange={({ target }) => setImpact(target.value as Impact)}
        wrong={wrong("impact")}
      >
        {impacts.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
      <PlaceFields place={place} onChange={setPlace} wrong={wrong} />
      <Submit
        verb="Change"
        isSending={isSending}
        error={otherwise(["title", "impact", "api", "operations"])}
      />
    </form>
  );
}
