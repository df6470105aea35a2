"""An ERP on Python's own HTTP server, with the headers that server sends by itself. Upserts sales orders by external id, and tells who called when."""
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

orders, calls, lock = {}, [], threading.Lock()


class Erp(BaseHTTPRequestHandler):
    def do_PUT(self):
        at = time.monotonic() * 1000
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        name = self.path.split("?")[0].rsplit("/", 1)[-1]
        with lock:
            orders[name] = orders.get(name, 0) + 1
            number = len(orders)
        self.send_response(204)
        self.send_header("Location", f"/services/rest/record/v1/salesOrder/{number}")
        self.end_headers()
        with lock:
            calls.append([at, time.monotonic() * 1000])

    def do_GET(self):
        with lock:
            told = json.dumps({"calls": calls, "orders": len(orders), "twice": sum(times > 1 for times in orders.values())}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Erp).serve_forever()
