// Stands between the gate and prism. Prism holds each request against GitHub's description and answers with GitHub's examples, which were made
// one by one and do not fit each other: here they are made one pull request. What prism objects to is written down and fails the run.
const http = require("http");
const fs = require("fs");
const [port, prism, log] = process.argv.slice(2);
const head = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

function fit(path, body) {
  if (/\/pulls\/\d+$/.test(path.pathname)) {
    Object.assign(body, { commits: 1, changed_files: 1 });
    body.head.sha = head;
  } else if (/\/pulls\/\d+\/commits$/.test(path.pathname)) {
    body[0].sha = head;
    body[0].commit.message += "\n\nCo-authored-by: Mona <mona@example.com>";
  } else if (path.pathname.endsWith("/activity")) {
    // The example has fields of an earlier version, which the schema beside it no longer has.
    const timestamp = body[0].timestamp || body[0].pushed_at;
    Object.assign(body[0], { after: head, ref: path.searchParams.get("ref"), timestamp, activity_type: "push" });
  } else if (/\/issues\/\d+\/comments$/.test(path.pathname) && Array.isArray(body)) {
    // Two of our own, so that one is written anew and one taken away.
    const own = { ...body[0], body: "<!-- changegate -->\nold", user: { ...body[0].user, id: 1 } };
    return [own, { ...own, id: own.id + 1 }];
  } else if (path.pathname.endsWith("/pulls") && path.searchParams.get("head")) {
    body[0].head.sha = head;
  }
  return body;
}

http.createServer((request, response) => {
  const path = new URL(request.url, "http://x");
  // GraphQL is not part of the description.
  if (path.pathname === "/graphql") {
    const body = JSON.stringify({ data: { viewer: { login: "octocat", databaseId: 1 } } });
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    response.end(body);
    return;
  }
  const headers = { ...request.headers };
  // Who is in no team, and nobody: prism is told which of the answers that are described it shall give.
  const written = { POST: 201, DELETE: 204 }[request.method];
  const expected = /\/stranger(\/permission)?$/.test(path.pathname) ? 404 : written || 200;
  headers.prefer = `code=${expected}`;
  const asked = http.request({ port: prism, host: "127.0.0.1", method: request.method, path: request.url, headers }, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part));
    answer.on("end", () => {
      let body = Buffer.concat(parts);
      const bad = answer.statusCode !== expected;
      fs.appendFileSync(log, `${bad ? "BAD" : "ok"} ${answer.statusCode} ${request.method} ${request.url}${bad ? " " + body : ""}\n`);
      if (answer.statusCode === 200 && !bad) {
        body = Buffer.from(JSON.stringify(fit(path, JSON.parse(body))));
      }
      // `Link` names a further page for ever.
      response.writeHead(answer.statusCode, { "content-type": "application/json", "content-length": body.length });
      response.end(body);
    });
  });
  asked.on("error", (error) => response.destroy(error));
  request.pipe(asked);
}).listen(Number(port), "127.0.0.1");
