"""A pull request of GitHub, as far as something is left on it. It writes down what is written, and refuses where it is told to."""

import http.server
import json
import sys

log, state = sys.argv[1:]
BOT = 41898282
comments = []


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        length = int(self.headers.get("content-length") or 0)
        sent = json.loads(self.rfile.read(length)) if length else None
        with open(state, encoding="utf-8") as told:
            now = json.load(told)
        path = self.path.split("?")[0]
        if self.command != "GET" and path != "/graphql":
            with open(log, "a", encoding="utf-8") as out:
                out.write(json.dumps([self.command, path, sent]) + "\n")
            if now.get("refuse"):
                return 403, {"message": "Resource not accessible by integration"}
        if path == "/graphql":
            return 200, {"data": {"viewer": {"login": "github-actions[bot]", "databaseId": BOT}}}
        pull = {"number": 42, "state": "open", "merged_at": None, "head": {"sha": now.get("head")}}
        if path.endswith("/pulls/42"):
            return 200, pull
        if path.endswith("/pulls") and "head=mallory%3Atopic" in self.path:
            return 200, [pull]
        if path.endswith("/issues/42/comments") and self.command == "GET":
            return 200, comments
        if path.endswith("/issues/42/comments"):
            comments.append({"id": len(comments) + 1, "body": sent["body"], "user": {"id": BOT}})
            return 201, comments[-1]
        if "/issues/comments/" in path:
            comments[int(path.rsplit("/", 1)[1]) - 1]["body"] = sent["body"]
            return 200, {}
        if path.endswith("/check-runs"):
            return 201, {"id": 7}
        return 404, {"message": "Not Found"}

    def do(self):
        status, body = self.answer()
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PATCH = do_DELETE = do

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
