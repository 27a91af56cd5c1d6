// An example of a receiver: prints one line for each alert that arrives by webhook.
//
// DOCKET_WEBHOOK_SECRET=whsec_… node receiver.mjs PORT [FILE]
//
// FILE remembers the ids of what was printed. While secrets change, the variable may hold several,
// with blanks or commas between them: what is signed with any of them is taken.

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const LONGEST_BODY = 8 * 1024 * 1024;
const [port, file = "seen.txt"] = process.argv.slice(2);
const secrets = (process.env.DOCKET_WEBHOOK_SECRET ?? "").split(/[\s,]+/).filter(Boolean);
if (!port || !secrets.length) {
  console.error("usage: DOCKET_WEBHOOK_SECRET=whsec_… node receiver.mjs PORT [FILE]");
  process.exit(2);
}
const webhooks = secrets.map((secret) => new Webhook(secret));
const seen = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);

/** The bytes as they came; null if there are too many. */
async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    // The rest is read and dropped: else the sender would not hear the answer.
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  return length <= LONGEST_BODY ? Buffer.concat(chunks) : null;
}

/** The document, if one of the secrets signed it within five minutes of now; else null. */
function verified(body, headers) {
  for (const webhook of webhooks) {
    try {
      return webhook.verify(body, headers);
    } catch {
      // Perhaps with the next one.
    }
  }
  return null;
}

/** Topic, kind, case, words and address, as far as the topic has them; always one line. */
function lineOf(alert) {
  const cases = alert.case ? [alert.case] : (alert.cases ?? []);
  const [entry] = alert.entries ?? [];
  const parts = [
    alert.topic,
    alert.kind,
    cases.map((one) => one.label).join(", "),
    entry?.headline || alert.story?.title || alert.reason,
    alert.document_url || entry?.url || alert.story?.url,
  ];
  return parts.filter(Boolean).join(" | ").split(/\s+/).join(" ");
}

/** Printed first, remembered then: a crash between them shows it twice, and never loses it. */
function printOnce(id, alerts) {
  if (seen.has(id)) return "seen before";
  console.log(alerts.map(lineOf).join("\n"));
  appendFileSync(file, `${id}\n`, { flush: true });
  seen.add(id);
  return "printed";
}

async function judge(request) {
  if (request.method !== "POST") return [405, "only POST"];
  const body = await bodyOf(request);
  if (!body) return [413, "too large"];
  const document = verified(body, request.headers);
  if (!document) return [401, "not signed with a secret of ours, or not now"];
  if (document.schema_version !== 2 || !document.data) return [422, "not a document of version 2"];
  return [200, printOnce(request.headers["webhook-id"], document.data.alerts)];
}

const server = createServer(async (request, response) => {
  // 503: the monitor tries again.
  const [status, words] = await judge(request).catch(() => [503, "cannot be kept now"]);
  response.writeHead(status).end(words);
});
server.listen(Number(port), "127.0.0.1", () => {
  console.error(`listening on http://127.0.0.1:${server.address().port}/`);
});
