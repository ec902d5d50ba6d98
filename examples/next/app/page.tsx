/** A page of the app's own, beside the API. */
import { secret } from "../gate.ts";

export const dynamic = "force-dynamic";

export default function Page() {
  return <pre>{`curl -i http://127.0.0.1:3000/v1/hello -H "Authorization: Bearer ${secret}"`}</pre>;
}
