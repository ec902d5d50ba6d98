// What a visitor reads of a refusal: where to buy, how long to wait, that nothing need be done, or whom to ask.
import { useEffect, useState } from "react";
import { apiErrorIn } from "sluice/client";

/** @param isTrying whether the call is made again by itself. */
export function Refusal({ of, isTrying }: { readonly of: unknown; readonly isTrying: boolean }) {
  const error = apiErrorIn(of);
  if (error === undefined) return <p role="alert">Something went wrong. Please reload the page.</p>;
  const { userMessage, action, condition, retryAt, requestId } = error;
  if (action === "top_up" || action === "upgrade") {
    const page = action === "top_up" ? "credits" : "plans";
    return (
      <p role="alert">
        {userMessage} <a href={`https://app.mavera.io/${page}`}>Look at {page}</a>
      </p>
    );
  }
  if (isTrying && retryAt && condition === "rate_limited") return <Countdown to={retryAt} />;
  if (isTrying) return <p role="status">The service does not answer. We try again by ourselves.</p>;
  return (
    <p role="alert">
      {userMessage} {requestId && <small>Request {requestId}</small>}
    </p>
  );
}

function Countdown({ to }: { readonly to: Date }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((to.getTime() - now) / 1_000));
  return <p role="timer">A little too much at once. We go on in {seconds} s.</p>;
}
