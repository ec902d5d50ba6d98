// The webhook and its percents: shown, set, ended, and given another secret.

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { isApiError } from "sluice/client";
import { Problem, wordsOf } from "../../../parts/asked.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { TextField } from "../../../parts/field.tsx";
import { Id } from "../../../parts/id.tsx";
import { type Output, portal } from "../../asking.ts";

type Told = Output<"getThresholds">;

interface Props {
  readonly told: Told;
  readonly mayChange: boolean;
}

export function Thresholds({ told, mayChange }: Props): ReactNode {
  const { webhook, percents } = told;
  const [secret, setSecret] = useState<string>();
  const shown = (webhook?.percents ?? percents).map((percent) => `${percent} %`).join(", ");
  return (
    <section className="box stack" aria-labelledby="thresholds">
      <h2 id="thresholds">Thresholds</h2>
      <p>
        {webhook === null ? (
          <>No webhook is set: what reaches {shown} of credits or of a budget is listed below.</>
        ) : (
          <>
            <code className="path">{webhook.url}</code> hears when {shown} of credits or of a budget
            are used.
          </>
        )}
      </p>
      {mayChange ? (
        <>
          <SetForm key={JSON.stringify(told)} told={told} onSecret={setSecret} />
          {webhook !== null && <Further onSecret={setSecret} />}
        </>
      ) : (
        <p className="quiet">
          To change this, sign in with a live key of the whole account that has every permission.
        </p>
      )}
      <Dialog
        title="The signing secret"
        isOpen={secret !== undefined}
        onClose={() => setSecret(undefined)}
      >
        <p>Your webhook checks with it that a warning is ours. It is shown this once.</p>
        <Id id={secret ?? ""} label="signing secret" />
        <button type="button" className="button main" onClick={() => setSecret(undefined)}>
          I have it
        </button>
      </Dialog>
    </section>
  );
}

interface Secretive {
  readonly onSecret: (secret: string | undefined) => void;
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["getThresholds"] });
}

/** `50, 90` as numbers; undefined for what is none. */
function percentsIn(text: string): number[] | undefined {
  const parts = text.split(/[\s,%]+/).filter((part) => part !== "");
  const numbers = parts.map(Number);
  return numbers.every((number) => Number.isInteger(number)) ? numbers : undefined;
}

function SetForm({ told, onSecret }: Pick<Props, "told"> & Secretive): ReactNode {
  const [url, setUrl] = useState(told.webhook?.url ?? "");
  const [text, setText] = useState(told.webhook?.percents?.join(", ") ?? "");
  const [wrong, setWrong] = useState<unknown>();
  const refresh = useRefresh();
  const percents = percentsIn(text);
  const save = async () => {
    setWrong(undefined);
    try {
      const body = {
        url,
        percents: percents === undefined || text.trim() === "" ? null : percents,
      };
      const { secret } = await portal.call("setThresholds", { body });
      onSecret(secret ?? undefined);
      await refresh();
    } catch (error) {
      setWrong(error);
    }
  };
  const param = isApiError(wrong) ? (wrong.param ?? "") : "";
  const about = (field: string) =>
    param === field || param.startsWith(`${field}.`) ? wordsOf(wrong) : undefined;
  const ofNone = wrong !== undefined && !about("url") && !about("percents");
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (percents !== undefined) void save();
      }}
    >
      <TextField
        label="Webhook"
        type="url"
        required
        placeholder="https://"
        value={url}
        onChange={({ target }) => setUrl(target.value)}
        wrong={about("url")}
      />
      <TextField
        label="Percents"
        value={text}
        onChange={({ target }) => setText(target.value)}
        hint={`Up to ten whole numbers from 1 to 100. Left empty: ${told.percents.join(", ")}.`}
        wrong={
          percents === undefined ? "Write whole numbers with commas between." : about("percents")
        }
      />
      {ofNone && <Problem error={wrong} />}
      <p>
        <button type="submit" className="button main">
          Save
        </button>
      </p>
    </form>
  );
}

/** What cannot be taken back asks first. */
const asking = {
  rotate: {
    title: "Another signing secret?",
    words: "The one before is good for nothing from now on: put the new one into your webhook.",
    button: "New secret",
  },
  remove: {
    title: "End the webhook?",
    words: "Warnings are then only listed here. A webhook that is set again gets another secret.",
    button: "End the webhook",
  },
} as const;

function Further({ onSecret }: Secretive): ReactNode {
  const [asked, setAsked] = useState<keyof typeof asking>();
  const [wrong, setWrong] = useState<unknown>();
  const refresh = useRefresh();
  const act = async () => {
    try {
      if (asked === "remove") await portal.call("removeThresholds", {});
      else onSecret((await portal.call("rotateThresholdSecret", {})).secret);
      setAsked(undefined);
      await refresh();
    } catch (error) {
      setWrong(error);
    }
  };
  const ask = (what: keyof typeof asking) => {
    setWrong(undefined);
    setAsked(what);
  };
  const { title, words, button } = asking[asked ?? "rotate"];
  return (
    <p className="row">
      <button type="button" className="button" onClick={() => ask("rotate")}>
        New secret …
      </button>
      <button type="button" className="button bad" onClick={() => ask("remove")}>
        End the webhook …
      </button>
      <Dialog title={title} isOpen={asked !== undefined} onClose={() => setAsked(undefined)}>
        <p>{words}</p>
        {wrong !== undefined && <Problem error={wrong} />}
        <div className="row">
          <button type="button" className="button main" onClick={() => void act()}>
            {button}
          </button>
          <button type="button" className="button" onClick={() => setAsked(undefined)}>
            Cancel
          </button>
        </div>
      </Dialog>
    </p>
  );
}
